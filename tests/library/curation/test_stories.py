"""Stories: blocks in two languages over records; each reader sees of them only what the access rule allows."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from library.access import can_see
from library.curation.models import StoryPage
from library.curation.presentation.recordings import milliseconds
from library.records.access.files import viewer_of
from library.records.actions.withdraw import withdraw
from library.records.models import Record
from library.records.models.choices import AccessLevel
from tests.factories import make_community, make_office, make_record, make_user
from tests.library.curation.examples import make_story
from tests.library.pages.examples import make_picture

pytestmark = pytest.mark.django_db
WORD = {
    "headword": {"text": "klaŋ¹", "lang": "mtq-fonipa"},
    "senses": [{"type": "item", "value": {"vi": "mặt trăng", "en": "moon"}}],
    "orthography": {"name": "IPA"},
    "variety": {"name": "Mương"},
}


def read(client: Client, language: str = "", slug: str = "chuyen-thu") -> str:
    answer = client.get(f"{language}/chuyen/{slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def blocks_on(record: Record) -> list[tuple[str, dict[str, Any]]]:
    """One block of each kind that rests on the record, each with words of its own."""
    words = {"note_vi": "Lời về tư liệu kín"}
    return [
        ("record", {"record": record.pk, **words}),
        ("gallery", {"records": [record.pk]}),
        ("film", {"record": record.pk, "number": 1, **words}),
        ("sound", {"record": record.pk, "number": 1, **words}),
        ("map", {"provinces": [], "records": [record.pk]}),
        ("timeline", {"moments": [{"when_vi": "2012", "what_vi": "Lời về tư liệu kín", "record": record.pk}]}),
        ("quotation", {"words": "Lời về tư liệu kín", "language": "vi", "record": record.pk}),
        ("comparison", {"first": record.pk, "second": record.pk, "first_note_vi": "Lời về tư liệu kín"}),
        ("word", {"record": record.pk, **words}),
    ]


READERS = {
    "anonymous": lambda: None,
    "signed in": lambda: make_user(),
    "member": lambda: make_user(communities=(make_community(),)),
    "officer in charge": lambda: make_user("cataloguer", make_office("tinh-15")),
    "officer elsewhere": lambda: make_user("reviewer", make_office("tinh-1")),
    "archivist": lambda: make_user("administrator", make_office("bo")),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_story_shows_each_reader_the_records_that_the_access_rule_allows(client: Client, reader: str):
    records = {
        level: make_record(f"Tên {level}", own_access=level, communities=[make_community()], office=make_office("tinh-15"))
        for level in (AccessLevel.PUBLIC, AccessLevel.SIGNED_IN, AccessLevel.COMMUNITY, AccessLevel.STAFF)
    }
    make_story(*[("record", {"record": record.pk}) for record in records.values()])
    user = READERS[reader]()
    if user is not None:
        client.force_login(user)
    page = read(client)
    shown = {level for level in records if f"Tên {level}" in page}
    assert shown == {level for level, record in records.items() if can_see(viewer_of(user), record)}


@pytest.mark.parametrize("kind", range(9))
def test_no_block_tells_anything_of_a_record_that_is_closed_afterwards(client: Client, kind: int):
    details = [{"type": "lexeme", "value": WORD}]
    record = make_record("Tên kín", record_type="lexeme", details=details)
    make_picture(record, own_access=AccessLevel.PUBLIC)
    make_story(("text", {"text_vi": "<p>Lời mở.</p>"}), blocks_on(record)[kind], cover=record)
    Record.objects.filter(pk=record.pk).update(own_access=AccessLevel.STAFF, access_level=AccessLevel.STAFF)
    for address in ("/chuyen/", "/chuyen/chuyen-thu/", "/en/chuyen/chuyen-thu/", "/sitemap-chuyen.xml"):
        page = b"".join(client.get(address)).decode()
        assert "Tên kín" not in page and "Lời về tư liệu kín" not in page and record.identifier not in page
        assert "klaŋ" not in page and "/tep/" not in page


@pytest.mark.parametrize("kind", [0, 1, 5, 6, 7, 8])
def test_the_same_blocks_show_the_record_while_it_is_open(client: Client, kind: int):
    record = make_record("Tên mở", record_type="lexeme", details=[{"type": "lexeme", "value": WORD}])
    make_picture(record, own_access=AccessLevel.PUBLIC)
    make_story(blocks_on(record)[kind])
    assert f"/ban-ghi/{record.identifier}/" in read(client)


def test_when_a_record_is_withdrawn_the_story_goes_on_without_it(client: Client):
    record = make_record("Tên bị gỡ")
    make_story(("text", {"text_vi": "<p>Lời mở.</p>"}), ("record", {"record": record.pk}), ("text", {"text_vi": "<p>Lời kết.</p>"}))
    assert "Tên bị gỡ" in read(client)
    withdraw(record, user=make_user("reviewer", make_office("bo")), reason="x")
    page = read(client)
    assert "Tên bị gỡ" not in page and "Lời mở." in page and "Lời kết." in page


def test_the_preview_shows_a_story_as_the_public_will_see_it(client: Client):
    record = make_record("Tên kín", own_access=AccessLevel.STAFF, office=make_office("bo"))
    story = make_story(("record", {"record": record.pk}), live=False)
    client.force_login(make_user("administrator", make_office("bo")))
    page = " ".join(client.get(reverse("wagtailadmin_pages:view_draft", args=[story.pk])).content.decode().split())
    assert "Tên kín" not in page
    assert "Trang chưa đăng" in page and "1 khối không hiện" in page


def test_a_story_reads_in_both_languages_and_says_where_it_has_only_one(client: Client):
    both = {"heading_vi": "Đề mục", "heading_en": "Heading", "text_vi": "<p>Lời.</p>", "text_en": "<p>Words.</p>"}
    make_story(("text", both), title_en="Trial story", slug="hai-tieng")
    make_story(("text", {"text_vi": "<p>Chỉ tiếng Việt.</p>"}), slug="mot-tieng")
    make_story(("text", {"text_en": "<p>Only English.</p>"}), slug="tieng-anh")
    assert "<p>Lời.</p>" in read(client, slug="hai-tieng") and "Heading" not in read(client, slug="hai-tieng")
    english = read(client, "/en", slug="hai-tieng")
    assert "<p>Words.</p>" in english and "Trial story" in english and "This story exists in Vietnamese only" not in english
    one = read(client, "/en", slug="mot-tieng")
    assert "This story exists in Vietnamese only" in one and '<div class="prose flow" lang="vi"><p>Chỉ tiếng Việt.</p></div>' in one
    assert "Chuyện này mới có tiếng Anh." in read(client, slug="tieng-anh")


def test_a_story_that_is_not_published_is_in_no_list_and_no_sitemap(client: Client):
    story = make_story(("text", {"text_vi": "<p>Lời.</p>"}), slug="da-dang", title="Chuyện đã đăng")
    older = {"slug": "đã-đăng", "url_path": story.url_path.replace("da-dang", "đã-đăng")}  # an address from before they were plain
    StoryPage.objects.filter(pk=story.pk).update(**older)
    make_story(("text", {"text_vi": "<p>Lời.</p>"}), slug="nhap", title="Chuyện nháp", live=False)
    sitemap = b"".join(client.get("/sitemap-chuyen.xml")).decode()
    address = f"chuyen/{quote('đã-đăng')}/"
    assert f"/{address}<" in sitemap and f"/en/{address}<" in sitemap and "nhap" not in sitemap
    assert "sitemap-chuyen.xml" in b"".join(client.get("/sitemap.xml")).decode()
    index = client.get("/chuyen/").content.decode()
    assert "Chuyện đã đăng" in index and "Chuyện nháp" not in index
    assert client.get("/chuyen/nhap/").status_code == 404


def test_a_story_of_many_records_asks_no_query_more_than_one_of_few(client: Client, django_assert_max_num_queries):
    records = [make_record(f"Tư liệu {number}") for number in range(8)]
    make_story(*[("record", {"record": record.pk}) for record in records[:1]], slug="it")
    make_story(*[("record", {"record": record.pk}) for record in records], slug="nhieu")
    read(client, slug="it")
    counts = []
    for slug in ("it", "nhieu"):
        with django_assert_max_num_queries(80) as captured:
            read(client, slug=slug)
        counts.append(len(captured))
    assert counts[1] <= counts[0] + 1


@pytest.mark.parametrize(("words", "expected"), [("", 0), ("19", 19_000), ("0:19", 19_000), ("1:05", 65_000), ("1:02:03", 3_723_000)])
def test_a_moment_is_read_as_people_write_it(words: str, expected: int):
    assert milliseconds(words) == expected
