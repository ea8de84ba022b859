"""Items of the admin's menu that only those see who may open what they lead to."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem


def shown_to(may_open: Callable[[Any], bool]) -> type[MenuItem]:
    """The class of an item that is shown to the users of whom the rule is true."""

    class ShownItem(MenuItem):
        def is_shown(self, request: HttpRequest) -> bool:
            return may_open(request.user)

    return ShownItem
