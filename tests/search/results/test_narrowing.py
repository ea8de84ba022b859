"""The contract of both engines, second part: words near one another, chosen records, map tiles, people, and searching inside."""

from search.engines.base import Engine, PassageDocument, Write
from search.query.clauses import in_full, plan_for
from search.query.plan import FacetFilter, Near
from search.understanding import EmptyLexicon, NameAuthority, understand
from tests.search.conftest import MakeEngine, document, fill
from tests.search.engines.test_engines import EVERYBODY, found, planned

FIELDS = ("title", "names", "body")


def _near(first: str, second: str, gap: int) -> Near:
    return Near(tuple(first.split()), tuple(second.split()), gap, FIELDS)


def test_words_near_one_another_in_either_order(engine: Engine) -> None:
    fill(
        engine,
        document(1, body="Tiếng khèn gọi mùa lúa mới về bản"),
        document(2, body="Lúa mới gặt xong, khèn vang khắp nhà"),
        document(3, body="Khèn treo trên vách; cả một năm dài người ta chờ ngày mừng lúa mới"),
        document(4, body="Mới gặt, lúa thơm tiếng khèn"),
    )
    asked = {gap: found(engine, "", near=_near("khen", "lua moi", gap)) for gap in (1, 2, 20)}
    assert {gap: set(ids) for gap, ids in asked.items()} == {1: set(), 2: {1, 2}, 20: {1, 2, 3}}


def test_near_words_narrow_what_other_words_find(engine: Engine) -> None:
    fill(engine, document(1, body="mùa xuân khèn gọi lúa mới"), document(2, body="mùa xuân khèn xa rồi mới tới lúa"))
    assert found(engine, "mùa xuân", near=_near("khen", "lua", 1)) == [1]
    assert found(engine, "gió bão", near=_near("khen", "lua", 1)) == []


def test_only_chosen_records(engine: Engine) -> None:
    fill(engine, *(document(number, title="Lễ hội") for number in range(1, 6)))
    assert set(found(engine, "lễ hội", ids=(2, 4, 99))) == {2, 4}
    assert found(engine, "lễ hội", ids=()) == []


def test_map_tiles_count_what_lies_in_them(engine: Engine) -> None:
    sa_pa, lao_cai, buon_ma_thuot = (22.33, 103.84), (22.48, 103.97), (12.68, 108.04)
    places = [sa_pa, lao_cai, buon_ma_thuot, None]
    kinds = ["festival", "costume", "festival", "festival"]
    fill(engine, *(document(n, title="Lễ", location=place, facets={"type": (kinds[n],)}) for n, place in enumerate(places)))
    assert sorted(engine.search(planned("lễ", cells=5), EVERYBODY).cells.values()) == [1, 2]
    assert len(engine.search(planned("lễ", cells=12), EVERYBODY).cells) == 3
    festivals = engine.search(planned("lễ", cells=5, filters=(FacetFilter("type", ("festival",)),)), EVERYBODY).cells
    assert sorted(festivals.values()) == [1, 1]
    assert all(key.startswith("5/") for key in festivals)
    assert engine.search(planned("lễ"), EVERYBODY).cells == {}


def test_hidden_records_are_in_no_map_tile(engine: Engine) -> None:
    fill(engine, document(1, title="Lễ", location=(22.3, 103.8), access=("signed_in",)))
    assert engine.search(planned("lễ", cells=6), EVERYBODY).cells == {}


def test_people_are_a_field_of_their_own(engine: Engine) -> None:
    singer = document(1, title="Bài hát ru")
    singer.texts["people"] = ("Giàng A Páo",)  # type: ignore[index]
    fill(engine, singer, document(2, title="Giàng A Páo kể chuyện"))
    plan = plan_for(understand("giang a pao", EmptyLexicon(), NameAuthority([])), ("people",))
    assert [hit.id for hit in engine.search(plan, EVERYBODY).hits] == [1]


def _passage(text: str, key: str = "1", access: tuple[str, ...] = ("public",)) -> PassageDocument:
    return PassageDocument(key, "transcript", 0, (text,), {"start_ms": 0, "end_ms": 900, "cues": [[0, 0]]}, access)


def test_inside_finds_records_by_their_best_passage(engine: Engine) -> None:
    fill(
        engine,
        document(1, title="Khèn", passages=(_passage("xuống chợ phiên ngày đông"),)),
        document(2, title="Chợ phiên", passages=(_passage("thổi khèn"),)),
        document(3, passages=(_passage("chợ phiên chợ phiên"), _passage("chợ phiên", "2"))),
        document(4, passages=(_passage("chợ phiên", access=("signed_in",)),)),
    )
    assert engine.inside(planned("chợ phiên"), EVERYBODY)[0] == 3
    assert set(engine.inside(planned("cho phien"), EVERYBODY)) == {1, 3}
    assert engine.inside(in_full(planned("ngày khèn")), EVERYBODY) == ()
    assert engine.inside(planned(""), EVERYBODY) == ()


def test_a_new_index_can_be_tried_before_it_is_used(engine: Engine, make_engine: MakeEngine) -> None:
    fill(engine, document(1, title="hội cũ"))
    rebuild = engine.begin_rebuild()
    rebuild.load([Write(2, 1, document(2, title="hội mới"))])
    assert [hit.id for hit in rebuild.search(planned("hội"), EVERYBODY).hits] == [2]
    assert found(make_engine(), "hội") == [1]
    rebuild.abandon()
