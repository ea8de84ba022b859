"""What portals and the first page tell machines, as JSON-LD; of a record see ``record/linked_data.py``."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from library.metadata.schema_org import Place, collection_page, place_page, portal, website
from library.presentation.places import unit_url
from library.vocabularies.models import AdminUnit

from .groups import GroupPage


def group_data(group: GroupPage) -> dict[str, Any]:
    """The portal of a people. Names that are no longer used are not among the names."""
    names = {name.plain for name in (group.name_vi, *group.english_names, *group.other_names)} - {group.name}
    title = _("Người %(name)s") % {"name": group.name}
    return portal(title, _absolute("group", group.slug), _language(), group.name, sorted(names))


def place_data(unit: AdminUnit) -> dict[str, Any]:
    """The page of a province, commune or former unit, which lies in its ``parent`` if it has one."""
    names = sorted({unit.label_vi, unit.label_en} - {unit.label, ""})
    place = Place(unit.label, tuple(names), unit.parent.label if unit.parent else "")
    return place_page(settings.SITE_URL + unit_url(unit), _language(), place)


def collection_data(name: str, page: str, *arguments: str) -> dict[str, Any]:
    """A page that leads to records: its name, the name of its address and the arguments in that."""
    return collection_page(name, _absolute(page, *arguments), _language())


def library_data() -> dict[str, Any]:
    """The library and its search."""
    name = _("Thư viện số Văn hóa các dân tộc Việt Nam")
    return website(name, _absolute("home"), _language(), f"{_absolute('search')}?q=")


def _absolute(page: str, *arguments: str) -> str:
    return settings.SITE_URL + reverse(page, args=arguments)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
