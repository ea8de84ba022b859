"""The next festival on the card of a people: the same one, whichever way the database reads."""

import pytest

from library.access import ANONYMOUS
from search.answers import peoples
from tests.factories import make_group, make_record
from tests.library.pages.examples import FESTIVAL

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("walk", [False, True])
def test_the_next_festival_of_a_people_is_found_both_ways(monkeypatch: pytest.MonkeyPatch, walk: bool) -> None:
    mong, tay = make_group("08", "Mông", "Hmong"), make_group("02", "Tày", "Tay")
    for group in (tay, mong):
        make_record(f"Hội {group.name_vi}", record_type="festival", details=[{"type": "festival", "value": FESTIVAL}], groups=[group])
    monkeypatch.setattr(peoples, "walk_is_shorter", lambda found, among, last: (found, among) == (1, 2) and walk)
    (fact,) = peoples._next_festival(mong, ANONYMOUS)
    assert "Hội Mông" in str(fact.words)


def test_a_people_of_many_records_is_not_read_whole_for_its_next_festival() -> None:
    assert peoples.walk_is_shorter(10_000, 20_000, peoples.LOOKED_AT)
    assert not peoples.walk_is_shorter(20, 20_000, peoples.LOOKED_AT)
