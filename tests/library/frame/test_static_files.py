"""Static files are packed for browsers once, with names that change when they change."""

from pathlib import Path
from typing import Any

import pytest

from library.frame.static_files import pack_static_files


@pytest.fixture
def sources(settings: Any, tmp_path: Path) -> Path:
    """A folder with one stylesheet, the only static file of this test."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "site.css").write_text("body { color: red }\n" * 40)
    settings.STATIC_ROOT = tmp_path / "packed"
    settings.STATIC_ROOT.mkdir()
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [folder]
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "library.frame.static_files.StaticFiles"}}
    return folder


def test_files_are_packed_under_hashed_names_with_compressed_ones_beside_them(sources, settings):
    assert pack_static_files()
    packed = {"".join(path.suffixes[1:]) for path in Path(settings.STATIC_ROOT).glob("site.*.css*")}
    assert packed == {".css", ".css.gz", ".css.br"}


def test_the_plain_name_which_no_page_names_is_not_compressed(sources, settings):
    pack_static_files()
    assert [path.name for path in Path(settings.STATIC_ROOT).glob("site.css*")] == ["site.css"]


def test_packing_is_done_again_only_when_a_file_changed(sources):
    assert pack_static_files()
    assert not pack_static_files()
    (sources / "site.css").write_text("body { color: blue }\n" * 50)
    assert pack_static_files()
