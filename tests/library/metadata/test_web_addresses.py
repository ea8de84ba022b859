"""Only an address of the web becomes a link: when it is typed, when it is loaded and when it is printed."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from library.metadata.web_addresses import web_address
from library.records.profiles.display import DISPLAY
from library.vocabularies.models import Source
from tests.factories import make_record, make_source

HARMFUL = [
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example",
    "ftp://x.vn/a",
    "http:///a",
    "x",
    7,
    None,
]


def test_an_address_of_the_web_is_a_link_and_nothing_else_is():
    for address in ("https://vi.wikipedia.org/wiki/Then", "http://thu-vien.vn", "HTTPS://A.VN/ă"):
        assert web_address(address) == address
    assert [web_address(text) for text in HARMFUL] == [""] * len(HARMFUL)
    assert web_address("http://[::1") == ""


def test_a_field_of_a_profile_prints_the_words_and_no_link():
    value = DISPLAY["url"](None, "javascript:alert(1)")  # type: ignore[arg-type]
    assert (value.text, value.url) == ("javascript:alert(1)", "")


def test_the_form_of_a_source_refuses_other_addresses():
    for urls in (["javascript:alert(1)"], ["https://a.vn", "x"], "https://a.vn", {"a": 1}):
        with pytest.raises(ValidationError) as refusal:
            Source(code="X", title="X", urls=urls).clean()
        assert set(refusal.value.message_dict) == {"urls"}
    Source(code="X", title="X", urls=["https://a.vn"]).clean()


@pytest.mark.django_db
def test_a_record_page_prints_the_first_good_address_of_a_source(client: Client):
    source = make_source()
    Source.objects.filter(pk=source.pk).update(urls=["javascript:alert(1)", "https://a.vn/b"])
    page = client.get(make_record("Hội").get_absolute_url()).content.decode()
    assert 'href="https://a.vn/b"' in page
    assert "javascript:" not in page
