"""Which editorial pages a person finds in Wagtail's lists, searches, reports and choosers: one rule for all of them.

A story or a text of a portal belongs to an office. Wagtail's own policy knows the tree of pages only, and would show everybody its title.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from .models import PortalText, StoryPage


class OfficePagePolicy(PagePermissionPolicy):
    """Wagtail's rights on the tree, for pages of the person's own office, of the offices below it, and of no office."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Page]:
        pages: QuerySet[Page] = super().instances_user_has_any_permission_for(user, actions)
        return pages.exclude(_of_others(user))

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        pages: QuerySet[Page] = super().explorable_instances(user)
        return pages.exclude(_of_others(user))


def choosable_pages(user: Any, pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those to which the person may link: of other offices only what the public sees, under the title that it sees."""
    choosable = Page.objects.filter(Q(live=True, draft_title=F("title")) | ~_of_others(user))
    return pages.filter(pk__in=choosable.values("pk"))  # a search filters by the fields of its index only


def _of_others(user: Any) -> Q:
    """Pages of offices that the person does not work for."""
    if user.is_superuser:
        return Q(pk__in=[])
    path = user.viewer.office_path
    own = Q(pk__in=[]) if path is None else Q(office__path__startswith=path)
    of_stories, of_texts = (Q(pk__in=model.objects.exclude(own | Q(office=None)).values("pk")) for model in (StoryPage, PortalText))
    return of_stories | of_texts
