"""The form of a page with records in it: it offers and accepts only records that the person may see, and keeps those that stand there."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlock
from wagtail.blocks.base import BlockField

from library.records.access.files import viewer_of
from library.records.models import Record
from library.records.profiles.blocks import narrowed_choosers

from .presentation.readable import record_keys

BODY, COVER, OFFICE = "body", "cover", "office"


class RecordsPageForm(WagtailAdminPageForm):
    """The form of a story, of a portal's text and of a first page. A new page belongs to the office of its author."""

    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosable = self._choosable()
        if BODY in self.fields:
            self.fields[BODY] = self._body(choosable)
        if COVER in self.fields:
            self.fields[COVER].queryset = choosable
            self._clear_refused_cover(choosable)

    def save(self, commit: bool = True) -> Any:
        if hasattr(self.instance, "office_id") and self.instance.office_id is None and self.instance.pk is None:
            self.instance.office = getattr(self.for_user, OFFICE, None)
        return super().save(commit=commit)

    def _clear_refused_cover(self, choosable: QuerySet[Record]) -> None:
        """Clears a key that may not be chosen, before anything reads it: a form with errors shows the title of each key again."""
        name = self.add_prefix(COVER)
        key = self.data.get(name, "")
        if key and not (key.isdecimal() and choosable.filter(pk=key).exists()):
            self.data = self.data.copy()
            self.data[name] = ""

    def _choosable(self) -> QuerySet[Record]:
        """What the person may see, and what stands on the page already."""
        visible = Record.objects.visible_to(viewer_of(self.for_user)).order_by().values("pk")
        own = record_keys(self.instance.body) if self.instance.pk else set()
        if self.instance.pk and getattr(self.instance, "cover_id", None):
            own = own | {self.instance.cover_id}
        return Record.objects.filter(Q(pk__in=visible) | Q(pk__in=own))

    def _body(self, choosable: QuerySet[Record]) -> BlockField:
        """The same field with blocks of its own, since other forms narrow theirs for other people."""
        shared = self.fields[BODY]
        block: StreamBlock = type(shared.block)(required=shared.block.required)
        for chooser in narrowed_choosers(block):
            chooser.choosable = choosable
        return BlockField(block=block, required=shared.required, label=shared.label, help_text=shared.help_text)
