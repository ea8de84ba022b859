"""The list of terms counts their uses, and the form of a term keeps vocabularies sound."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from library.cataloguing.forms.pickable import matching
from library.records.models import Record
from library.vocabularies.lookup import term_rows
from library.vocabularies.models import Term, TermLabel
from tests.factories import make_office, make_record, make_term

from .conftest import costume, material

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_vocabularies_term:list"
EDIT = "wagtailsnippets_vocabularies_term:edit"
RECORDS = "wagtailsnippets_records_record:list"


def _sent(term: Term, **values: object) -> dict[str, object]:
    form = {
        "label_vi": term.label_vi,
        "label_en": term.label_en,
        "uri": "",
        "position": 0,
        "valid_from": "2000-01-01",
        "valid_to": "",
        "note": "",
        "broader": "",
        "labels-TOTAL_FORMS": 0,
        "labels-INITIAL_FORMS": 0,
    }
    return form | values


def test_a_number_leads_to_as_many_records_of_the_officers_own_list(as_role):
    linen = material("lanh", "Vải lanh")
    ours, theirs = make_office("tinh-15"), make_office("tinh-04")
    costume("Váy lanh", "lanh", office=ours)
    costume("Áo lanh", "lanh", office=ours)
    costume("Khăn của tỉnh khác", "lanh", office=theirs)
    officer = as_role("cataloguer")
    page = officer.get(reverse(LIST), {"q": "vai lanh"}).content.decode()
    address = f"{reverse(RECORDS)}?term={linen.pk}"
    assert address in page
    [number] = [part.split("<span")[0].strip() for part in page.split(f'href="{address}">')[1:]]
    listed = officer.get(address).content.decode()
    assert number == "2"
    assert "Váy lanh" in listed
    assert "Áo lanh" in listed
    assert "Khăn của tỉnh khác" not in listed


def test_a_page_of_terms_costs_as_many_queries_with_a_record_for_each_as_with_three(as_role):
    client, address = as_role("administrator"), reverse(LIST)

    def queries(numbers: range) -> int:
        for number in numbers:
            term = material(f"m{number}")
            TermLabel.objects.create(term=term, language="tyz", text=f"tên {number}")
            costume(f"Áo {number}", f"m{number}")
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    assert queries(range(3)) == queries(range(3, 30))


def test_a_term_is_found_by_any_of_its_labels_without_marks(as_role):
    TermLabel.objects.create(term=material("lanh", "Vải lanh"), language="hmn", text="Maj")
    client = as_role("administrator")
    for typed in ("vai lanh", "MAJ"):
        assert "Vải lanh" in client.get(reverse(LIST), {"q": typed}).content.decode()
    assert "Vải lanh" not in client.get(reverse(LIST), {"q": "thổ cẩm"}).content.decode()


def test_what_only_the_draft_of_a_change_uses_counts_too():
    record = make_record()
    draft = Record.objects.get(pk=record.pk)
    draft.languages = [make_term("languages", "tyz", "tiếng Tày")]
    draft.save_revision()
    assert record.term_uses.filter(term__code="tyz").exists()
    assert not record.languages.exists()


def test_labels_in_other_languages_are_saved_with_the_term(as_role):
    make_term("languages", "tyz", "tiếng Tày")
    linen = material("lanh", "Vải lanh")
    row = {"labels-TOTAL_FORMS": 1, "labels-0-text": "Phải lanh", "labels-0-language": "tiếng Tày", "labels-0-kind": "preferred"}
    answer = as_role("administrator").post(reverse(EDIT, args=[linen.pk]), _sent(linen, **row))
    assert answer.status_code == 302, answer.content.decode()
    assert linen.labels.get().language == "tyz"


def test_a_term_does_not_come_to_stand_under_itself(as_role):
    plant, linen = material("cay", "Từ cây"), material("lanh", "Vải lanh")
    Term.objects.filter(pk=linen.pk).update(broader=plant)
    answer = as_role("administrator").post(reverse(EDIT, args=[plant.pk]), _sent(plant, broader=linen.pk, narrower=[linen.pk]))
    assert "không thể" in answer.content.decode()
    plant.refresh_from_db()
    assert plant.broader is None


def test_narrower_terms_are_given_and_taken_away(as_role):
    plant, linen, cotton = material("cay", "Từ cây"), material("lanh"), material("bong")
    Term.objects.filter(pk=linen.pk).update(broader=plant)
    as_role("administrator").post(reverse(EDIT, args=[plant.pk]), _sent(plant, narrower=[cotton.pk]))
    assert list(plant.narrower.all()) == [cotton]


def test_a_retired_term_is_not_offered_and_stays_where_it_is_used(as_role):
    over = localdate() - timedelta(days=1)
    language = make_term("languages", "xx", "tiếng Thử")
    warning = make_term("content_warnings", "cu", "Cảnh báo cũ")
    record = make_record(languages=[language], published=False, office=make_office("tinh-15"))
    record.warnings.add(warning)
    record.save()
    Term.objects.filter(pk__in=[language.pk, warning.pk]).update(valid_to=over)
    other = make_record("Tư liệu khác", published=False, office=make_office("tinh-15"))
    assert matching("language", "tieng thu") == []
    client = as_role("cataloguer")
    form = client.get(reverse("wagtailsnippets_records_record:edit", args=[record.pk])).content.decode()
    assert "tiếng Thử (hết hiệu lực)" in form
    assert "Cảnh báo cũ (hết hiệu lực)" in form
    assert "Cảnh báo cũ" not in client.get(reverse("wagtailsnippets_records_record:edit", args=[other.pk])).content.decode()


def test_a_retired_term_of_an_own_field_is_marked_as_not_offered():
    Term.objects.filter(pk=material("cu", "Vải cũ").pk).update(valid_to=localdate())
    assert [(row.label, row.offered) for row in term_rows("materials")] == [("Vải cũ (hết hiệu lực)", False)]


@pytest.mark.parametrize(("role", "status"), [("contributor", 302), ("cataloguer", 302), ("reviewer", 302), ("administrator", 200)])
def test_only_administrators_edit_terms(as_role, role, status):
    assert as_role(role).get(reverse(EDIT, args=[material("lanh").pk])).status_code == status


@pytest.mark.parametrize(("role", "status"), [("contributor", 302), ("cataloguer", 200), ("reviewer", 200), ("administrator", 200)])
def test_officers_read_the_list_of_terms(as_role, role, status):
    assert as_role(role).get(reverse(LIST)).status_code == status
