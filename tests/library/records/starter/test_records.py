"""The starter collection opens every new installation: what is sure is public, what is doubtful says so, the rest waits."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models import Count

from library.pages.queries.all_peoples import of_all_peoples
from library.records.actions.requirements import missing_for_publication
from library.records.models import Record
from library.records.profiles import profile
from library.records.profiles.values import stored_values
from library.records.starter.load import load_starter
from library.vocabularies.loading.sync import Report
from library.vocabularies.models import EthnicGroup, Source, Term

pytestmark = pytest.mark.django_db
Rewrite = Callable[[str, str, str], None]


def of(prefix: str) -> "Record.objects":
    return Record.objects.filter(source_key__startswith=prefix)


def details(key: str) -> dict:
    record = Record.objects.get(source_key=key)
    return stored_values(profile(record.record_type), record.details)


def test_the_states_are_those_of_the_loading_rule(starter: Report) -> None:
    def states(records: "Record.objects") -> dict[str, int]:
        return dict(records.values_list("review_state").annotate(Count("pk")))

    assert states(of("VN-") | of("UNESCO-")) == {"published": 115, "needs_checking": 86, "draft": 4}
    assert states(of("F-")) == {"published": 18, "needs_checking": 34, "draft": 35}
    assert states(of("P-")) == {"published": 98, "needs_checking": 44, "draft": 45}
    assert states(of("word:")) == {"published": 545}


def test_what_is_public_is_live_and_drafts_are_not(starter: Report) -> None:
    assert not Record.objects.filter(review_state="draft", live=True).exists()
    assert not Record.objects.exclude(review_state="draft").filter(live=False).exists()


def test_every_public_record_has_all_that_publishing_asks(starter: Report) -> None:
    public = Record.objects.filter(live=True).prefetch_related("groups", "sources", "media")
    assert {record.source_key: missing for record in public if (missing := missing_for_publication(record))} == {}


def test_nothing_is_backed_by_own_knowledge(starter: Report) -> None:
    assert not Record.objects.filter(sources__source__code="OWN").exists()
    assert Record.objects.get(source_key="F-005").sources.get().source.code == "XL2023"
    assert not Record.objects.get(source_key="F-002").sources.exists()


def test_descriptions_are_shown_as_not_yet_reviewed(starter: Report) -> None:
    assert not (of("F-") | of("P-")).filter(summary_reviewed=True).exists()


def test_rites_are_text_for_the_office_only(starter: Report) -> None:
    for key in ("VN-008", "VN-010", "VN-141", "F-016", "F-048", "F-062"):
        record = Record.objects.get(source_key=key)
        assert record.access_level == "staff"
        assert not record.media.exists()


def test_a_practice_and_its_listings_are_two_things(starter: Report) -> None:
    then = Record.objects.get(source_key="PR-01")
    assert then.review_state == "needs_checking"
    assert len(details("PR-01")["listings"]) == then.incoming_relations.filter(kind="listing_of").count() == 7
    assert details("VN-023")["listings"][0]["title"] == "Nghi lễ Then của người Tày"


def test_a_listing_points_to_the_festival_it_lists(starter: Report) -> None:
    assert Record.objects.get(source_key="VN-006").relations.filter(target__source_key="F-001").exists()


def test_an_inferred_year_carries_its_doubt(starter: Report) -> None:
    assert details("VN-094")["listings"][0]["year_confidence"] == "medium"
    assert "year_confidence" not in details("VN-023")["listings"][0]


def test_a_hurtful_old_name_stands_only_in_the_title_of_the_decision(starter: Report) -> None:
    assert [record.source_key for record in Record.objects.filter(title_vi__contains="Xá Phó")] == ["VN-042"]
    assert not Record.objects.filter(summary_vi__contains="Xá Phó").exists()


def test_a_record_belongs_to_the_office_of_its_only_province_else_to_the_ministry(starter: Report) -> None:
    assert Record.objects.get(source_key="VN-023").office.code == "tinh-04"
    assert Record.objects.get(source_key="UNESCO-13").office.code == "bo"


def test_old_units_are_kept_beside_the_new(starter: Report) -> None:
    record = Record.objects.get(source_key="VN-039")
    assert [unit.label_vi for unit in record.places.all()] == ["Thái Nguyên"]
    assert {unit.label_vi for unit in record.former_units.all()} == {"Bắc Kạn", "Huyện Ba Bể"}
    assert record.place_recorded == "Nam Mẫu, Ba Bể"


def test_local_groups_named_in_a_title_are_linked(starter: Report) -> None:
    assert [name.name for name in Record.objects.get(source_key="VN-083").subgroups.all()] == ["Dao Đỏ"]


def test_rules_that_are_only_about_say_so(starter: Report) -> None:
    assert details("F-002")["date_rule"]["around"]
    assert not details("F-001")["date_rule"].get("around")
    assert details("F-020")["date_rule"]["words"] == "ngày Thìn tháng Giêng"


def test_words_carry_licence_and_credit(starter: Report) -> None:
    word = Record.objects.get(source_key="word:Mương [Hoa Binh]:bird")
    assert word.rights.code == "CC-BY-4.0"
    assert "Sidwell" in word.credit
    assert details(word.source_key)["headword"] == {"lang": "mtq-fonipa", "text": "ciːm¹"}


def test_a_word_without_iso_code_keeps_its_glottocode(starter: Report) -> None:
    assert details("word:Phong:bird")["variety"] == {"name": "Phong", "glottocode": "phon1243"}
    assert of("word:").filter(languages=None).count() == 99


def test_two_forms_in_one_cell_are_a_word_and_another_spelling(starter: Report) -> None:
    word = details("word:Ruc:child")
    assert word["headword"]["text"] == "kɔn"
    assert [form["form"]["text"] for form in word["other_forms"]] == ["pŭcɔj"]


def test_rights_that_nobody_looked_at_say_so(starter: Report) -> None:
    assert set(of("F-").values_list("rights__code", flat=True)) == {"CNE"}


def test_a_second_load_changes_nothing(starter: Report, folder: Path) -> None:
    before = list(Record.objects.order_by("pk").values_list("pk", "updated_at"))
    report = load_starter(folder)
    assert (report.changed, report.differences) == (0, [])
    assert list(Record.objects.order_by("pk").values_list("pk", "updated_at")) == before


def test_files_that_have_not_changed_are_not_read_again(starter: Report, folder: Path, rewrite: Rewrite) -> None:
    assert load_starter(folder, if_changed=True).unchanged.total() == 0
    rewrite("festivals.csv", "Người Tày làm lễ xuống đồng", "Người Tày mở lễ xuống đồng")
    assert load_starter(folder, if_changed=True).updated.total() == 1


def test_an_edited_record_is_reported_and_kept(starter: Report, folder: Path, rewrite: Rewrite) -> None:
    Record.objects.filter(source_key="F-001").update(summary_vi="Lời của cán bộ.")
    rewrite("festivals.csv", "Người Tày làm lễ xuống đồng", "Người Tày mở lễ xuống đồng")
    report = load_starter(folder)
    assert Record.objects.get(source_key="F-001").summary_vi == "Lời của cán bộ."
    assert [difference.field for difference in report.differences] == ["summary_vi"]


def test_a_changed_row_updates_its_record_and_keeps_its_name_and_state(starter: Report, folder: Path, rewrite: Rewrite) -> None:
    before = Record.objects.get(source_key="F-001")
    rewrite("festivals.csv", "mùng 8 tháng Giêng,1,8,1,8", "mùng 9 tháng Giêng,1,9,1,9")
    report = load_starter(folder)
    after = Record.objects.get(source_key="F-001")
    assert report.updated.total() == 1
    assert details("F-001")["date_rule"]["start_day"] == 9
    assert (after.identifier, after.review_state, after.sources.count()) == (before.identifier, before.review_state, before.sources.count())


def test_the_state_that_an_office_gave_is_not_an_edit(starter: Report, folder: Path) -> None:
    Record.objects.filter(source_key="F-001").update(review_state="draft", live=False)
    assert load_starter(folder).differences == []
    assert not Record.objects.get(source_key="F-001").live


def test_materials_are_found_in_the_words_of_the_file(starter: Report) -> None:
    assert set(details("P-006")["material"]) == {"hemp", "beeswax", "indigo"}
    assert Term.objects.filter(vocabulary__code="materials", code__in=details("P-006")["material"]).count() == 3


def test_what_only_a_text_of_unclear_origin_says_waits_as_a_draft(starter: Report) -> None:
    known = Source.objects.exclude(code__startswith="DANTOC")
    unclear = Record.objects.filter(sources__source__code="DANTOC54").exclude(sources__source__in=known)
    assert set(unclear.values_list("review_state", flat=True)) == {"draft"}


def test_an_article_is_cited_by_its_name(starter: Report) -> None:
    cited = Record.objects.get(source_key="K-001").sources.order_by("sort_order").first()
    assert (cited.source.code, str(cited)) == ("VIWIKI17", "Wikipedia tiếng Việt, bản năm 2017, bài “Người thái (việt nam)”")


def test_every_people_has_things_of_its_own_in_both_languages(starter: Report) -> None:
    shown = Record.objects.filter(live=True, access_level="public").exclude(record_type__in=("lexeme", "document"))
    own = dict(shown.exclude(pk__in=of_all_peoples()).values_list("groups__name_vi").annotate(Count("pk")))
    assert [name for name in EthnicGroup.objects.values_list("name_vi", flat=True) if own.get(name, 0) < 5] == []
    assert not shown.filter(summary_en="").exists()


def test_a_material_that_a_term_stands_for_is_not_said_again_in_a_note(starter: Report) -> None:
    assert details("P-028")["material"]
    assert not Record.objects.get(source_key="P-028").texts.filter(role="note").exists()
    notes = Record.objects.filter(texts__role="note", texts__text__startswith="Chất liệu khác:")
    assert notes.filter(texts__text__contains="sáp ong").count() == 0 < notes.count()


def test_every_type_of_record_has_an_example(starter: Report) -> None:
    shown = set(Record.objects.filter(live=True).values_list("record_type", flat=True))
    assert {"history", "festival", "costume", "product", "performance", "ritual", "knowledge", "architecture", "person", "place"} <= shown


def test_details_of_rites_that_are_not_for_everybody_stay_with_the_office(starter: Report) -> None:
    assert of("R-").filter(access_level="staff").count() == 26
    assert details("R-001")["stage"] == ["birth"]


def test_an_account_has_its_dates_and_says_how_sure_it_is(starter: Report) -> None:
    assert [each.edtf for each in Record.objects.get(source_key="H-006").dates.all()] == ["1833-07/1835-03"]
    assert details("H-002")["evidence"] == "told"
    assert details("H-006")["evidence"] == "probable"


def test_words_of_the_file_that_are_no_choice_stay_as_a_note(starter: Report) -> None:
    art = Record.objects.get(source_key="A-001")
    assert details("A-001") == {"genre": ["song"], "occasion": ["festival", "wedding"]}
    assert [text.text for text in art.texts.filter(role="note")] == ["Dịp: lễ hội; đám cưới; mừng nhà mới"]
