"""What a public decision says of listed heritage, as a line says it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..wording import Wording, foreign

#: The lists that are known by these names in Vietnamese decisions.
KNOWN_LISTS = {
    "Danh sách đại diện": _("Danh sách đại diện"),
    "Danh sách cần bảo vệ khẩn cấp": _("Danh sách cần bảo vệ khẩn cấp"),
    "Danh mục quốc gia": _("Danh mục quốc gia"),
}


def list_label(name: str) -> Wording:
    """A list in the reader's language, else as it was recorded, in Vietnamese."""
    return Wording(str(KNOWN_LISTS[name])) if name in KNOWN_LISTS else foreign(name, "vi")


@dataclass(frozen=True, slots=True)
class PublicListing:
    """One listing as the decision has it. ``url`` leads to the record; it is empty where the viewer may not see that."""

    title: str
    list_name: str
    year: str
    decision: str
    places: str
    url: str

    @property
    def decision_or_list(self) -> Wording:
        """The number of the decision, else the list."""
        return foreign(self.decision, "vi") if self.decision else list_label(self.list_name)
