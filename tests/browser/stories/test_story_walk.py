"""From an empty installation: an editor composes a story of all kinds of blocks and publishes it; a villager reads and hears it."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.installation import PASSWORD, ROOT
from tests.browser.office_screens import give_oneself_an_office
from tests.browser.staff_screens import open_menu, sign_in
from tests.browser.stories.editor import add_block
from tests.browser.stories.things_told import FESTIVAL, SECONDS, SPOKEN, WORD, publish_festival, publish_word, write_words
from tests.browser.waiting import until
from tests.waiting import wait_until

TITLE, TITLE_EN = "Tiếng trống trên đồi", "Drums on the hill"
KINDS = ["text", "record", "gallery", "film", "sound", "map", "timeline", "quotation", "comparison", "word", "invitation"]
FILM = "document.querySelector('.story__part--film video')"
FROM, TO = 2, 5  # the seconds of the film that are told of


def _new_story(page: Any, url: str) -> None:
    """Opens the form of a new story by the list of pages."""
    page.goto(f"{url}/admin/pages/")
    page.get_by_role("link", name="Xem các trang con của “Thư viện số Văn hóa các dân tộc Việt Nam”").click()
    page.get_by_role("link", name="Thêm trang con vào “Chuyện”").click()


def _compose(page: Any) -> None:
    """One block of each kind, in the order of ``KINDS``."""
    add_block(page, "Đoạn văn").write(heading_vi="Trên đồi", heading_en="On the hill").write_paragraphs("Trống đã vang.", "Drums sound.")
    add_block(page, "Tư liệu").choose(FESTIVAL).write(note_vi="Hội đầu xuân.", note_en="A feast of spring.")
    add_block(page, "Bộ ảnh").more().choose(FESTIVAL)
    film = add_block(page, "Đoạn phim").choose(FESTIVAL)
    film.write(heading_vi="Người già đánh trống", heading_en="An elder drums", start=str(FROM), end=f"0:0{TO}")
    add_block(page, "Tiếng và lời chép").choose(FESTIVAL).write(number="2", heading_vi="Nghe trống", heading_en="Hear the drum")
    add_block(page, "Bản đồ").part.get_by_label("Lào Cai").check()
    timeline = add_block(page, "Dòng thời gian")
    timeline.write(
        **{"moments-0-value-when_vi": "1975", "moments-0-value-what_vi": "Hội mở lại.", "moments-0-value-what_en": "It begins anew."}
    )
    quotation = add_block(page, "Lời trích")
    quotation.write(
        words="Có trống mới có hội.", translation_en="No drum, no feast.", who_vi="Lời người Tả Phìn", who_en="A saying of Tả Phìn"
    )
    add_block(page, "So hai thứ").choose(FESTIVAL, WORD).write(first_note_vi="Hội", second_note_vi="Từ")
    add_block(page, "Mục từ").choose(WORD)
    add_block(page, "Mời góp lời").write_paragraphs("Xin kể cho thư viện.", "Tell the library.")


def _read(page: Any, address: str, title: str, axe: Any) -> None:
    """The story on a phone: every block is there, nothing is wider than the screen, and no medium has come."""
    page.goto(address)
    expect(page.locator("h1")).to_have_text(title, use_inner_text=True)
    shown = [part.get_attribute("class").split("--")[-1] for part in page.locator(".story__part").all()]
    assert shown == KINDS
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []
    for kind in ("film", "sound"):
        expect(page.locator(f".story__part--{kind} figcaption")).to_contain_text("KB")


def _has_its_recordings(page: Any, address: str) -> bool:
    """Whether the worker has made what the story plays."""
    page.goto(address)
    return bool(page.locator(".story__part--film video").count() and page.locator(".story__part--sound audio").count())


def _play_the_part(page: Any) -> None:
    """The film opens at the chosen second and stops at the other one; its words are those of these seconds."""
    film = page.locator(".story__part--film video")
    film.scroll_into_view_if_needed()
    film.focus()
    page.keyboard.press("Space")
    until(page, f"{FILM}.currentTime >= {FROM}")
    until(page, f"{FILM}.currentTime > {FROM} && {FILM}.paused")
    assert TO - 0.2 <= film.evaluate("film => film.currentTime") <= SECONDS - 1  # a slow machine stops a little later
    expect(page.locator(".story__part--film .script")).to_contain_text(SPOKEN[1])


def _hear_the_sound(page: Any) -> None:
    """The sound has a player that can be seen, plays, and stands with all its words."""
    sound = page.locator(".story__part--sound audio")
    assert sound.bounding_box()["height"] >= 40
    sound.focus()
    page.keyboard.press("Space")
    until(page, "document.querySelector('.story__part--sound audio').currentTime > 0.2")
    assert page.locator(".story__part--sound .script li p").all_inner_texts() == list(SPOKEN)


def test_a_story_is_composed_previewed_published_and_read(installation, somebody, picture, axe):
    url, editor, villager = installation.url, somebody(), somebody(360)
    sign_in(editor, url, ROOT, PASSWORD)
    give_oneself_an_office(editor)
    publish_festival(editor, url, picture)
    publish_word(editor, url)
    for kind in ("audio", "video"):
        write_words(editor, url, kind)

    _new_story(editor, url)
    editor.fill("[name=title]", TITLE)
    editor.fill("[name=title_en]", TITLE_EN)
    _compose(editor)
    editor.get_by_role("button", name="Lưu bản nháp").click()
    expect(editor.locator(".messages")).to_contain_text(TITLE)
    villager.goto(f"{url}/chuyen/")
    assert not villager.get_by_text(TITLE).count()

    editor.get_by_role("button", name="Xem trước").click()
    preview = editor.frame_locator("#w-preview-iframe")
    preview.get_by_text("Trang chưa đăng: lúc này người ngoài chưa thấy gì.").wait_for()
    expect(preview.locator(".story__part")).to_have_count(len(KINDS))

    open_menu(editor)
    editor.get_by_role("button", name="Đăng", exact=True).click()
    address = url + editor.locator(".messages").get_by_role("link", name="Xem trên trang web").get_attribute("href")
    assert address == f"{url}/chuyen/tieng-trong-tren-doi/"
    wait_until(lambda: _has_its_recordings(villager, address), every=1, what="film and sound are made")
    _read(villager, address, TITLE, axe)
    expect(villager.locator("main")).to_contain_text("Trống đã vang.")
    _play_the_part(villager)
    _hear_the_sound(villager)
    _read(villager, address.replace("/chuyen/", "/en/chuyen/"), TITLE_EN, axe)
    expect(villager.locator("main")).to_contain_text("No drum, no feast.")
