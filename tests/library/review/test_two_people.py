"""Where the profile asks for two people, nobody publishes her own text, nor the last edit of her own, on any path."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from library.records.access import review_levels
from library.records.actions.publish import publish
from library.records.models import Record
from library.records.profiles import profile
from library.review import routing, rules
from library.review.actions.approve_many import approve_many
from library.review.actions.decide import approve
from library.review.models import current_step
from tests.factories import make_user
from tests.library.cataloguing.form.test_form import LIST, _form

from .conftest import step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(monkeypatch):
    """The type of the tests asks for two people."""

    def two_people(code: str):
        return replace(profile(code), two_people=True)

    from library.cataloguing.review import work_lists
    from library.records.actions import publish as publish_module

    for module in (review_levels, routing, rules, publish_module):
        monkeypatch.setattr(module, "profile", two_people)
    monkeypatch.setattr(work_lists, "all_profiles", lambda: [two_people("heritage-element")])


@pytest.fixture
def pair(chain):
    return make_user("reviewer", chain.province), make_user("reviewer", chain.province)


def test_the_shipped_profiles_ask_for_it_where_people_may_be_hurt():
    assert {code for code in ("ritual", "knowledge", "person", "festival") if profile(code).two_people} == {"ritual", "knowledge", "person"}


def test_nobody_approves_a_text_that_she_sent(chain, pair, strict):
    one, other = pair
    record = chain.draft()
    record.get_workflow().start(record, one)
    with pytest.raises(ValidationError):
        approve(step_of(record), one)
    refused = approve_many({record.pk: record.latest_revision_id}, one).refused
    assert "chính bạn" in refused[0].reason
    approve(step_of(record), other)
    assert Record.objects.get().live


def test_nobody_approves_her_own_last_edit(chain, pair, strict):
    one, other = pair
    record = chain.sent()
    record.get_latest_revision_as_object().save_revision(user=one)
    with pytest.raises(ValidationError):
        approve(step_of(Record.objects.get()), one)
    approve(step_of(Record.objects.get()), other)
    assert Record.objects.get().live


def test_everybody_who_saved_since_the_last_publication_wrote_it(chain, pair, strict):
    one, other = pair
    record = chain.sent()
    record.get_latest_revision_as_object().save_revision(user=one)
    Record.objects.get().get_latest_revision_as_object().save_revision(user=other)
    for person in pair:
        with pytest.raises(ValidationError):
            approve(step_of(Record.objects.get()), person)
    approve(step_of(Record.objects.get()), make_user("reviewer", chain.province))
    assert Record.objects.get().live and not record.co_authors.exists()


def test_nobody_approves_a_record_that_she_began(chain, pair, strict):
    one, _other = pair
    record = chain.sent()
    Record.objects.update(created_by=one)
    with pytest.raises(ValidationError):
        approve(step_of(Record.objects.get()), one)
    assert not Record.objects.get(pk=record.pk).live


def test_a_level_with_the_author_alone_is_passed_over(chain, strict):
    alone, minister = make_user("reviewer", chain.province), make_user("reviewer", chain.ministry)
    record = chain.draft()
    record.get_workflow().start(record, alone)
    assert step_of(record).office == chain.ministry
    approve(step_of(record), minister)
    assert current_step(record) is None


def test_nobody_publishes_alone(client, chain, pair, strict):
    one, _other = pair
    record = chain.draft()
    with pytest.raises(ValidationError):
        publish(record, user=one)
    client.force_login(one)
    page = client.get(reverse(f"{LIST}:edit", args=[record.pk])).content.decode()
    assert 'name="action-publish"' not in page
    form = _form(record.title_vi, group=record.groups.get(), source=record.sources.get().source) | {"action-publish": "1"}
    client.post(reverse(f"{LIST}:edit", args=[record.pk]), form)
    assert not Record.objects.get().live


def test_her_own_text_does_not_wait_for_her(client, chain, pair, strict):
    one, other = pair
    record = chain.draft()
    record.get_workflow().start(record, one)
    for person, waits in ((one, False), (other, True)):
        client.force_login(person)
        page = client.get(reverse("my_work")).content.decode()
        assert (f'value="{record.pk}:' in page) is waits
    client.force_login(one)
    sheet = client.get(reverse("review_record", args=[record.pk])).content.decode()
    assert "Đây là bài của chính bạn" in sheet and 'value="approve"' not in sheet


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_below_the_last_level_nobody_publishes_without_the_levels_above(client, chain, role):
    user = make_user(role, chain.commune)
    make_user("reviewer", chain.province)
    record = chain.draft()
    client.force_login(user)
    assert 'name="action-publish"' not in client.get(reverse(f"{LIST}:edit", args=[record.pk])).content.decode()
    filled = {"group": record.groups.get(), "source": record.sources.get().source, "office": str(chain.commune.pk)}
    form = _form(record.title_vi, **filled) | {"action-publish": "1"}
    client.post(reverse(f"{LIST}:edit", args=[record.pk]), form)
    address = client.get(reverse(f"{LIST}:add"), {"type": "heritage-element"}).url
    client.post(address, form)
    assert not Record.objects.filter(live=True).exists()
