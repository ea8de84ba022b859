"""Rules that every public page keeps: no inline script, no write lock, few queries, none from a template, the weight of the page."""

import pytest
from django.db import connection
from django.template.backends.django import Template
from django.template.loader import render_to_string
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.translation import override

from library.curation.load import load_pages
from library.frame.page_weight import without_indentation
from library.pages import urls
from library.records.models import Record, RecordRelation
from library.vocabularies.models import AdminUnit
from tests.factories import make_record
from tests.library.pages.examples import FESTIVAL, text

pytestmark = pytest.mark.django_db

QUERIES = {
    "/": 20,
    "/tu-lieu/": 13,
    "/dan-toc/nhom-08/": 25,
    "/lich-le-hoi/": 10,
    "/tinh/lao-cai/": 24,
    "/dong-thoi-gian/": 6,
    "/dan-toc/": 1,
    "/tinh/": 5,
    "/tu-ngu/": 4,
}


def test_no_page_has_inline_style_or_inline_script(client: Client, festival: Record):
    for address in ("/", "/dan-toc/", "/tinh/", "/tu-lieu/", "/lich-le-hoi/", festival.get_absolute_url(), "/khong-co/"):
        page = text(client.get(address))
        assert " style=" not in page and "<style" not in page, address
        assert "<script>" not in page and " onclick=" not in page, address


def test_pages_send_a_policy_without_unsafe_inline(client: Client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy and "default-src 'none'" in policy


def test_a_page_says_what_it_weighs_packed_or_not(client: Client):
    plain, packed = client.get("/"), client.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert "Trang này nặng" in text(plain)


def test_the_indentation_of_templates_is_not_sent(client: Client):
    lines = client.get("/").content.decode().splitlines()
    assert [line for line in lines if line != line.lstrip() or not line] == []
    assert without_indentation(b"<p>\n  <textarea rows=2>\n  a\n</textarea>\n  b") == b"<p>\n<textarea rows=2>\n  a\n</textarea>\nb"


OF_ONE = {  # addresses with a name in them
    "record", "passport", "product-cards", "group", "province", "sitemap-section", "record-card", "concept", "word-list",
    "timeline-century", "festival-file", "commune", "former-province", "former-district", "group-festivals-file", "province-festivals-file",
    "group-sounds", "group-card", "province-card", "commune-card", "story-card",
}  # fmt: skip


def test_reading_takes_no_write_lock():
    served = get_resolver().resolve("/gioi-thieu/")
    assert served.url_name == "wagtail_serve" and "default" in served.func._non_atomic_requests
    with override("vi"):
        names = [pattern.name for pattern in urls.urlpatterns]
    for name in names:
        arguments = ["x"] if name in OF_ONE else []
        view = get_resolver().resolve(reverse(name, args=arguments)).func
        assert "default" in getattr(view, "_non_atomic_requests", set()), name


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_only_read(client: Client, method: str):
    assert getattr(client, method)("/tu-lieu/").status_code == 405


@pytest.mark.parametrize(("address", "most"), QUERIES.items())
def test_the_number_of_queries_does_not_grow_with_the_number_of_records(
    client: Client, django_assert_max_num_queries, province: AdminUnit, address: str, most: int
):
    load_pages()
    for number in range(6):
        make_record(f"Lễ hội {number}", record_type="festival", details=[{"type": "festival", "value": FESTIVAL}], places=[province])
    client.get(address)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_a_record_page_asks_a_fixed_number_of_queries(client: Client, django_assert_max_num_queries, festival: Record):
    for number in range(5):
        RecordRelation.objects.create(record=festival, kind="describes", target=make_record(f"Liên quan {number}"))
    client.get(festival.get_absolute_url())
    with django_assert_max_num_queries(40):
        client.get(festival.get_absolute_url())


@pytest.mark.parametrize("template", ["403.html", "404.html", "500.html"])
def test_pages_for_errors_need_no_context(template: str):
    assert 'id="noi-dung"' in render_to_string(template)


@pytest.fixture
def no_query_in_templates(monkeypatch: pytest.MonkeyPatch):
    """Any query that starts while a template is being rendered is an error."""
    render = Template.render

    def refuse(execute, sql, params, many, context):
        raise AssertionError(f"a template asked the database: {sql}")

    def guarded(self, context=None, request=None):
        with connection.execute_wrapper(refuse):
            return render(self, context, request)

    return lambda: monkeypatch.setattr(Template, "render", guarded)


@pytest.mark.parametrize("address", [*QUERIES, "record"])
def test_no_query_starts_in_a_template(client: Client, no_query_in_templates, festival: Record, address: str):
    load_pages()
    address = festival.get_absolute_url() if address == "record" else address
    client.get(address)  # from here on the menu of editorial pages is cached
    no_query_in_templates()
    assert client.get(address).status_code == 200
