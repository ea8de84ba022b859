"""The contract of both engines: ranking, filters, counts, paging, sorting, rights, suggestions, passages, versions, rebuild."""

import inspect
import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest

from library.access import ANONYMOUS, Viewer
from library.calendars.day_numbers import OPEN, day_number
from search.access import AccessFilter, access_for
from search.asking.find import words_in_part
from search.asking.question import Knowledge, question_of
from search.asking.relaxing import Ranking, Relaxation, search_relaxing, steps_of
from search.engines.base import Engine, EngineUnavailable, IndexOutdated, Outcome, PassageDocument, SearchDocument, Write, walk
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.store import MADE_FOR
from search.quality.evaluation import shipped_names
from search.query.clauses import in_full, plan_for
from search.query.plan import DateRange, FacetFilter, Plan, Sort
from search.request import SearchRequest
from search.understanding import EmptyLexicon, understand
from tests.search.conftest import FACETS, MakeEngine, document, fill

EVERYBODY = access_for(ANONYMOUS)
NAMES = shipped_names()


def planned(text: str, **changes: object) -> Plan:
    return replace(plan_for(understand(text, EmptyLexicon(), NAMES)), **changes)  # type: ignore[arg-type]


def found(engine: Engine, text: str, access: AccessFilter = EVERYBODY, **changes: object) -> list[int]:
    """Ids found for a query, in order."""
    return [hit.id for hit in engine.search(planned(text, **changes), access).hits]


def ranked(engine: Engine, text: str, **changes: object) -> Ranking:
    """One page as readers get it."""
    plan = planned(text, **changes)
    return search_relaxing(engine, steps_of(plan, in_full(plan)), EVERYBODY)


def test_every_spelling_finds_the_title(engine: Engine) -> None:
    fill(engine, document(1, title="Lễ hội Gầu Tào"), document(2, title="Nghề dệt lanh"))
    spellings = ["lễ hội Gầu Tào", "le hoi gau tao", "lê hôi gâu tao", "LỄ HỘI GẦU TÀO", normalize("NFD", "lễ hội Gầu Tào")]
    assert {spelling: found(engine, spelling) for spelling in spellings} == {key: [1] for key in spellings}


def test_the_exact_word_ranks_above_the_folded_one(engine: Engine) -> None:
    pairs = [("đường", "dương"), ("Thái", "Thải"), ("lễ", "lê"), ("bàn", "bản"), ("Chăm", "Chàm")]
    for place, (typed, other) in enumerate(pairs):
        numbers = range(place * 10 + 1, place * 10 + 6)
        fill(engine, *(document(n, body=f"chữ {other} ở đây") for n in numbers), document(place * 10 + 9, body=f"chữ {typed} ở đây"))
    assert [found(engine, f"chữ {typed}")[0] for typed, _ in pairs] == [9, 19, 29, 39, 49]


def test_noise_of_spelling_changes_nothing(engine: Engine) -> None:
    texts = ["hòa bình", "hoa binh", "kí sự", "ki su", "Hmông", "hmong", "Đắk Lắk", "dak lak", "Gia Rai", "gia rai"]
    fill(engine, *(document(number, body=text) for number, text in enumerate(texts, start=1)))
    pairs = [("hoà bình", "hòa bình"), ("ký sự", "kí sự"), ("H'Mông", "HʼMông"), ("\u00d0ắk Lắk", "Đắk Lắk"), ("Gia-rai", "Gia Rai")]
    for typed, same in pairs:
        one, other = (engine.search(planned(text), EVERYBODY).hits for text in (typed, same))
        assert [(hit.id, pytest.approx(hit.score, rel=1e-5)) for hit in one] == [(hit.id, hit.score) for hit in other]
        assert one


def test_most_words_of_a_long_query_must_occur(engine: Engine) -> None:
    fill(engine, document(1, body="cưới xin của người Ba Na"), document(2, body="cưới"), document(3, body="hoàn toàn khác"))
    assert found(engine, "cưới xin người Ba Na") == [1]


def test_what_covers_the_query_is_found_even_where_nothing_of_it_scores(engine: Engine) -> None:
    told = document(1, title="Khèn")
    fill(engine, replace(told, texts={**told.texts, "people": ("Sùng A Pháo",)}), document(2, title="Sùng", body="Pháo"))
    assert found(engine, "Sùng Pháo") == [2, 1]


def test_a_query_that_nothing_covers_is_eased_and_says_so(engine: Engine) -> None:
    fill(engine, document(1, body="cưới"))
    ranking = ranked(engine, "cưới xin Ba Na rông")
    assert ([hit.id for hit in ranking.answer.hits], ranking.relaxation) == ([1], Relaxation.MOST_WORDS)


def test_records_that_have_all_come_first_and_alone_are_counted(engine: Engine) -> None:
    parts = [document(number, title="dệt lanh", body="nghề ở Lùng Tám") for number in range(1, 6)]
    whole = [document(number, body="nghề dệt lanh của người Mông") for number in (8, 9)]
    fill(engine, *parts, *whole, document(10, body="nghề"))
    pages = [ranked(engine, "nghề dệt lanh Mông", offset=offset, size=3) for offset in (0, 3, 6)]
    assert [[hit.id for hit in page.answer.hits] for page in pages] == [[8, 9, 1], [2, 3, 4], [5]]
    assert [(page.answer.total, page.counted, page.followers) for page in pages] == [(2, 2, 5), (2, 0, 5), (2, 0, 5)]


def test_where_none_has_all_those_that_have_most_are_counted(engine: Engine) -> None:
    fill(engine, document(1, body="nghề dệt lanh"), document(2, body="nghề dệt"), document(3, body="nghề"))
    ranking = ranked(engine, "nghề dệt lanh Mông")
    assert (sorted(hit.id for hit in ranking.answer.hits), ranking.relaxation) == ([1, 2], Relaxation.PART)
    assert (ranking.answer.total, ranking.counted, ranking.followers) == (2, 2, 0)


def test_other_orders_mix_nothing_in(engine: Engine) -> None:
    fill(engine, document(1, body="nghề dệt lanh Mông", title_sort="b"), document(2, body="nghề dệt lanh", title_sort="a"))
    assert [hit.id for hit in ranked(engine, "nghề dệt lanh Mông", sort=Sort.TITLE).answer.hits] == [1]


def test_the_words_that_a_record_has_are_told(engine: Engine) -> None:
    fill(engine, document(1, body="nghề dệt lanh"), document(2, title="Mông", body="nghề"))
    question = question_of(SearchRequest(text="nghề dệt nghề Mông"), ANONYMOUS, Knowledge(EmptyLexicon(), NAMES))
    hits = engine.search(question.steps[-1].plan, EVERYBODY).hits
    assert words_in_part(engine, question, EVERYBODY, hits) == {1: ("nghề", "dệt"), 2: ("nghề", "mông")}


def test_what_another_plan_finds_is_left_out(engine: Engine) -> None:
    fill(
        engine, *(document(n, body="nghề dệt", facets={"type": (kind,)}) for n, kind in enumerate("ab", start=1)), document(3, body="nghề")
    )
    other = replace(planned("nghề dệt"), filters=(FacetFilter("type", ("a",)),))
    assert set(found(engine, "nghề", apart_from=other)) == {2, 3}


def test_a_phrase_finds_its_words_side_by_side(engine: Engine) -> None:
    fill(engine, document(1, body="nhà rông cao"), document(2, body="nhà cao, mái rông"), document(3, title="Nhà rông"))
    assert set(found(engine, '"nhà rông"')) == {1, 3}
    assert set(found(engine, '"nha rong"')) == {1, 3}
    ranking = ranked(engine, '"rông nhà"')
    assert (ranking.answer.total, ranking.relaxation) == (3, Relaxation.PHRASES)


def test_another_name_finds_the_official_one(engine: Engine) -> None:
    fill(engine, document(1, body="Nhà mồ của người Gia Rai"), document(2, body="Nhà sàn của người Tày"))
    assert found(engine, "nhà người Jarai")[0] == 1
    assert found(engine, "Jarai") == [1]


def test_a_name_together_or_apart_finds_the_other(engine: Engine) -> None:
    titles = ["Gia Rai", "Ê Đê", "H Mông", "Khmer", "Xơ-đăng"]
    fill(engine, *(document(number, title=title) for number, title in enumerate(titles, start=1)))
    typed = {"Giarai": [1], "Êđê": [2], "ede": [2], "Hmong": [3], "H'Mông": [3], "Xodang": [5]}
    assert {name: found(engine, name) for name in typed} == typed


def test_words_of_other_scripts_are_found_inside_a_text(engine: Engine) -> None:
    fill(engine, document(1, body="ជនជាតិខ្មែរ ꪼꪕꪒꪾ 𡨸喃漢字 ꨌꩌ ꨀꨇꩉ"), document(2, body="ជន ꪼ 漢 ꨌ"))
    words = ["ខ្មែរ", "ꪕꪒꪾ", "𡨸喃", "ꨀꨇꩉ"]
    assert {word: found(engine, word) for word in words} == {key: [1] for key in words}


def test_facets_narrow_and_count(engine: Engine) -> None:
    groups = [("mong",), ("mong",), ("tay",), ("tay", "nung")]
    fill(engine, *(document(n, title="hội", facets={"group": g, "type": ("festival",)}) for n, g in enumerate(groups, start=1)))
    plan = planned("hội", facets=("group", "type"), filters=(FacetFilter("group", ("mong", "nung")),))
    answer = engine.search(plan, EVERYBODY)
    assert {hit.id for hit in answer.hits} == {1, 2, 4}
    assert answer.total == 3
    assert answer.facets == {"group": {"mong": 2, "tay": 2, "nung": 1}, "type": {"festival": 3}}


def test_facets_join_with_and_between_them(engine: Engine) -> None:
    fill(
        engine,
        document(1, title="hội", facets={"group": ("mong",), "type": ("song",)}),
        document(2, title="hội", facets={"group": ("mong",)}),
    )
    assert found(engine, "hội", filters=(FacetFilter("group", ("mong",)), FacetFilter("type", ("song",)))) == [1]


def test_sixty_groups_are_all_counted(engine: Engine) -> None:
    fill(engine, *(document(n, title="hội", facets={"group": (f"g{n}",)}) for n in range(1, 61)))
    assert len(engine.search(planned("hội", facets=("group",)), EVERYBODY).facets["group"]) == 60


def test_pages_never_repeat_or_lose_a_hit(engine: Engine) -> None:
    same = {
        "title": "hội",
        "title_sort": "hội",
        "updated": "2026-01-01",
        "first_day": day_number(1975, 1, 1),
        "last_day": day_number(1975, 1, 1),
    }
    fill(engine, *(document(number, **same) for number in range(1, 26)))
    for sort in Sort:
        pages = [found(engine, "hội", sort=sort, offset=offset, size=10) for offset in (0, 10, 20)]
        assert [len(page) for page in pages] == [10, 10, 5]
        assert len({number for page in pages for number in page}) == 25


def test_sorting_by_title_newest_and_date(engine: Engine) -> None:
    fill(
        engine,
        document(1, title="hội", title_sort="b", updated="2026-02-01", first_day=day_number(1990, 1, 1), last_day=day_number(1990, 12, 31)),
        document(2, title="hội", title_sort="a", updated="2026-01-01"),
        document(3, title="hội", title_sort="c", updated="2026-03-01", first_day=day_number(1800, 1, 1), last_day=day_number(1899, 12, 31)),
    )
    assert found(engine, "hội", sort=Sort.TITLE) == [2, 1, 3]
    assert found(engine, "hội", sort=Sort.NEWEST) == [3, 1, 2]
    assert found(engine, "hội", sort=Sort.DATE) == [3, 1, 2]


def test_an_uncertain_date_is_a_range_that_meets_the_range_asked_for(engine: Engine) -> None:
    fill(
        engine,
        document(1, title="hội", first_day=day_number(1900, 1, 1), last_day=day_number(1999, 12, 31)),
        document(2, title="hội", first_day=day_number(2001, 5, 1), last_day=day_number(2001, 5, 1)),
        document(3, title="hội"),
    )
    assert found(engine, "hội", dates=DateRange(day_number(1975, 1, 1), day_number(1980, 12, 31))) == [1]
    assert found(engine, "hội", dates=DateRange(day_number(1999, 1, 1), None)) == [1, 2]
    assert found(engine, "hội", dates=DateRange(None, day_number(1899, 12, 31))) == []


def test_a_date_before_our_era_is_found_where_it_lies_and_nowhere_else(engine: Engine) -> None:
    fill(
        engine,
        document(1, title="hội", first_day=day_number(-10, 1, 1), last_day=day_number(-10, 12, 31)),
        document(2, title="hội", first_day=day_number(-700, 1, 1), last_day=day_number(100, 12, 31)),
        document(3, title="hội", first_day=day_number(-50_000, 1, 1), last_day=day_number(-50_000, 12, 31)),
        document(4, title="hội", first_day=-OPEN, last_day=day_number(1945, 12, 31)),
        document(5, title="hội", first_day=day_number(1930, 1, 1), last_day=OPEN),
    )

    def between(first: int, last: int) -> list[int]:
        return found(engine, "hội", sort=Sort.DATE, dates=DateRange(day_number(first, 1, 1), day_number(last, 12, 31)))

    assert between(2010, 2020) == [5]
    assert between(1, 99) == [4, 2]
    assert between(-20, -5) == [4, 2, 1]
    assert between(-60_000, -40_000) == [4, 3]
    assert found(engine, "hội", sort=Sort.DATE) == [4, 3, 2, 1, 5]


READERS = {
    "anonymous": (ANONYMOUS, {1}),
    "signed in": (Viewer(signed_in=True), {1, 2}),
    "member": (Viewer(signed_in=True, communities=frozenset({7})), {1, 2, 3}),
    "office": (Viewer(signed_in=True, office_path="/bo/tinh-15/"), {1, 2, 4}),
}


def test_readers_find_count_and_are_offered_only_what_is_open_to_them(engine: Engine) -> None:
    tokens = {1: ("public",), 2: ("signed_in",), 3: ("community:7",), 4: ("office:/bo/", "office:/bo/tinh-15/"), 5: ()}
    fill(engine, *(document(n, "hội", "hội mùa", access=access, facets={"group": ("mong",)}) for n, access in tokens.items()))
    for viewer, seen in READERS.values():
        answer = engine.search(planned("hội", facets=("group",)), access_for(viewer))
        assert {hit.id for hit in answer.hits} == seen
        assert (answer.total, answer.facets["group"]["mong"]) == (len(seen), len(seen))
        assert {suggestion.id for suggestion in engine.suggest("hội", access_for(viewer), 10)} == seen


def test_what_opens_later_or_has_closed_is_not_found(engine: Engine) -> None:
    today = EVERYBODY.day
    fill(
        engine,
        document(1, title="hội", open_from=today, open_until=today),
        document(2, title="hội", open_from=today.replace(year=today.year + 1)),
        document(3, title="hội", open_until=today.replace(year=today.year - 1)),
    )
    assert found(engine, "hội") == [1]


def test_every_way_to_ask_takes_the_rights_of_the_reader_without_default(engine: Engine) -> None:
    asked = {"search", "passages", "inside", "suggest"}
    for name in asked:
        parameter = inspect.signature(getattr(engine, name)).parameters["access"]
        assert parameter.default is inspect.Parameter.empty
    methods = inspect.getmembers(Engine, inspect.isfunction)
    answering = {name for name, method in methods if {"plan", "typed"} & set(inspect.signature(method).parameters)}
    assert answering == asked


def test_beginnings_suggest_titles_and_marks_are_preferred_not_required(engine: Engine) -> None:
    fill(engine, document(1, title="Lễ hội Gầu Tào"), document(2, title="Lê Hoàn"), document(3, title="Dệt lanh"))
    assert {s.id for s in engine.suggest("le ho", EVERYBODY, 5)} == {1, 2}
    assert engine.suggest("lê ho", EVERYBODY, 5)[0].id == 2
    assert [s.title for s in engine.suggest("gau t", EVERYBODY, 5)] == ["Lễ hội Gầu Tào"]
    assert engine.suggest("zzz", EVERYBODY, 5) == []


def test_a_half_typed_word_is_read_with_i_and_with_y(engine: Engine) -> None:
    fill(engine, document(1, title="Kỳ lễ"), document(2, title="Kí ức"))
    for typed in ("ky", "ki", "kỳ"):
        assert {s.id for s in engine.suggest(typed, EVERYBODY, 5)} == {1, 2}
    assert {s.id for s in engine.suggest("kỳ lễ", EVERYBODY, 5)} == {1}


def passage(key: str, text: str, position: int = 1, access: tuple[str, ...] = ("public",), **locator: int) -> PassageDocument:
    return PassageDocument(key, "page", position, (text,), locator, access)


def test_passages_open_the_place_inside_a_record(engine: Engine) -> None:
    pages = tuple(passage(str(n), f"trang nói về {word}", n, page=n) for n, word in enumerate(("mở đầu", "nhà rông", "nhà sàn"), start=1))
    fill(engine, document(1, title="Sách nhà rông", passages=pages), document(2, title="Khác", passages=pages))
    passages = engine.passages(planned("nhà rông"), EVERYBODY, [1], per_record=2)
    assert set(passages) == {1}
    assert passages[1][0].locator["page"] == 2
    assert len(passages[1]) == 2


def test_a_passage_under_a_narrower_access_rule_never_shows(engine: Engine) -> None:
    fill(engine, document(1, title="Sách", passages=(passage("a", "nhà rông", access=("community:7",), page=1),)))
    assert engine.passages(planned("nhà rông"), EVERYBODY, [1], 3) == {}
    assert found(engine, "nhà rông") == []


def test_passages_of_an_earlier_state_go_with_it(engine: Engine) -> None:
    fill(engine, document(1, title="Sách", passages=(passage("a", "nhà rông", page=1), passage("b", "nhà rông", page=2))))
    fill(engine, document(1, title="Sách", passages=(passage("a", "nhà rông", page=1),)), version=2)
    assert len(engine.passages(planned("nhà rông"), EVERYBODY, [1], 5)[1]) == 1
    engine.write([Write(1, 3, None)])
    engine.refresh()
    assert engine.passages(planned("nhà rông"), EVERYBODY, [1], 5) == {}


def test_an_older_state_never_overwrites_a_newer_one(engine: Engine) -> None:
    fill(engine, document(1, title="mới"), version=5)
    (result,) = engine.write([Write(1, 4, document(1, title="cũ"))])
    engine.refresh()
    assert result.outcome is Outcome.NEWER
    assert found(engine, "mới") == [1]
    assert found(engine, "cũ") == []


def test_the_same_state_may_be_written_twice(engine: Engine) -> None:
    fill(engine, document(1, title="hội"), version=5)
    fill(engine, document(1, title="hội"), version=5)
    assert found(engine, "hội") == [1]


def test_a_removed_record_is_gone(engine: Engine) -> None:
    fill(engine, document(1, title="hội"), document(2, title="hội"))
    engine.write([Write(1, 2, None)])
    engine.refresh()
    assert found(engine, "hội") == [2]
    assert list(walk(engine)) == [(2, 1)]


def test_ids_are_walked_in_order_with_their_versions(engine: Engine) -> None:
    fill(engine, document(30), document(4), version=7)
    fill(engine, document(11), version=9)
    assert list(walk(engine)) == [(4, 7), (11, 9), (30, 7)]
    assert engine.ids_and_versions(4, 1) == [(11, 9)]


def test_a_rebuild_takes_the_place_of_the_index_and_what_was_written_meanwhile(engine: Engine, make_engine: MakeEngine) -> None:
    fill(engine, document(1, title="hội cũ"), document(2, title="hội cũ"))
    rebuild = engine.begin_rebuild()
    rebuild.load([Write(1, 1, document(1, title="hội mới"))])
    with suppress(EngineUnavailable):  # a loader may hold the new index: then the outbox comes again, and readers have it already
        fill(engine, document(2, title="hội vừa ghi"), version=9)
    assert found(engine, "vừa ghi") == [2]
    assert dict(walk(rebuild)).keys() <= {1, 2}  # whoever looks at the new index lets go of it
    fill(engine, document(2, title="hội vừa ghi"), version=9)
    assert rebuild.load([Write(2, 1, document(2, title="hội đọc trước đó"))]) == 0
    assert set(found(engine, "hội")) == {1, 2}
    assert found(engine, "cũ") == [1]
    rebuild.activate()
    other = make_engine()
    assert found(other, "mới") == [1]
    assert found(other, "vừa ghi") == [2]
    assert found(other, "cũ") == []


def test_a_rebuild_that_was_killed_goes_on_with_what_it_holds(engine: Engine, make_engine: MakeEngine) -> None:
    killed = engine.begin_rebuild()
    killed.load([Write(1, 1, document(1, title="hội"))])
    assert list(walk(killed)) == [(1, 1)]
    again = make_engine().begin_rebuild()
    assert list(walk(again)) == [(1, 1)]
    again.load([Write(2, 1, document(2, title="hội"))])
    again.activate()
    assert set(found(make_engine(), "hội")) == {1, 2}


def test_what_a_killed_rebuild_made_for_other_facets_is_thrown_away(engine: Engine, make_engine: MakeEngine) -> None:
    killed = engine.begin_rebuild()
    killed.load([Write(1, 1, document(1, title="hội"))])
    assert list(walk(killed)) == [(1, 1)]
    other = make_engine()
    other._facets = ("other",)  # type: ignore[attr-defined]
    again = other.begin_rebuild()
    assert list(walk(again)) == []
    again.abandon()


def test_an_abandoned_rebuild_leaves_the_index_untouched(engine: Engine) -> None:
    fill(engine, document(1, title="hội"))
    rebuild = engine.begin_rebuild()
    rebuild.load([Write(2, 1, document(2, title="hội"))])
    rebuild.abandon()
    fill(engine, document(3, title="hội"))
    assert set(found(engine, "hội")) == {1, 3}


def test_an_index_made_for_other_facets_is_refused(engine: Engine) -> None:
    engine._facets = ("other",)  # type: ignore[attr-defined]
    with pytest.raises(IndexOutdated):
        engine.ensure()


def test_an_index_of_another_version_is_told_and_breaks_no_page(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "index", FACETS)
    engine.ensure()
    (made_for,) = (tmp_path / "index").rglob(MADE_FOR)
    made_for.write_text(json.dumps({"schema": 0, "facets": list(FACETS)}))
    health = EmbeddedEngine(tmp_path / "index", FACETS).health()
    assert (health.ok, health.documents) == (False, 0)
    assert "rebuild_index" in health.detail


def test_a_title_decides_a_short_query_but_does_not_drown_the_answer_to_a_question(engine: Engine) -> None:
    named = document(1, "Bài này kể về làng và chợ.", "Người thợ bạc Mông ở Sa Pa")
    answering = document(2, "Ở Sa Pa, người Mông mài khuôn rồi nấu bạc trong nồi đất, thợ đổ bạc vào khuôn lúc trời chưa sáng.", "Nghề cũ")
    fill(engine, named, answering, *(document(number, "Chợ phiên họp ở bản.", "Chợ phiên") for number in range(3, 9)))
    assert found(engine, "thợ bạc")[0] == 1
    assert found(engine, "người thợ bạc Mông ở Sa Pa nấu bạc trong nồi nào và đổ khuôn lúc mấy giờ")[0] == 2


def test_a_snippet_shows_the_words_of_the_query_from_a_long_text(engine: Engine) -> None:
    long = "lời dẫn rất dài " * 200 + "ở đây có nhà rông của làng " + "lời kết rất dài " * 200
    fill(engine, SearchDocument(id=1, texts={"title": ("Sách",), "body": (long,)}, access_tokens=("public",)))
    (hit,) = engine.search(planned("nha rong"), EVERYBODY).hits
    assert "nhà rông" in hit.snippets[0].text
    assert len(hit.snippets[0].text) < 400


def test_nothing_typed_is_a_language_of_the_engine(engine: Engine) -> None:
    fill(engine, document(1, title="status draft"), document(2, title="hội"))
    for text in ("status:draft", "title:hội OR *", "_exists_:title", "/.*/", "hội~2", "a* b*", "(((", "\\", "AND", '{"match_all":{}}'):
        engine.search(planned(text), EVERYBODY)
    assert found(engine, "status:draft") == [1]


def test_the_first_write_makes_the_index(make_engine: MakeEngine) -> None:
    engine = make_engine()
    fill(engine, document(1, title="Lễ hội"))
    assert found(make_engine(), "le hoi") == [1]


def test_a_facet_declared_after_the_index_was_built_counts_nothing_and_breaks_nothing(engine: Engine) -> None:
    fill(engine, document(1, title="hội", facets={"group": ("mong",)}))
    answer = engine.search(planned("hội", facets=("group", "later")), EVERYBODY)
    assert answer.facets["group"] == {"mong": 1}
    assert not answer.facets.get("later")
    assert found(engine, "hội", filters=(FacetFilter("later", ("x",)),)) == []
