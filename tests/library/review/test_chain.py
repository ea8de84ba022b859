"""A review goes from the record's office upwards, to whoever may decide there, and ends in the public."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import localdate
from wagtail.models import ModelLogEntry, TaskState

from library.accounts.models import Office, User
from library.calendars.working_days import after_working_days
from library.records.actions.change_office import change_office
from library.records.actions.publish import publish
from library.records.models import Record
from library.records.models.choices import ReviewState
from library.review import reminders
from library.review.actions.approve_many import approve_many
from library.review.actions.decide import add_comment, approve, pass_on, send_back
from library.review.actions.give_on import give_on_reviews
from library.review.models import ReviewStep, current_step
from tests.factories import make_office, make_user

from .conftest import step_of

pytestmark = pytest.mark.django_db


def test_every_level_with_a_reviewer_decides_and_the_last_one_publishes(chain):
    below, above = make_user("reviewer", chain.commune), make_user("reviewer", chain.province)
    record = chain.sent()
    assert step_of(record).office == chain.commune
    approve(step_of(record), below)
    record.refresh_from_db()
    assert (step_of(record).office, record.live, record.review_state) == (chain.province, False, ReviewState.IN_REVIEW)
    with pytest.raises(PermissionDenied):
        approve(step_of(record), below)
    approve(step_of(record), above)
    record.refresh_from_db()
    assert record.live and current_step(record) is None
    assert ModelLogEntry.objects.for_instance(record).filter(action="wagtail.publish").count() == 1


def test_a_level_without_a_reviewer_is_passed_over_and_said(chain):
    make_user("reviewer", chain.province)
    step = step_of(chain.sent())
    assert (step.office, list(step.passed_over.all())) == (chain.province, [chain.commune])


def test_the_province_without_a_reviewer_is_passed_over_too(chain):
    make_user("administrator", chain.ministry)
    step = step_of(chain.sent())
    assert (step.office, set(step.passed_over.all())) == (chain.ministry, {chain.commune, chain.province})


def test_without_any_reviewer_it_waits_at_the_top_for_the_first_one(chain):
    record = chain.sent()
    assert step_of(record).office == chain.ministry
    approve(step_of(record), make_user("reviewer", chain.ministry))
    assert Record.objects.get().live


def test_a_stopped_account_is_no_reviewer(chain):
    make_user("reviewer", chain.commune, is_active=False)
    make_user("reviewer", chain.province)
    assert step_of(chain.sent()).office == chain.province


def test_it_is_due_after_working_days(chain, settings):
    settings.REVIEW_DAYS = 3
    before = localdate()
    assert step_of(chain.sent()).due_on in {after_working_days(day, 3) for day in (before, localdate())}


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_nothing_is_sent_back_without_a_reason(chain, reason):
    reviewer = make_user("reviewer", chain.province)
    step = step_of(chain.sent())
    for refused in (
        lambda: send_back(step, reviewer, reason=reason),
        lambda: step.reject(user=reviewer, comment=reason),
        lambda: step.task.specific.on_action(step, reviewer, "reject", comment=reason),
        lambda: step.task.specific.on_action(step, reviewer, "reject"),
    ):
        with pytest.raises(ValidationError):
            refused()
    assert Record.objects.get().review_state == ReviewState.IN_REVIEW


def test_what_was_sent_back_comes_again_to_whoever_sent_it_back(chain):
    below, above = make_user("reviewer", chain.commune), make_user("reviewer", chain.province)
    record = chain.sent()
    approve(step_of(record), below)
    send_back(step_of(record), above, reason="Thiếu nguồn.")
    record = Record.objects.get()
    assert record.review_state == ReviewState.RETURNED
    record.current_workflow_state.resume(chain.author)
    assert (step_of(record).office, Record.objects.get().review_state) == (chain.province, ReviewState.IN_REVIEW)


def test_a_decision_is_made_once_and_on_the_text_that_was_read(chain):
    reviewer = make_user("reviewer", chain.province)
    record = chain.sent()
    step, read = step_of(record), record.latest_revision_id
    record.get_latest_revision_as_object().save_revision(user=reviewer)
    with pytest.raises(ValidationError):
        approve(step, reviewer, revision=read)
    approve(step, reviewer, revision=Record.objects.get().latest_revision_id)
    with pytest.raises(PermissionDenied):
        approve(step, reviewer)
    with pytest.raises(PermissionDenied):
        send_back(step, reviewer, reason="x")


def test_passing_on_gives_the_decision_to_the_next_office_above(chain):
    reviewer, minister = make_user("reviewer", chain.province), make_user("reviewer", chain.ministry)
    step = step_of(chain.sent())
    with pytest.raises(ValidationError):
        pass_on(step, reviewer, comment=" ")
    pass_on(step, reviewer, comment="Việc này Bộ quyết.")
    step = step_of(Record.objects.get())
    assert (step.office, step.comments.get().text) == (chain.ministry, "Việc này Bộ quyết.")
    with pytest.raises(PermissionDenied):
        approve(step, reviewer)
    with pytest.raises(ValidationError):
        pass_on(step, minister, comment="không còn ai")
    approve(step, minister)
    assert Record.objects.get().live


def test_a_review_follows_the_record_to_its_new_office(chain):
    make_user("reviewer", chain.province)
    elsewhere = make_office("tinh-1")
    there = make_user("reviewer", elsewhere)
    record = chain.sent()
    change_office(record, elsewhere, user=there)
    assert step_of(Record.objects.get()).office == elsewhere


def test_editing_after_approval_keeps_the_published_text_until_the_change_is_approved(chain):
    reviewer = make_user("reviewer", chain.province)
    record = publish(chain.draft("Tên cũ"))
    draft = record.get_latest_revision_as_object()
    draft.title_vi = "Tên mới"
    draft.save_revision(user=chain.author)
    record = Record.objects.get()
    record.get_workflow().start(record, chain.author)
    record = Record.objects.get()
    assert (record.live, record.title_vi, record.review_state) == (True, "Tên cũ", ReviewState.PUBLISHED)
    approve(step_of(record), reviewer)
    assert Record.objects.get().title_vi == "Tên mới"


@pytest.mark.parametrize(("today", "letters"), [(date(2026, 12, 1), 1), (date(2026, 11, 29), 0)])  # a Tuesday, a Sunday
def test_what_is_overdue_is_told_once_a_working_day(chain, monkeypatch, today, letters):
    monkeypatch.setattr(reminders, "localdate", lambda: today)
    make_user("reviewer", chain.province, email="province@example.vn")
    make_user("reviewer", chain.ministry, email="ministry@example.vn")
    for title in ("Hội muộn", "Hội còn hạn"):
        chain.sent(title)
    ReviewStep.objects.update(due_on=date(2026, 12, 9))
    ReviewStep.objects.filter(record__title_vi="Hội muộn").update(due_on=date(2026, 11, 20))
    mail.outbox.clear()
    assert reminders.remind_of_overdue() is bool(letters)
    assert [letter.to for letter in mail.outbox] == [["province@example.vn"]] * letters
    assert all("Hội muộn" in letter.body and "Hội còn hạn" not in letter.body for letter in mail.outbox)


def test_an_approval_below_the_last_level_waits_at_the_highest_office_when_nobody_above_may_decide(chain):
    reviewer = make_user("reviewer", chain.commune)
    record = chain.sent()
    approve(step_of(record), reviewer)
    record = Record.objects.get(pk=record.pk)
    assert not record.live and step_of(record).office == chain.ministry
    assert set(step_of(record).passed_over.all()) == {chain.province}


def test_many_are_approved_at_once_and_each_refusal_is_told(chain):
    reviewer = make_user("reviewer", chain.province)
    good, sources = chain.sent("Tốt"), chain.sent("Mất nguồn")
    revision = sources.get_latest_revision()
    revision.content |= {"sources": []}
    revision.save()
    draft, foreign = chain.draft("Chưa gửi"), chain.sent("Nơi khác", office=make_office("tinh-1"))
    rite = chain.sent("Lên cấp trên", office=chain.commune)
    result = approve_many({record.pk: record.latest_revision_id for record in (good, sources, draft, foreign, rite)} | {99999: 1}, reviewer)
    assert set(result.published) == {good.pk, rite.pk} and result.passed_up == ()
    refused = {each.key: each for each in result.refused}
    assert set(refused) == {sources.pk, draft.pk, foreign.pk, 99999}
    assert "nguồn" in refused[sources.pk].reason and refused[draft.pk].reason == "Tư liệu không chờ duyệt."
    assert refused[foreign.pk].title == "" and refused[foreign.pk].reason == refused[99999].reason
    assert TaskState.objects.filter(status="in_progress").count() == 2


def test_a_record_with_a_newer_version_than_the_one_read_is_not_approved_with_the_others(chain):
    reviewer = make_user("reviewer", chain.province)
    read, overtaken = chain.sent("Đã đọc"), chain.sent("Vừa sửa")
    versions = {record.pk: record.latest_revision_id for record in (read, overtaken)}
    overtaken.get_latest_revision_as_object().save_revision(user=reviewer)
    result = approve_many(versions, reviewer)
    assert result.published == (read.pk,) and "vừa có bản mới" in result.refused[0].reason


def test_what_waits_goes_on_when_the_only_reviewer_of_an_office_has_left(chain):
    only = make_user("reviewer", chain.commune)
    above = make_user("reviewer", chain.province)
    waiting, returned = chain.sent("Đang chờ"), chain.sent("Trả lại")
    send_back(step_of(returned), only, reason="Thiếu nguồn.")
    User.objects.filter(pk=only.pk).update(is_active=False)
    assert give_on_reviews() and not give_on_reviews()
    step = step_of(waiting)
    assert (step.office, list(step.passed_over.all())) == (chain.province, [chain.commune])
    Record.objects.get(pk=returned.pk).current_workflow_state.resume(chain.author)
    assert step_of(returned).office == chain.province
    approve(step_of(returned), above)


def test_what_two_may_decide_stays_where_it_is(chain):
    make_user("reviewer", chain.commune)
    make_user("reviewer", chain.province)
    record = chain.sent()
    assert not give_on_reviews() and step_of(record).office == chain.commune


def test_a_comment_is_not_empty(chain):
    make_user("reviewer", chain.province)
    with pytest.raises(ValidationError):
        add_comment(step_of(chain.sent()), chain.author, "  ")


def test_an_office_of_the_last_level_is_its_own_last_office(chain):
    museum = Office.objects.create(code="bao-tang", name_vi="Bảo tàng", level="province", parent=chain.province)
    reviewer = make_user("reviewer", museum)
    record = chain.sent(office=museum)
    approve(step_of(record), reviewer)
    assert Record.objects.get().live
