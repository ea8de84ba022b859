"""A villager with Firefox, and one with an iPhone, find, play, turn the month and keep: what Chromium does others may not do."""

from collections.abc import Iterator
from typing import Any

import pytest

from library.records.models import Record
from search.indexing.outbox import drain_all
from tests.browser.conftest import Site
from tests.browser.players.conftest import Records
from tests.browser.webdriver import LONGEST, firefox, webkit
from tests.library.curation.examples import make_story

pytestmark = pytest.mark.other_browsers
TITLE = "Bài hát thử"


@pytest.fixture(params=[firefox, webkit], ids=lambda browser: browser.__name__)
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    with request.param() as opened:
        yield opened


def _until(browser: Any, condition: str) -> Any:
    """Waits for a JavaScript expression to be true, on whatever page has come by then."""
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, LONGEST, 0.1).until(lambda opened: opened.execute_script(f"return {condition}"), condition)


def _click(browser: Any, element: str) -> None:
    """A script's click: WebKitGTK refuses the driver's own on what it believes to be covered."""
    _until(browser, element)
    browser.execute_script(f"({element}).click()")


def _named(selector: str, words: str) -> str:
    """The first element of a selector in whose words these are."""
    return f"[...document.querySelectorAll('{selector}')].find(each => each.innerText.includes('{words}'))"


def _finds(browser: Any, url: str) -> None:
    browser.get(f"{url}/")
    _until(browser, "document.querySelector('input[name=q]')")
    browser.execute_script("const q = document.querySelector('input[name=q]'); q.value = 'bai hat thu'; q.form.requestSubmit()")
    _click(browser, _named("main a", TITLE))
    _until(browser, f"document.querySelector('h1') && document.querySelector('h1').innerText.includes('{TITLE}')")


def _plays(browser: Any) -> None:
    """Nothing of the sound has come before the touch of its button. The player is asked for when its script is there."""
    _until(browser, "document.readyState === 'complete'")
    assert not browser.execute_script("return performance.getEntriesByType('resource').some(each => /[/]tep[/].*a24/.test(each.name))")
    _click(browser, "document.querySelector('[data-rendition] summary')")
    _click(browser, "document.querySelector('.player [data-do=play]')")
    _until(browser, "document.querySelector('.player audio').currentTime > 0.3")
    assert not browser.execute_script("return document.querySelector('.player audio').paused")


def _turns_the_month(browser: Any, url: str) -> None:
    browser.get(f"{url}/lich-le-hoi/?thang=2027-02")
    _until(browser, "document.querySelector('h1')")
    assert browser.execute_script("return document.querySelector('main').innerText.includes('Gầu Tào')")
    _click(browser, "document.querySelector('.monthnav a[rel=next]')")
    _until(browser, "location.search.includes('2027-03')")


def _keeps_and_drops(browser: Any, url: str, record: str) -> None:
    browser.get(url + record)
    _click(browser, _named("[data-keep-panel] button", "Giữ lại"))
    _until(browser, "document.querySelector('[data-keep-panel] [data-status]').innerText.includes('Đã giữ')")
    browser.get(f"{url}/giu-lai/")
    _click(browser, _named("[data-things] button", "Bỏ"))
    _until(browser, "!document.querySelector('[data-things] li')")
    browser.refresh()
    _until(browser, "document.querySelector('[data-none]').checkVisibility()")


def _reads_a_story(browser: Any, url: str, story: str) -> None:
    """From the list of stories to one, whose sound is told with its weight, has not come, and plays where it stands."""
    browser.get(f"{url}/chuyen/")
    _click(browser, _named("main a", story))
    _until(browser, f"document.querySelector('h1') && document.querySelector('h1').innerText.includes('{story}')")
    sound = "document.querySelector('.story__part--sound audio')"
    _until(browser, f"document.readyState === 'complete' && {sound}")
    assert browser.execute_script("return document.querySelector('.story__part--sound figcaption').innerText.includes('KB')")
    assert browser.execute_script(f"return {sound}.preload === 'none' && {sound}.readyState === 0")
    browser.execute_script(f"{sound}.play()")
    _until(browser, f"{sound}.currentTime > 0.3")


@pytest.fixture(scope="module")
def story(records: Records) -> Iterator[str]:
    """The title of a story with a sound."""
    sound = Record.objects.get(title_vi=TITLE)
    page = make_story(("sound", {"record": sound.pk, "number": 1}), title="Tiếng hát trên đồi", slug="tieng-hat")
    yield page.title
    page.delete()


def test_a_sound_is_found_and_played_a_story_is_read_a_month_is_turned_and_a_record_is_kept_and_dropped(
    browser: Any, site: Site, records: Records, story: str
) -> None:
    drain_all()
    _finds(browser, site.url)
    _plays(browser)
    _reads_a_story(browser, site.url, story)
    _turns_the_month(browser, site.url)
    _keeps_and_drops(browser, site.url, records.sound)
    assert browser.execute_script("return document.querySelectorAll('[data-things] li').length") == 0
