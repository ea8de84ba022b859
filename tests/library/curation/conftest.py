"""The menu of editorial pages is kept for some minutes: no test gets that of another one, in this folder or after it."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_menu_of_another_test() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
