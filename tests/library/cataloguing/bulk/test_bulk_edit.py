"""A bulk edit from the preview to the undo: what it writes, what it leaves, what stops it and what it says of each record."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from background.leases import LeaseLostError
from library.cataloguing.bulk.actions import carry_out, steps
from library.cataloguing.bulk.changes.lists import TagChange
from library.cataloguing.bulk.changes.table import change_of
from library.cataloguing.bulk.changes.values import profile_changes
from library.cataloguing.bulk.models import BulkEdit, State
from library.records.actions.withdraw import withdraw
from library.records.models import Record
from library.records.models.keywords import KeywordTag
from library.records.profiles import AUTHORITIES, all_profiles
from library.review.actions.decide import approve
from library.review.models import current_step
from library.vocabularies.models import AdminUnit
from search.models import IndexEvent
from tests.factories import make_group, make_term, make_user

from .conftest import Place, add, after, begin, newest, run, tags, undo

pytestmark = pytest.mark.django_db


def test_the_preview_writes_nothing_and_gives_every_record_one_outcome(place: Place):
    fresh, same, waiting = place.draft("Mới"), place.draft("Có rồi"), place.sent("Đang chờ")
    same.tags.add("hội xuân")
    same.save_revision()
    versions = {record.pk: Record.objects.get(pk=record.pk).latest_revision_id for record in (fresh, same, waiting)}
    job = begin(place.author, [fresh, same, waiting], "tags", add("hội xuân"))
    assert job.state == State.CHECKED and dict(job.counts()) == {"change": 1, "same": 1, "refuse": 1}
    assert job.records.get(record=waiting).reason == "Tư liệu đang chờ duyệt, chỉ người duyệt sửa được."
    assert (job.records.get(record=fresh).before, job.records.get(record=fresh).after) == ([], ["hội xuân"])
    assert {record.pk: Record.objects.get(pk=record.pk).latest_revision_id for record in (fresh, same, waiting)} == versions
    assert tags(fresh) == []


def test_the_run_writes_a_version_with_log_and_outbox_and_undo_gives_the_old_value_back(place: Place):
    record = place.draft()
    IndexEvent.objects.all().delete()
    job = run(begin(place.author, [record], "tags", add("hội xuân")), place.author)
    assert job.state == State.DONE and tags(record) == ["hội xuân"]
    assert [tag.name for tag in Record.objects.get(pk=record.pk).tags.all()] == ["hội xuân"]
    assert newest(record).latest_revision.user == place.author
    assert ModelLogEntry.objects.filter(object_id=str(record.pk), action="wagtail.edit", user=place.author).exists()
    assert IndexEvent.objects.filter(object_id=record.pk).exists()
    job = undo(job, place.author)
    assert job.state == State.UNDONE and tags(record) == []


def test_a_published_record_keeps_its_public_text_and_its_changed_draft(place: Place):
    record = place.live("Tên công khai")
    draft = newest(record)
    draft.title_vi = "Tên đang sửa"
    draft.save_revision(user=place.author)
    run(begin(place.author, [record], "tags", add("hội xuân")), place.author)
    row = Record.objects.get(pk=record.pk)
    assert (row.live, row.title_vi, list(row.tags.all()), row.has_unpublished_changes) == (True, "Tên công khai", [], True)
    assert (newest(record).title_vi, tags(record)) == ("Tên đang sửa", ["hội xuân"])


def _changes(place: Place) -> dict[str, tuple[Any, Any, Any]]:
    """Code → value, what the newest version has then, and how that is read."""
    group, unit = make_group("09", "Dao", "Dao"), AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai")
    rights, person = make_term("rights_statements", "InC"), place.draft("Bà Mẩy", record_type="person", details=[])
    make_term("vn_ich_categories", "tri-thuc", "Tri thức dân gian")
    chosen = {"mode": "replace"}
    return {
        "groups": (chosen | {"chosen": [group.pk]}, [group.pk], lambda record: [each.pk for each in record.groups.all()]),
        "places": (add() | {"chosen": [unit.pk]}, [unit.pk], lambda record: [each.pk for each in record.places.all()]),
        "people": (
            {"mode": "add", "chosen": [["teller", person.pk, ""]]},
            [("teller", person.pk)],
            lambda record: [(row.role, row.person_id) for row in record.people.all()],
        ),
        "rights": (rights.pk, rights.pk, lambda record: record.rights_id),
        "own_access": ("staff", "staff", lambda record: record.own_access),
        "office": (place.hamlet.pk, place.hamlet.pk, lambda record: record.office_id),
        "heritage-element.category": ("tri-thuc", "tri-thuc", lambda record: record.details[0].value["category"]),
    }


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("code", ["groups", "places", "people", "rights", "own_access", "office", "heritage-element.category"])
def test_each_change_is_made_and_taken_back(place: Place, code: str, live: bool):
    value, expected, read = _changes(place)[code]
    record = place.live() if live else place.draft()
    old = read(newest(record))
    job = run(begin(place.author, [record], code, value), place.author)
    assert dict(job.counts()) == {"change": 1} and read(newest(record)) == expected
    assert (read(Record.objects.get(pk=record.pk)) == expected) is not live  # readers see it when the version is published
    undo(job, place.author)
    assert read(newest(record)) == old != expected


def test_a_link_to_an_authority_is_set_told_by_its_name_and_taken_back(place: Place):
    unit = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai")
    record = place.draft("Bà Mẩy", record_type="person", details=[])
    job = run(begin(place.author, [record], "person.home_place", unit.pk), place.author)
    assert newest(record).details[0].value["home_place"] == unit
    change = change_of("person.home_place")
    assert change is not None and "Lào Cai" in change.words(unit.pk, place.author.viewer)
    undo(job, place.author)
    details = newest(record).details
    assert not details or not details[0].value["home_place"]


#: Kinds of profile fields (type, many, whether it links to records) that a bulk edit does not offer: they are a record's own (ADR 0035).
OWN_KINDS = {
    *((type_, many, False) for type_ in ("ml", "long", "struct") for many in (False, True)),
    ("text", True, False),
    ("rule", False, False),
    ("ref", False, True),
    ("ref", True, True),
}


def test_every_kind_of_profile_field_is_offered_or_known_to_be_a_record_s_own():
    left_out, offered = set(), set()
    for own in all_profiles():
        shared = {change.field.key for change in profile_changes(own)}
        for field in own.fields:
            kind = (field.type, field.many, field.type == "ref" and not set(field.targets) <= set(AUTHORITIES))
            (offered if field.key in shared else left_out).add(kind)
    assert left_out == OWN_KINDS and not offered & OWN_KINDS


def test_undo_leaves_what_somebody_changed_since_and_names_it(place: Place):
    touched, other = place.draft("Đã sửa thêm"), place.draft("Để yên")
    job = run(begin(place.author, [touched, other], "tags", add("hội xuân")), place.author)
    draft = newest(touched)
    draft.tags.add("riêng")
    draft.save_revision(user=place.reviewer)
    elsewhere = newest(other)
    elsewhere.title_vi = "Để yên, tên mới"
    elsewhere.save_revision(user=place.reviewer)
    job = undo(job, place.author)
    assert tags(touched) == ["hội xuân", "riêng"] and job.records.get(record=touched).undone == "changed"
    assert (tags(other), newest(other).title_vi) == ([], "Để yên, tên mới")


def test_rights_are_asked_again_when_the_record_is_changed(place: Place):
    moved, stays = place.draft("Chuyển đi"), place.draft("Ở lại")
    job = begin(place.reviewer, [moved, stays], "tags", add("hội xuân"))
    draft = newest(moved)
    draft.office = place.offices["elsewhere"]
    draft.save()
    job = run(job, place.reviewer)
    assert dict(job.counts()) == {"change": 1, "refuse": 1}
    assert (tags(moved), tags(stays)) == ([], ["hội xuân"])


def test_a_person_who_lost_the_account_changes_nothing_more(place: Place):
    record = place.draft()
    job = begin(place.author, [record], "tags", add("hội xuân"))
    steps.run(job, user=place.author)
    place.author.is_active = False
    place.author.save()
    assert dict(after(job).counts()) == {"refuse": 1} and tags(record) == []


def test_a_killed_worker_loses_nothing_and_repeats_nothing(place: Place, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(carry_out, "RECORDS_AT_ONCE", 2)
    records = [place.draft(f"Số {number}") for number in range(5)]
    job = begin(place.author, records, "tags", add("hội xuân"))
    steps.run(job, user=place.author)
    written: list[int] = []
    write = TagChange.write

    def killed(self: TagChange, record: Record, to: Any, user: Any) -> None:
        if len(written) == 3:
            raise KeyboardInterrupt
        written.append(record.pk)
        write(self, record, to, user)

    with monkeypatch.context() as patch:
        patch.setattr(TagChange, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            after(job)
    assert [tags(record) == ["hội xuân"] for record in records] == [True, True, False, False, False]
    after(job)
    assert BulkEdit.objects.get(pk=job.pk).state == State.RUNNING  # the lease of the killed worker holds
    BulkEdit.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert after(job).state == State.DONE
    assert all(tags(record) == ["hội xuân"] and record.revisions.count() == 2 for record in records)


def test_a_stopped_run_keeps_what_is_written_and_goes_on_later(place: Place, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(carry_out, "RECORDS_AT_ONCE", 1)
    records = [place.draft("Một"), place.draft("Hai")]
    job = begin(place.author, records, "tags", add("hội xuân"))
    steps.run(job, user=place.author)
    assert carry_out.run_some(BulkEdit.objects.get(pk=job.pk)) is True
    at_work = BulkEdit.objects.get(pk=job.pk)
    steps.stop(job, user=place.author)
    with pytest.raises(LeaseLostError):
        carry_out.run_some(at_work)
    assert [tags(record) for record in records] == [["hội xuân"], []]
    with pytest.raises(ValidationError):
        steps.stop(job, user=place.author)
    assert run(job, place.author).state == State.DONE and [tags(record) for record in records] == [["hội xuân"]] * 2


def test_what_is_published_stays_complete(place: Place):
    group = make_group()
    job = begin(place.author, [place.live("Đã đăng"), place.draft("Nháp")], "groups", {"mode": "remove", "chosen": [group.pk]})
    assert dict(job.counts()) == {"change": 1, "refuse": 1}
    assert job.records.get(outcome="refuse").reason == "Hãy chọn ít nhất một dân tộc."


def test_records_are_sent_for_review_and_taken_back_while_nobody_has_decided(place: Place):
    waits, decided = place.draft("Chờ"), place.draft("Đã quyết")
    incomplete = place.draft("Thiếu", summary_vi="")
    job = run(begin(place.author, [waits, decided, incomplete], "send_for_review"), place.author)
    assert dict(job.counts()) == {"change": 2, "refuse": 1} and current_step(waits).office == place.offices["commune"]
    approve(current_step(decided), place.reviewer)
    job = undo(job, place.author)
    assert current_step(waits) is None and Record.objects.get(pk=waits.pk).review_state == "draft"
    assert job.records.get(record=decided).undone == "changed"


def test_approving_goes_through_the_review_and_has_no_undo(place: Place):
    record = place.sent()
    make_user("reviewer", place.offices["province"])
    job = run(begin(place.reviewer, [record, place.draft("Không chờ")], "approve"), place.reviewer)
    assert dict(job.counts()) == {"change": 1, "refuse": 1}
    assert current_step(record).office == place.offices["province"]
    with pytest.raises(ValidationError):
        steps.undo(job, user=place.reviewer)


@pytest.mark.parametrize("code", ["approve", "publish"])
def test_a_version_that_nobody_previewed_is_not_decided(place: Place, code: str):
    reviewer = make_user("reviewer", place.offices["province"])
    record = place.sent() if code == "approve" else place.draft()
    job = begin(reviewer, [record], code)
    newest(record).save_revision(user=place.author)
    assert dict(run(job, reviewer).counts()) == {"refuse": 1} and not Record.objects.get(pk=record.pk).live


def test_publishing_is_taken_back_to_the_version_that_was_public_before(place: Place):
    reviewer = make_user("reviewer", place.offices["province"])
    new, public = place.draft("Mới"), place.live("Cũ")
    draft = newest(public)
    draft.title_vi = "Tên mới"
    draft.save_revision(user=place.author)
    job = run(begin(reviewer, [new, public], "publish"), reviewer)
    assert Record.objects.get(pk=new.pk).live and Record.objects.get(pk=public.pk).title_vi == "Tên mới"
    undo(job, reviewer)
    row = Record.objects.get(pk=public.pk)
    assert not Record.objects.get(pk=new.pk).live
    assert (row.live, row.title_vi, newest(public).title_vi) == (True, "Cũ", "Tên mới")


def test_a_record_of_another_type_or_a_withdrawn_one_is_refused(place: Place):
    archivist = make_user("administrator", place.offices["province"])
    festival, closed = place.draft("Lễ hội", record_type="festival", details=[]), place.live("Gỡ rồi")
    withdraw(closed, user=archivist, reason="Sai.")
    make_term("vn_ich_categories", "tri-thuc", "Tri thức dân gian")
    job = begin(archivist, [festival, closed], "heritage-element.category", "tri-thuc")
    assert job.records.get(record=festival).reason == "Loại tư liệu này không có ô ấy."
    assert job.records.get(record=closed).reason == "Tư liệu đã được gỡ xuống."


def test_a_record_that_is_gone_stops_nothing(place: Place):
    gone, stays = place.draft("Sẽ xóa"), place.draft("Ở lại")
    job = begin(place.author, [gone, stays], "tags", add("hội xuân"))
    gone.delete()
    assert dict(run(job, place.author).counts()) == {"change": 1, "refuse": 1} and tags(stays) == ["hội xuân"]


def test_undo_deletes_a_keyword_that_the_bulk_edit_brought_unless_somebody_uses_it(place: Place):
    record, other = place.draft("Một"), place.draft("Hai")
    KeywordTag.objects.create(name="có trước")
    job = run(begin(place.author, [record], "tags", add("mới", "dùng rồi", "có trước")), place.author)
    draft = newest(other)
    draft.tags.add("dùng rồi")
    draft.save_revision(user=place.author)
    undo(job, place.author)
    assert tags(record) == [] and set(KeywordTag.objects.values_list("name", flat=True)) == {"dùng rồi", "có trước"}
