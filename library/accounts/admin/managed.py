"""What every view of one object begins with: an object outside the manager's scope does not exist for the manager."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest


class ManagedObjectMixin:
    """Mixed into the views of a viewset; ``scope`` gives the objects that the person manages."""

    scope: Callable[[Any], QuerySet[Any]]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Raises Http404 before anything of the object is read."""
        if "pk" in kwargs and not self.scope(request.user).filter(pk=kwargs["pk"]).exists():
            raise Http404
        super().setup(request, *args, **kwargs)  # type: ignore[misc]


def managed_view(view_class: type, scope: Callable[[Any], QuerySet[Any]]) -> type:
    """The view class with the check of the scope."""
    return type(view_class.__name__, (ManagedObjectMixin, view_class), {"scope": staticmethod(scope)})
