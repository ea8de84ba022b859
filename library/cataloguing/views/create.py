"""How a record begins in the admin: its type is chosen, its permanent name is given, then comes the form of that type."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from modelcluster.models import get_all_child_relations
from wagtail.snippets.views.snippets import CreateView, PreviewOnCreateView

from library.records.models import MintedIdentifier, Record
from library.records.models.identifiers import mint
from library.records.profiles import all_profiles, profile
from library.vocabularies.models import Term

NOT_EVALUATED = "CNE"  # rights are never blank: unknown is "copyright not evaluated" (domain handbook, section 9)


class FormOfNewRecord:
    """A view whose address says the type (``type``) and the permanent name (``ma``) of a record that is being begun.

    The name is in the form's own address, so that the same form sent twice (an autosave that crosses the officer's click, a
    weak line that repeats) makes one record.
    """

    request: HttpRequest

    @property
    def chosen_type(self) -> str:
        """The type in the address, or nothing when it is none that exists."""
        asked = self.request.GET.get("type", "")
        return asked if asked in {each.code for each in all_profiles()} else ""

    @cached_property
    def given_name(self) -> str:
        """The name in the address; 404 for one that was never minted."""
        name = self.request.GET.get("ma", "")
        if name and not MintedIdentifier.objects.filter(name=name).exists():
            raise Http404
        return name

    @property
    def query(self) -> str:
        """What keeps type and name in the addresses of the same form."""
        return f"?type={self.chosen_type}" + (f"&ma={self.given_name}" if self.given_name else "")

    def record_of_form(self) -> Record:
        """The record that this form makes: new, with the defaults of its profile and office, or as its first sending made it."""
        begun = Record.objects.filter(identifier=self.given_name).first() if self.given_name else None
        if begun is not None:
            return self._without_rows(begun)
        if not self.chosen_type:
            raise Http404
        chosen = profile(self.chosen_type)
        author: Any = self.request.user  # signed in: the admin lets nobody else in
        return Record(
            identifier=self.given_name or mint(),
            record_type=chosen.code,
            created_by=author,
            office=author.office,
            own_access=chosen.default_access,
            rights=Term.objects.get(vocabulary__code="rights_statements", code=NOT_EVALUATED),
            live=False,
        )

    def _without_rows(self, record: Record) -> Record:
        """The form brings all rows again. 404 for what is somebody else's or has gone on since."""
        gone_on = record.live or record.first_published_at or record.withdrawn_at or record.locked or record.workflow_in_progress
        if gone_on or record.created_by_id != self.request.user.pk or record.labels.exists():
            raise Http404
        for relation in get_all_child_relations(Record):
            setattr(record, relation.get_accessor_name(), [])
        return record


class CreateRecordView(FormOfNewRecord, CreateView):
    """Asks which type, gives the name, shows the form."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.chosen_type:
            return render(request, "cataloguing/choose_type.html", {"profiles": all_profiles(), "view": self})
        if not self.given_name:
            return redirect(f"{self.get_add_url()}&ma={mint()}")
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.record_of_form()}

    def get_add_url(self) -> str:
        return super().get_add_url() + self.query

    def get_preview_url(self) -> str:
        return super().get_preview_url() + self.query


class PreviewNewRecordView(FormOfNewRecord, PreviewOnCreateView):
    """The public page of a record that is not saved yet."""

    def get_object(self) -> Record:
        return self.record_of_form()
