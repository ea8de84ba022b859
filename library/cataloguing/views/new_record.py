"""What the views of a new record share: its type and its permanent name in the address, and the record with its defaults."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from modelcluster.models import get_all_child_relations

from library.records.models import MintedIdentifier, Record
from library.records.models.choices import NOT_EVALUATED
from library.records.models.identifiers import mint
from library.records.profiles import all_profiles, profile
from library.vocabularies.merges import term_by_code
from library.vocabularies.models import EthnicGroup

LONGEST_TITLE = 400  # characters


class NewRecordMixin:
    """Mixin of the views of a new record. Their address has its type (``type``) and its permanent name (``ma``).

    Because the name is in the address, the same form sent twice makes only one record: an autosave and a click at the same time, or a
    weak connection that sends again.
    """

    request: HttpRequest

    @property
    def record_type(self) -> str:
        """The type in the address; empty when there is none or it does not exist."""
        code = self.request.GET.get("type", "")
        return code if code in {profile.code for profile in all_profiles()} else ""

    @cached_property
    def permanent_name(self) -> str:
        """The permanent name in the address, or empty. Raises Http404 for a name that was never minted."""
        name = self.request.GET.get("ma", "")
        if name and not MintedIdentifier.objects.filter(name=name).exists():
            raise Http404
        return name

    @property
    def title(self) -> str:
        """The title that a link to a new record brings; empty when it brings none."""
        return self.request.GET.get("ten", "")[:LONGEST_TITLE]

    @property
    def group(self) -> EthnicGroup | None:
        """The people that a link to a new record names (``dan-toc``, its slug)."""
        return EthnicGroup.objects.filter(slug=self.request.GET.get("dan-toc") or None).first()

    @property
    def query(self) -> str:
        """The query string that keeps type, name, title and people in all addresses of the form."""
        name = {"ma": self.permanent_name} if self.permanent_name else {}
        brought = {"ten": self.title, "dan-toc": self.request.GET.get("dan-toc", "")}
        return "?" + urlencode({"type": self.record_type, **name, **{key: value for key, value in brought.items() if value}})

    def record_of_form(self) -> Record:
        """The record of this form: a new one with the defaults of its profile and office, or the one that the first request made."""
        existing = Record.objects.filter(identifier=self.permanent_name).first() if self.permanent_name else None
        if existing is not None:
            return self._without_rows(existing)
        if not self.record_type:
            raise Http404
        own_profile = profile(self.record_type)
        author: Any = self.request.user  # never anonymous: the admin requires a login
        record = Record(
            identifier=self.permanent_name or mint(),
            record_type=own_profile.code,
            title_vi=self.title,
            created_by=author,
            office=author.office,
            own_access=own_profile.default_access,
            summary_reviewed=False,  # a person ticks it who has checked the summary
            rights=term_by_code("rights_statements", NOT_EVALUATED),
            live=False,
        )
        if self.group is not None:
            record.groups.set([self.group])
        return record

    def _without_rows(self, record: Record) -> Record:
        """The record without its child rows: the form sends all rows again.

        Raises Http404 for a record of somebody else, and for one whose work has continued since.
        """
        continued = record.live or record.first_published_at or record.withdrawn_at or record.locked or record.workflow_in_progress
        if continued or record.created_by_id != self.request.user.pk or record.labels.exists():
            raise Http404
        for relation in get_all_child_relations(Record):
            setattr(record, relation.get_accessor_name(), [])
        return record
