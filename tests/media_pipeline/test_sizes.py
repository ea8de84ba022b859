"""The size of a file in words, as readers of either language write numbers."""

import pytest
from django.utils import translation

from media_pipeline.templatetags.sizes import file_size


@pytest.mark.parametrize(
    ("size", "vietnamese", "english"),
    [
        (1, "1 KB", "1 KB"),
        (139_000, "139 KB", "139 KB"),
        (999_499, "999 KB", "999 KB"),
        (999_500, "1,0 MB", "1.0 MB"),
        (1_440_000, "1,4 MB", "1.4 MB"),
        (2_000_000_000, "2,0 GB", "2.0 GB"),
    ],
)
def test_a_size_is_whole_up_to_a_megabyte(size: int, vietnamese: str, english: str) -> None:
    for language, words in (("vi", vietnamese), ("en", english)):
        with translation.override(language):
            assert file_size(size) == words
