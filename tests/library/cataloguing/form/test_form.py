"""The edit form: the record's own profile, incomplete drafts, complete publications, and labels that only a community sets."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from library.records.models import Record, RecordLabel
from library.records.models.choices import ReviewState
from library.records.profiles import profile
from tests.factories import make_community, make_group, make_office, make_record, make_source, make_term, make_user

pytestmark = pytest.mark.django_db
INLINES = ("texts", "dates", "people", "media", "sources", "relations", "labels")
LIST = "wagtailsnippets_records_record"


def _form(title: str, *, group=None, source=None, category: str = "le-hoi", **fields) -> dict[str, str]:
    rows = {name: inline_formset([]) for name in INLINES}
    if source:
        rows["sources"] = inline_formset([{"source": source.pk, "citation": "", "page": "", "accessed": ""}])
    details = streamfield([("heritage_element", {"category": category, "safeguarding": {"lang": "vi", "text": ""}, "listings-count": "0"})])
    data = nested_form_data(
        {
            "title_vi": title,
            "summary_vi": "Một lễ hội." if group else "",
            "details": details,
            "office": str(make_office().pk),
            "own_access": "public",
            "rights": str(make_term("rights_statements", "CNE").pk),
            "confidence": "high",
            **rows,
            **fields,
        }
    )
    return data | {"groups": [str(group.pk)] if group else []}


@pytest.fixture
def reviewer(client):
    make_term("rights_statements", "CNE")
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    user = make_user("reviewer", make_office())
    client.force_login(user)
    return user


def test_the_first_step_asks_which_type(client, reviewer):
    page = client.get(reverse(f"{LIST}:add")).content.decode()
    assert "?type=festival" in page


def test_a_form_of_no_type_is_not_there(client, reviewer):
    assert client.post(reverse(f"{LIST}:add"), _form("x")).status_code == 404


def test_an_unknown_type_is_asked_again(client, reviewer):
    assert "?type=festival" in client.get(reverse(f"{LIST}:add"), {"type": "../etc"}).content.decode()


def test_a_term_is_chosen_from_a_list_of_its_own_vocabulary(client, reviewer):
    lunar, foreign = make_term("calendars", "vn-lunar", "Âm lịch Việt Nam"), make_term("agencies", "quoc-hoi", "Quốc hội")
    page = client.get(reverse(f"{LIST}:add") + "?type=festival", follow=True)
    form = page.context["form"]
    assert "Quốc hội" not in page.content.decode()
    for name, of_form in (("rights", form), ("calendar", form.formsets["dates"].empty_form), ("label", form.formsets["labels"].empty_form)):
        assert str(of_form[name]).startswith("<select"), name
    offered = form.formsets["dates"].empty_form.fields["calendar"].queryset
    assert lunar in offered and foreign not in offered


def test_a_stored_term_of_another_vocabulary_stays_in_the_list(client, reviewer):
    record = make_record(office=make_office())
    Record.objects.filter(pk=record.pk).update(rights=make_term("agencies", "quoc-hoi", "Quốc hội"))
    assert "Quốc hội" in str(client.get(reverse(f"{LIST}:edit", args=[record.pk])).context["form"]["rights"])


def test_what_is_wrong_inside_the_fields_of_a_type_is_said_by_their_names(client, reviewer):
    answer = client.post(reverse(f"{LIST}:add") + "?type=heritage-element", _form("Hội mới", category="khong-co"))
    (said,) = [str(message) for message in answer.context["messages"]]
    label = next(field.label for field in profile("heritage-element").fields if field.key == "category")
    assert answer.status_code == 400 and f"ô “{label}”: " in said and "Validation error" not in said


def test_a_draft_may_be_incomplete(client, reviewer):
    answer = client.post(reverse(f"{LIST}:add") + "?type=heritage-element", _form("Hội mới"))
    assert answer.status_code == 302, answer.context["form"].errors
    record = Record.objects.get()
    assert (record.title_vi, record.live, record.created_by) == ("Hội mới", False, reviewer)
    assert record.identifier.startswith("v1")


def test_the_same_form_sent_twice_makes_one_record(client, reviewer):
    form = client.get(reverse(f"{LIST}:add"), {"type": "heritage-element"}).url
    assert form.split("?")[1].replace("&", "&amp;") in client.get(form).content.decode()
    for title in ("Hội mới", "Hội mới mở"):
        answer = client.post(form, _form(title, source=make_source()))
        assert answer.status_code == 302, answer.context["form"].errors
    record = Record.objects.get()
    assert record.latest_revision.as_object().title_vi == "Hội mới mở"
    assert record.latest_revision.as_object().sources.count() == 1
    assert record.identifier in form


def test_a_name_that_was_never_minted_or_is_anothers_opens_no_form(client, reviewer):
    foreign = make_record(published=False)
    for name in ("v1bbbbbbbb", foreign.identifier):
        assert client.post(reverse(f"{LIST}:add") + f"?type=heritage-element&ma={name}", _form("x")).status_code == 404


def test_publishing_an_incomplete_record_names_what_is_missing_and_makes_nothing(client, reviewer):
    answer = client.post(reverse(f"{LIST}:add") + "?type=heritage-element", _form("Hội mới") | {"action-publish": "1"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Hãy chọn ít nhất một dân tộc." in page
    assert "Hãy ghi ít nhất một nguồn." in page
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        ({"dates": [{"edtf": "hôm qua", "calendar": "", "wording": ""}]}, "Chưa hiểu “hôm qua”."),
        ({"texts": [{"role": "note", "language": "tiếng Sao Hỏa", "text": "x"}]}, "Chưa có “tiếng Sao Hỏa” trong danh mục tiếng nói."),
        ({"people": [{"person": "", "name": "", "role": "singer"}]}, "Cần tên hoặc hồ sơ của người này."),
        ({"sources": [{"source": "", "citation": "", "page": "3", "accessed": ""}]}, "Hãy chọn một nguồn hoặc ghi nguồn."),
        ({"category": "khong-co"}, "khong-co"),
        ({"title": ""}, "Tên"),
    ],
)
def test_bad_input_is_refused_with_its_reason_and_makes_nothing(client, reviewer, mistake, message):
    rows = {name: inline_formset(values) for name, values in mistake.items() if isinstance(values, list)}
    plain = {name: value for name, value in mistake.items() if isinstance(value, str)}
    data = _form(plain.pop("title", "Hội mới"), **plain, **rows)
    answer = client.post(reverse(f"{LIST}:add") + "?type=heritage-element", data)
    assert answer.status_code == 400
    assert message in answer.content.decode()
    assert not Record.objects.exists()


def test_a_complete_record_is_published_from_the_form(client, reviewer):
    data = _form("Hội Gầu Tào", group=make_group(), source=make_source()) | {"action-publish": "1"}
    answer = client.post(reverse(f"{LIST}:add") + "?type=heritage-element", data)
    assert answer.status_code == 302, answer.context["form"].errors
    record = Record.objects.get()
    assert record.live and record.review_state == ReviewState.PUBLISHED
    assert (record.sources.count(), record.groups.count()) == (1, 1)
    assert client.get(record.get_absolute_url()).status_code == 200


def test_two_revisions_compare_field_by_field(client, reviewer):
    record = make_record("Hội cũ")
    record.title_vi = "Hội mới"
    later = record.save_revision()
    earlier = record.revisions.exclude(pk=later.pk).get()
    page = client.get(reverse(f"{LIST}:revisions_compare", args=[record.pk, earlier.pk, later.pk])).content.decode()
    assert "cũ" in page and "mới" in page


def _labels():
    label, notice = make_term("local_contexts_labels", "tkss"), make_term("local_contexts_labels", "tkn")
    label.extra, notice.extra = {"kind": "label"}, {"kind": "notice"}
    label.save()
    notice.save()
    return label, notice


def test_an_office_may_set_a_notice_and_never_a_label(client, reviewer):
    label, notice = _labels()
    for term, saved in ((notice, 1), (label, 0)):
        data = _form("Hội", labels=inline_formset([{"label": term.pk, "community": "", "link": ""}]))
        client.post(reverse(f"{LIST}:add") + "?type=heritage-element", data)
        assert RecordLabel.objects.filter(label=term).count() == saved


@pytest.mark.parametrize(("keeper_of", "saved"), [("cua-minh", 1), ("khac", 0), (None, 0)])
def test_a_keeper_of_the_community_may_set_a_label_and_it_closes_the_record(client, reviewer, keeper_of, saved):
    label, _notice = _labels()
    community = make_community("cua-minh")
    if keeper_of:
        reviewer.membership_set.create(community=make_community(keeper_of), keeper=True)
    record = make_record("Hội", communities=[community])
    rows = inline_formset([{"label": label.pk, "community": community.pk, "link": ""}])
    data = _form("Hội", group=make_group(), source=make_source(), labels=rows) | {"communities": [str(community.pk)], "action-publish": "1"}
    answer = client.post(reverse(f"{LIST}:edit", args=[record.pk]), data)
    assert answer.status_code == (302 if saved else 400), answer.context["form"].errors
    assert RecordLabel.objects.filter(record=record, label=label, community=community).count() == saved
    assert Record.objects.get(pk=record.pk).access_level == ("community" if saved else "public")


def test_a_label_that_a_community_has_set_stays_as_it_is_when_others_send_the_form(client, reviewer):
    label, notice = _labels()
    record = make_record("Hội", communities=[make_community()])
    row = RecordLabel.objects.create(record=record, label=label, community=make_community())
    rows = inline_formset([{"id": row.pk, "label": notice.pk, "community": "", "link": "https://example.org/"}], initial=1)
    data = _form("Hội mới", group=make_group(), source=make_source(), labels=rows) | {"action-publish": "1"}
    answer = client.post(reverse(f"{LIST}:edit", args=[record.pk]), data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Record.objects.get(pk=record.pk).title_vi == "Hội mới"
    row = RecordLabel.objects.get(record=record)
    assert (row.label, row.community, row.link) == (label, make_community(), "")


@pytest.mark.parametrize("saved", [True, False])
def test_the_preview_shows_the_public_page_before_anything_is_saved(client, reviewer, saved):
    record = make_record("Hội cũ") if saved else None
    address = (
        reverse(f"{LIST}:preview_on_edit", args=[record.pk]) if saved else reverse(f"{LIST}:preview_on_add") + "?type=heritage-element"
    )
    posted = client.post(address, _form("Hội xem trước", group=make_group(), source=make_source()))
    assert posted.json()["is_valid"] is True, posted.json()
    page = client.get(address)
    assert page.status_code == 200
    assert "Hội xem trước" in page.content.decode()
    assert not Record.objects.filter(title_vi="Hội xem trước").exists()


def test_a_picker_takes_only_what_it_suggests_and_what_the_record_has(client, reviewer):
    hmong, licence, odd = make_term("languages", "hmn"), make_term("rights_statements", "CC-BY"), make_term("calendars", "vn-lunar")
    record = make_record(office=reviewer.office, published=False, languages=[odd])
    address = reverse(f"{LIST}:edit", args=[record.pk])
    sent = _form(record.title_vi, group=make_group(), source=make_source())
    assert client.post(address, sent | {"languages": [str(licence.pk)]}).status_code == 400
    assert client.post(address, sent | {"languages": [str(hmong.pk), str(odd.pk)]}).status_code == 302
    draft = Record.objects.get(pk=record.pk).get_latest_revision_as_object()
    assert {term.pk for term in draft.languages.all()} == {hmong.pk, odd.pk}
