"""The access rule as pure functions: decision, tokens and parts, on plain values."""

from dataclasses import dataclass
from itertools import product

import pytest

from library.access import (
    ANONYMOUS,
    COMMUNITY,
    LEVELS,
    PUBLIC,
    SIGNED_IN,
    STAFF,
    WITHDRAWN,
    Viewer,
    access_tokens,
    can_see,
    community_keys,
    may_read_part,
    strictest,
    viewer_tokens,
)


@dataclass
class Record:
    access_level: str = PUBLIC
    published: bool = True
    community_ids: tuple[int, ...] = (7,)
    office_path: str = "/bo/tinh-15/"
    created_by_id: int | None = 40


SIGNED = Viewer(signed_in=True, user_id=41)
MEMBER = Viewer(signed_in=True, user_id=42, communities=frozenset({7, 9}))
STRANGER = Viewer(signed_in=True, user_id=43, communities=frozenset({8, 70}))
OFFICER = Viewer(signed_in=True, user_id=44, office_path="/bo/tinh-15/")
OTHER_OFFICER = Viewer(signed_in=True, user_id=45, office_path="/bo/tinh-1/")
MINISTRY = Viewer(signed_in=True, user_id=46, office_path="/bo/")
ARCHIVIST = Viewer(signed_in=True, user_id=47, office_path="/bo/", archivist=True)
AUTHOR = Viewer(signed_in=True, user_id=40)
VIEWERS = [ANONYMOUS, SIGNED, MEMBER, STRANGER, OFFICER, OTHER_OFFICER, MINISTRY, ARCHIVIST, AUTHOR]


@pytest.mark.parametrize(
    ("level", "seen_by"),
    [
        (PUBLIC, VIEWERS),
        (SIGNED_IN, VIEWERS[1:]),
        (COMMUNITY, [MEMBER, OFFICER, MINISTRY, ARCHIVIST]),
        (STAFF, [OFFICER, MINISTRY, ARCHIVIST]),
        (WITHDRAWN, [ARCHIVIST]),
    ],
)
def test_a_published_record_is_seen_by_exactly_those_its_level_names(level, seen_by):
    assert [viewer for viewer in VIEWERS if can_see(viewer, Record(level))] == seen_by


@pytest.mark.parametrize("level", [PUBLIC, SIGNED_IN, COMMUNITY, STAFF])
def test_a_draft_is_seen_by_its_office_those_above_and_its_author_only(level):
    assert [viewer for viewer in VIEWERS if can_see(viewer, Record(level, published=False))] == [OFFICER, MINISTRY, ARCHIVIST, AUTHOR]


def test_tokens_decide_as_can_see_does_for_everything_that_may_be_indexed():
    for viewer, level, published in product(VIEWERS, LEVELS, [True, False]):
        record = Record(level, published)
        by_tokens = not set(viewer_tokens(viewer)).isdisjoint(access_tokens(record))
        assert by_tokens == (can_see(viewer, record) and published and level != WITHDRAWN), (viewer, level, published)


def test_a_part_is_never_more_open_than_its_whole():
    for viewer, whole, part in product(VIEWERS, LEVELS, LEVELS):
        if may_read_part(viewer, part, Record(whole)):
            assert can_see(viewer, Record(whole)) or part == WITHDRAWN


def test_a_staff_part_of_a_public_record_is_for_its_office_only():
    assert [viewer for viewer in VIEWERS if may_read_part(viewer, STAFF, Record())] == [OFFICER, MINISTRY, ARCHIVIST]


def test_the_strictest_level_wins_and_an_unknown_word_fails_closed():
    assert strictest(PUBLIC, COMMUNITY, SIGNED_IN) == COMMUNITY
    assert strictest(STAFF, "seasonal?") == "seasonal?"
    assert not any(can_see(viewer, Record("seasonal?", office_path="/elsewhere/", created_by_id=None)) for viewer in VIEWERS)


def test_the_community_column_holds_ids_that_cannot_be_mistaken_for_one_another():
    assert community_keys([70, 7]) == " 7 70 "
    assert " 7 " not in community_keys([70])
    assert community_keys([]) == " "


def test_an_office_whose_code_begins_alike_is_another_office():
    assert not can_see(OTHER_OFFICER, Record(STAFF, office_path="/bo/tinh-15/"))
