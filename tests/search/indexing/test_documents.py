"""From a record to its document: what is searched where, what is never in it, under which access rule."""

import io
from typing import Any

import pytest
from PIL import Image

from library.records.models import Record, RecordMedia, RecordRelation, RecordText
from library.vocabularies.lookup import forget_term_labels
from library.vocabularies.models import Term, TermLabel
from media_pipeline.intake.ingest import ingest
from media_pipeline.jobs.runner import run_one
from search.engines.base import SHOWN_FIELDS, SearchDocument
from search.indexing.documents import collation_key, document_of, indexable
from tests.factories import make_community, make_group, make_record, make_term

pytestmark = pytest.mark.django_db


def built(**fields: Any) -> SearchDocument:
    record = make_record("Lễ hội Gầu Tào", **fields)
    return document_of(indexable(Record.objects.filter(pk=record.pk)).get())


def test_titles_names_and_texts_go_to_their_fields() -> None:
    document = built(title_en="Gau Tao festival", summary_vi="Người Mông mở hội đầu năm.", place_recorded="bản Phố")
    assert document.texts["title"] == ("Lễ hội Gầu Tào", "Gau Tao festival")
    assert {"Mông", "Hmong"} <= set(document.texts["names"])
    assert {"Người Mông mở hội đầu năm.", "bản Phố"} <= set(document.texts["body"])


def test_a_subject_in_vietnamese_is_found_in_english() -> None:
    make_term("subjects", "buffalo", "trâu, con nghé")
    make_term("subjects", "ox", "bò")
    for code in ("buffalo", "ox"):
        Term.objects.filter(code=code).update(label_en=code)
    forget_term_labels()
    assert "buffalo" in built(summary_vi="Trống bịt da trâu; bòn vàng.").texts["names"]
    assert "ox" not in built(summary_vi="Trống bịt da trâu; bòn vàng.").texts["names"]


def test_a_material_that_only_a_note_names_is_found_in_english() -> None:
    make_term("subjects", "buffalo", "trâu")
    Term.objects.filter(code="buffalo").update(label_en="buffalo")
    forget_term_labels()
    record = make_record("Trống cái")
    RecordText.objects.create(record=record, role="note", language="vi", text="Chất liệu: gỗ; da trâu")
    assert "buffalo" in document_of(indexable(Record.objects.filter(pk=record.pk)).get()).texts["body"]


def test_other_words_for_a_term_find_its_records_and_no_excerpt_shows_them() -> None:
    hemp, hmong = make_term("materials", "lanh", "Lanh"), make_term("languages", "hmn", "tiếng Mông")
    TermLabel.objects.create(term=hemp, language="vi", text="Gai dầu")
    TermLabel.objects.create(term=hmong, language="hmn", text="lus Hmoob")
    TermLabel.objects.create(term=make_term("materials", "bong", "Bông"), language="vi", text="Sợi bông")
    forget_term_labels()
    details = [{"type": "costume", "value": {"kind": "cloth", "wearer": ["women"], "material": ["lanh"]}}]
    texts = built(record_type="costume", details=details, languages=[hmong]).texts
    assert texts["fulltext"] == ("lus Hmoob", "Gai dầu")
    assert "Lanh" in texts["body"]
    assert not {"Gai dầu", "lus Hmoob"} & {text for field in SHOWN_FIELDS for text in texts[field]}


def test_values_of_facets_are_ids_never_labels() -> None:
    document = built(groups=[make_group("08", "Mông", "Hmong")])
    assert document.facets["groups"] == ("nhom-08",)
    assert document.facets["type"] == ("heritage-element",)


def test_a_deprecated_name_is_in_no_document() -> None:
    group = make_group("08", "Mông", "Hmong")
    group.names.create(name="Tên Cũ", kind="deprecated", display=False)
    record = make_record("Gầu Tào", groups=[group])
    document = document_of(indexable(Record.objects.filter(pk=record.pk)).get())
    assert not [text for texts in document.texts.values() for text in texts if "Tên Cũ" in text]


def test_the_access_rule_goes_with_the_document() -> None:
    community = make_community()
    assert built().access_tokens[0] == "public"
    assert f"community:{community.pk}" in built(own_access="community", communities=[community]).access_tokens


def test_drafts_are_in_no_index() -> None:
    make_record("Lễ hội", published=False)
    assert not indexable(Record.objects.all()).exists()


def test_documents_are_built_in_a_fixed_number_of_queries(django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        make_record(f"Hội {number}")
    with django_assert_max_num_queries(32):
        assert len([document_of(record) for record in indexable(Record.objects.all())]) == 5


def test_keys_sort_as_a_vietnamese_dictionary_does() -> None:
    words = ["a", "á", "ă", "ắ", "â", "b", "ba", "bà", "c", "d", "da", "đ", "đa", "e"]
    by_code_point = sorted(words)
    assert by_code_point != words
    assert sorted(by_code_point, key=collation_key) == words


def test_practices_sources_and_checking_are_facets() -> None:
    practice, hidden = make_record("Nghề dệt"), make_record("Nghề kín", own_access="staff")
    record = make_record("Khung cửi", review_state="needs_checking")
    for target in (practice, hidden):
        RecordRelation.objects.create(record=record, kind="part_of", target=target)
    document = document_of(indexable(Record.objects.filter(pk=record.pk)).get())
    assert document.facets["practice"] == (str(practice.pk),)
    assert document.facets["sources"] == tuple(str(row.source_id) for row in record.sources.all() if row.source_id)
    assert document.facets["checking"] == ("checked" if record.review_state != "needs_checking" else "needs_checking",)
    assert "size" not in document.facets  # nothing to load


@pytest.mark.django_db(transaction=True)
def test_the_size_is_that_of_the_smallest_open_rendition() -> None:
    record = make_record("Ảnh chợ phiên")
    file = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 30, 30)).save(file, "PNG")
    file.seek(0)
    asset = ingest(file, "cho.png")
    while run_one():
        pass
    RecordMedia.objects.create(record=record, asset=asset, alt_vi="Chợ", own_access="public")
    document = document_of(indexable(Record.objects.filter(pk=record.pk)).get())
    assert document.facets["size"] == ("200", "1000", "5000")
    RecordMedia.objects.update(own_access="staff")
    assert "size" not in document_of(indexable(Record.objects.filter(pk=record.pk)).get()).facets
