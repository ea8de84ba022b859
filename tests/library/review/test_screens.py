"""What people read on the way: differences in words, reasons, what is overdue, how much waits; and refusals that say why."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from library.access import ANONYMOUS, STAFF
from library.accounts.models import User
from library.cataloguing.review import work_lists
from library.records.actions.publish import publish
from library.records.models import Record
from library.review.actions.decide import approve, send_back
from library.review.differences import LONGEST_COMPARED, Difference, differences
from library.review.models import ReviewStep, current_step
from tests.factories import make_office, make_record, make_term, make_user
from tests.library.cataloguing.form.test_form import LIST, _form

from .conftest import step_of

pytestmark = pytest.mark.django_db


def _rule(calendar: str, month: int, day: int) -> list[dict]:
    rule = {"calendar": calendar, "start_month": month, "start_day": day}
    value = {"calendar": calendar, "date_rule": rule, "rule_text": {"text": "x", "lang": "vi"}, "attendance": {"rule": "everyone"}}
    return [{"type": "festival", "value": value}]


def test_differences_are_said_in_words(chain):
    make_term("calendars", "vn-lunar", "Âm lịch Việt Nam")
    make_term("calendars", "gregorian", "Dương lịch")
    before = publish(make_record("Gầu Tào", record_type="festival", details=_rule("vn-lunar", 1, 8), summary_reviewed=False))
    after = Record.objects.get().get_latest_revision_as_object()
    after.details = _rule("gregorian", 2, 3)
    after.summary_vi, after.summary_reviewed, after.own_access = "Hội mở ở Sa Pa.", True, STAFF
    after.dates.add(after.dates.model(edtf="1975?"))
    told = {each.label: each for each in differences(before, after, chain.author.viewer)}
    assert set(told) == {"Tóm tắt", "Tóm tắt đã thẩm định", "Mức truy cập", "Lịch", "Quy tắc ngày", "Thời gian"}
    assert (told["Lịch"].before, told["Lịch"].after) == ("Âm lịch Việt Nam", "Dương lịch")
    assert (told["Quy tắc ngày"].before, told["Quy tắc ngày"].after) == ("mùng 8 tháng Giêng", "3 tháng 2")
    assert (told["Tóm tắt đã thẩm định"].before, told["Tóm tắt đã thẩm định"].after) == ("không", "có")
    words = " ".join(f"{each.before} {each.after}" for each in told.values())
    assert not any(raw in words for raw in ("None", "vn-lunar", "gregorian", "True", "False", "1975?", "staff"))
    pieces = [(piece.kind, piece.text) for piece in told["Tóm tắt"].pieces]
    assert "".join(text for kind, text in pieces if kind != "added") == before.summary_vi
    assert "".join(text for kind, text in pieces if kind != "removed") == "Hội mở ở Sa Pa."


def test_a_very_long_text_is_shown_before_and_after_without_a_comparison_of_words():
    before, after = ("chữ " * (LONGEST_COMPARED + 1)).strip(), "ngắn"
    assert [(piece.kind, piece.text) for piece in Difference("", before, after).pieces] == [("removed", before), ("added", after)]
    few = Difference("", "một hai ba", "một hai bốn").pieces
    assert [(piece.kind, piece.text) for piece in few] == [("same", "một hai "), ("removed", "ba"), ("added", "bốn")]


def test_wagtails_comparison_says_the_fields_of_the_type_in_words(client, chain):
    make_term("calendars", "vn-lunar", "Âm lịch Việt Nam")
    make_term("calendars", "gregorian", "Dương lịch")
    record = make_record("Gầu Tào", record_type="festival", details=_rule("vn-lunar", 1, 8), office=chain.province)
    draft = record.get_latest_revision_as_object()
    draft.details = _rule("gregorian", 2, 3)
    later = draft.save_revision()
    client.force_login(make_user("reviewer", chain.province))
    page = client.get(reverse(f"{LIST}:revisions_compare", args=[record.pk, record.live_revision_id, later.pk])).content.decode()
    assert "Dương lịch" in page and "Giêng" in page and "vn-lunar" not in page and ">None" not in page


def test_a_difference_names_no_record_that_the_reader_may_not_see(chain):
    hidden = make_record("Lễ kín Zyx", office=make_office("tinh-1"), own_access=STAFF)
    record = make_record()
    after = Record.objects.get(pk=record.pk).get_latest_revision_as_object()
    after.relations.add(after.relations.model(kind="describes", target=hidden))
    for viewer, named in ((ANONYMOUS, False), (make_user("administrator", chain.ministry).viewer, True)):
        words = " ".join(each.after for each in differences(record, after, viewer))
        assert ("Zyx" in words) is named


def test_the_sheet_shows_only_what_differs_from_the_published_version(client, chain):
    reviewer = make_user("reviewer", chain.province)
    record = publish(chain.draft("Tên cũ"))
    draft = record.get_latest_revision_as_object()
    draft.title_vi = "Tên mới"
    draft.save_revision(user=chain.author)
    Record.objects.get().get_workflow().start(Record.objects.get(), chain.author)
    client.force_login(reviewer)
    page = client.get(reverse("review_record", args=[record.pk])).content.decode()
    assert "1 chỗ khác bản đang đăng" in page and "<del>cũ</del>" in page and "<ins>mới</ins>" in page
    assert client.get(reverse("review_version", args=[record.pk, "public"])).content.decode().count("Tên cũ")
    listed = client.get(reverse(f"{LIST}:list")).content.decode()
    assert "Thay đổi chờ duyệt" in listed


def test_wagtails_own_addresses_lead_to_the_sheet(client, chain):
    client.force_login(make_user("reviewer", chain.province))
    step = step_of(chain.sent())
    for name in ("workflow_action", "collect_workflow_action_data"):
        answer = client.post(reverse(f"{LIST}:{name}", args=[step.record_id, "approve", step.pk]))
        assert answer.status_code == 302 and answer.url == reverse("review_record", args=[step.record_id])
    assert ReviewStep.objects.get().status == "in_progress"


def test_an_author_who_went_elsewhere_is_shown_nothing_of_the_office_that_she_left(client, chain):
    make_user("reviewer", chain.province)
    draft, sent = chain.draft("Bản nháp cũ"), chain.sent("Đã gửi cũ")
    send_back(step_of(chain.sent("Trả lại cũ")), User.objects.get(office=chain.province), reason="Thiếu nguồn.")
    User.objects.filter(pk=chain.author.pk).update(office=make_office("tinh-1"))
    client.force_login(User.objects.get(pk=chain.author.pk))
    page = client.get(reverse("my_work")).content.decode()
    assert not [title for title in (draft.title, sent.title, "Trả lại cũ") if title in page]


@pytest.mark.django_db(transaction=True)
def test_an_error_with_one_record_takes_back_no_other_approval(client, chain, monkeypatch):
    client.force_login(make_user("reviewer", chain.province))
    good, bad = chain.sent("Tốt"), chain.sent("Hỏng")

    def fail_for_one(step, *args, **kwargs):
        if step.record_id == bad.pk:
            raise RuntimeError
        approve(step, *args, **kwargs)

    monkeypatch.setattr("library.review.actions.approve_many.approve", fail_for_one)
    with pytest.raises(RuntimeError):
        client.post(reverse("my_work"), {"record": [f"{record.pk}:{record.latest_revision_id}" for record in (good, bad)]})
    assert Record.objects.get(pk=good.pk).live and not Record.objects.get(pk=bad.pk).live


def test_the_sheet_says_why_a_decision_was_refused(client, chain):
    client.force_login(make_user("reviewer", chain.province))
    record = chain.sent()
    step, address = step_of(record), reverse("review_record", args=[record.pk])
    data = {"step": step.pk, "revision": record.latest_revision_id, "words": ""}
    answer = client.post(address, data | {"decision": "return"})
    assert answer.status_code == 400 and "Xin ghi lý do trả lại" in answer.content.decode()
    answer = client.post(address, data | {"decision": "approve", "revision": record.latest_revision_id - 1})
    assert answer.status_code == 400 and "vừa có bản mới" in answer.content.decode()
    assert client.post(address, data | {"decision": "x"}).status_code == 302
    assert current_step(record) is not None
    client.post(address, data | {"decision": "approve"})
    page = client.post(address, data | {"decision": "approve"}, follow=True).content.decode()
    assert "đã có người quyết định" in page


def test_what_is_overdue_is_told_and_the_number_stands_in_the_side_bar(client, chain):
    reviewer = make_user("reviewer", chain.province)
    record = chain.sent("Hội muộn")
    ReviewStep.objects.update(due_on=localdate() - timedelta(days=10))
    client.force_login(reviewer)
    page = client.get(reverse("my_work")).content.decode()
    assert "Quá hạn" in page and "1 tư liệu chờ bạn duyệt đã quá hạn" in page and record.title in page
    assert "(1)" in page and "1 việc đang chờ bạn" in client.get("/admin/").content.decode()


def test_a_selection_is_approved_and_each_refusal_is_told(client, chain):
    client.force_login(make_user("reviewer", chain.province))
    good, draft = chain.sent("Hội tốt"), chain.draft("Chưa gửi")
    page = client.post(
        reverse("my_work"),
        {"record": [f"{good.pk}:{good.latest_revision_id}", f"{draft.pk}:{draft.latest_revision_id}", "x", "1:x"]},
        follow=True,
    ).content.decode()
    assert "Đã duyệt và đăng 1 tư liệu." in page and "“Chưa gửi”: Tư liệu không chờ duyệt." in page
    assert "Xin chọn tư liệu muốn duyệt." in client.post(reverse("my_work"), follow=True).content.decode()


@pytest.mark.parametrize(("button", "words"), [("action-submit", "Chưa gửi duyệt được."), ("action-publish", "Chưa đăng được.")])
def test_a_refused_form_says_what_did_not_happen_and_what_is_missing(client, chain, button, words):
    client.force_login(make_user("reviewer", chain.province))
    record = chain.draft(office=chain.province)
    page = client.post(reverse(f"{LIST}:edit", args=[record.pk]), _form("Gầu Tào") | {button: "1"}).content.decode()
    message = page.split('class="messages"')[1].split("</ul>")[0]
    assert words in message and "Hãy chọn ít nhất một dân tộc." in message


def test_sending_says_who_decides_by_when_and_whom_it_passed_over(client, chain):
    make_user("reviewer", chain.province)
    record = chain.draft()
    client.force_login(chain.author)
    filled = {"group": record.groups.get(), "source": record.sources.get().source, "office": str(chain.commune.pk)}
    page = client.post(reverse(f"{LIST}:edit", args=[record.pk]), _form("Gầu Tào", **filled) | {"action-submit": "1"}, follow=True)
    words = page.content.decode()
    assert f"tới {chain.province} duyệt" in words and f"{chain.commune} chưa có người duyệt" in words and "Hạn " in words


def test_the_edit_form_leads_to_the_sheet_and_decides_nothing_itself(client, chain):
    client.force_login(make_user("reviewer", chain.province))
    record = chain.sent()
    page = client.get(reverse(f"{LIST}:edit", args=[record.pk])).content.decode()
    assert reverse("review_record", args=[record.pk]) in page
    assert "workflow-action-name" not in page.split("<footer")[1] and 'name="action-publish"' not in page


@pytest.mark.parametrize("address", ["my_work", "dashboard:index"])
def test_what_waits_is_counted_once_for_a_page(client, chain, monkeypatch, address: str):
    counted: list[User] = []
    real = work_lists.number_waiting
    monkeypatch.setattr(work_lists, "number_waiting", lambda user: counted.append(user) or real(user))
    client.force_login(make_user("reviewer", chain.province))
    assert client.get(reverse(address)).status_code == 200
    assert len(counted) == 1
