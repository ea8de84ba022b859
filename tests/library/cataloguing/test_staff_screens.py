"""No screen of the admin shows staff an English word that has a Vietnamese one."""

from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from library.accounts.models import User

SCREENS = [
    "wagtailadmin_home",
    "wagtailadmin_explore_root",
    "wagtailadmin_account",
    "wagtailadmin_password_reset",
    "wagtailadmin_pages:search",
    "wagtailadmin_collections:index",
    "wagtailadmin_collections:add",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:add",
    "wagtailadmin_workflows:task_index",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:page_types_usage",
    "wagtailimages:index",
    "wagtailimages:add",
    "wagtailimages:add_multiple",
    "wagtaildocs:index",
    "wagtaildocs:add_multiple",
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
    "wagtailusers_groups:add",
    "wagtailsites:index",
    "wagtailsites:add",
]
PAGE_SCREENS = ["wagtailadmin_explore", "wagtailadmin_pages:edit", "wagtailadmin_pages:history", "wagtailadmin_pages:usage"]
PAGE_SCREENS += [f"wagtailadmin_pages:{verb}" for verb in ("copy", "move", "delete", "unpublish", "workflow_history", "add_subpage")]
# Wagtail never passes these to gettext, so no catalog can reach them.
HARD_CODED = {"Actions", "Page", "Port", "Site name", "Root page", "Content types", "None"}


class Words(HTMLParser):
    """What a reader sees or hears: text, and the attributes that browsers show or read out."""

    SPOKEN = {"title", "aria-label", "placeholder", "alt"}
    SILENT = {"script", "style"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: set[str] = set()
        self.silent = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag in self.SILENT
        self.words |= {value.strip() for name, value in attrs if name in self.SPOKEN and value}

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.add(" ".join(data.split()))


@pytest.fixture(scope="module")
def english() -> set[str]:
    """Every English string that our catalog says otherwise in Vietnamese, in any case."""
    catalog = polib.pofile(str(Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES" / "django.po"))
    singular = [entry for entry in catalog if not entry.msgid_plural]
    return {entry.msgid.strip().casefold() for entry in singular if entry.msgstr.casefold() != entry.msgid.casefold()}


@pytest.fixture
def staff(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("can-bo", "can-bo@example.vn", "mot-hai-ba-bon"))
    return client


def shown_in_english(client: Client, address: str, english: set[str]) -> set[str]:
    response = client.get(address, follow=True)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return {word for word in Words(response.content.decode()).words if word.casefold() in english} - HARD_CODED


@pytest.mark.parametrize("screen", SCREENS)
def test_a_staff_screen_shows_no_english(screen: str, staff: Client, english: set[str]) -> None:
    assert not shown_in_english(staff, reverse(screen), english)


@pytest.mark.parametrize("screen", PAGE_SCREENS)
def test_a_screen_of_a_page_shows_no_english(screen: str, staff: Client, english: set[str]) -> None:
    page = Page.objects.filter(depth=2).first()
    assert page is not None
    assert not shown_in_english(staff, reverse(screen, args=[page.pk]), english)


def test_a_screen_that_does_show_english_is_caught(staff: Client) -> None:
    site = Site.objects.get()
    site.site_name = "Unpublish"
    site.save()
    assert shown_in_english(staff, reverse("wagtailsites:index"), {"unpublish"}) == {"Unpublish"}
