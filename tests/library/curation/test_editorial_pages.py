"""Editorial pages: made once, never overwritten, read in both languages, listed at the foot of every page."""

import pytest
from django.test import Client

from library.curation.load import load_pages
from library.curation.models import TextPage

pytestmark = pytest.mark.django_db


def test_a_new_installation_gets_its_pages_and_a_second_load_changes_nothing():
    slugs = load_pages()
    assert {"gioi-thieu", "quyen", "tiep-can", "rieng-tu"} <= set(slugs)
    assert load_pages() == []
    assert TextPage.objects.live().count() == len(slugs)


def test_what_an_editor_changed_is_not_overwritten():
    load_pages()
    page = TextPage.objects.get(slug="quyen")
    page.title = "Tên do người sửa"
    page.save_revision().publish()
    load_pages()
    assert TextPage.objects.get(slug="quyen").title == "Tên do người sửa"


@pytest.mark.parametrize("page", ["gioi-thieu", "nguon", "quyen", "nhan", "gop-loi", "tiep-can", "rieng-tu"])
def test_every_page_reads_in_both_languages(client: Client, page: str):
    load_pages()
    row = TextPage.objects.get(slug=page)
    vietnamese, english = client.get(f"/{page}/").content.decode(), client.get(f"/en/{page}/").content.decode()
    assert f"<h1>{row.title}</h1>" in vietnamese and 'lang="vi"' in vietnamese
    assert f"<h1>{row.title_en}</h1>" in english and '<html lang="en">' in english
    assert row.lede_en[:40].replace("’", "&#x27;") in english or row.lede_en[:40] in english


def test_a_page_without_english_is_shown_in_vietnamese_and_says_so(client: Client):
    load_pages()
    page = TextPage.objects.get(slug="nhan")
    page.body_en = []
    page.save_revision().publish()
    assert '<div class="prose flow" lang="vi">' in client.get("/en/nhan/").content.decode()


def test_every_page_lists_the_editorial_pages_and_no_longer_one_that_is_unpublished(client: Client):
    load_pages()
    assert "Về thư viện</h2>" in client.get("/dan-toc/").content.decode()
    assert 'href="/rieng-tu/"' in client.get("/dan-toc/").content.decode()
    assert 'href="/en/rieng-tu/"' in client.get("/en/dan-toc/").content.decode()
    TextPage.objects.get(slug="rieng-tu").unpublish()
    assert 'href="/rieng-tu/"' not in client.get("/dan-toc/").content.decode()


def test_pages_open_without_any_editorial_page(client: Client):
    assert client.get("/dan-toc/").status_code == 200


def test_the_root_of_the_pages_does_not_hide_the_home_page(client: Client):
    load_pages()
    assert client.get("/").resolver_match.url_name == "home"
