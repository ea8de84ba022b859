"""Every kind of page in both languages is valid HTML, by the Nu Html Checker."""

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.browser.conftest import Site
from tests.services.html_checker import html_faults

MORE = (
    "/dong-thoi-gian/",
    "/dong-thoi-gian/the-ky-20/",
    "/goi/",
    "/ban-tin/",
    "/chuyen/",
    "/khong-co-mang/",
    "/lich-le-hoi/?xem=nam",
    "/lich-le-hoi/?xem=danh-sach",
    "/lich-le-hoi/?xem=loi",
)


def test_the_checker_is_red_on_planted_faults(tmp_path: Path):
    body = "<h1>e</h1><section><p id=a>b</section><h3 id=a>c</h3><img src=a><a href=b><a href=c>d</a>"
    [(name, faults)] = html_faults({"planted": f"<!doctype html><html lang=vi><title>a</title>{body}"}, tmp_path).items()
    told = "\n".join(faults)
    assert name == "planted"
    for each in ("Duplicate ID", "alt", "Section lacks heading", "skipping 1 heading level"):
        assert each in told, (each, told)


def test_every_kind_of_page_is_valid_html(site: Site, tmp_path: Path):
    pages = {address: _page(site.url + address) for path in (*site.addresses.values(), *MORE) for address in (path, f"/en{path}")}
    faults = html_faults(pages, tmp_path)
    assert not faults, "\n".join(f"{address}: {fault}" for address, found in faults.items() for fault in found)


def _page(address: str) -> str:
    """The page, that of an error too."""
    try:
        with urlopen(address) as answer:
            return answer.read().decode()
    except HTTPError as error:
        return error.read().decode()
