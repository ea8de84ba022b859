"""Creating a record in the admin: choose a type, get a permanent name, fill in the form of that type."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.snippets.views.snippets import CreateView, PreviewOnCreateView

from library.records.access.review_levels import may_publish_alone
from library.records.models import MintedIdentifier, Record
from library.records.models.identifiers import mint
from library.records.profiles import all_profiles, profile
from library.vocabularies.models import Term

from ..review.words import refused_words, sent_words
from .two_texts import COMPARE, errors_in_words

LONGEST_TITLE = 400  # characters
NOT_EVALUATED = "CNE"  # rights are never blank: unknown is "copyright not evaluated" (domain handbook, section 9)


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
    def query(self) -> str:
        """The query string that keeps type, name and title in all addresses of the form."""
        name = {"ma": self.permanent_name} if self.permanent_name else {}
        return "?" + urlencode({"type": self.record_type, **name, **({"ten": self.title} if self.title else {})})

    def record_of_form(self) -> Record:
        """The record of this form: a new one with the defaults of its profile and office, or the one that the first request made."""
        existing = Record.objects.filter(identifier=self.permanent_name).first() if self.permanent_name else None
        if existing is not None:
            return self._without_rows(existing)
        if not self.record_type:
            raise Http404
        own_profile = profile(self.record_type)
        author: Any = self.request.user  # never anonymous: the admin requires a login
        return Record(
            identifier=self.permanent_name or mint(),
            record_type=own_profile.code,
            title_vi=self.title,
            created_by=author,
            office=author.office,
            own_access=own_profile.default_access,
            summary_reviewed=False,  # a person ticks it who has checked the summary
            rights=Term.objects.get(vocabulary__code="rights_statements", code=NOT_EVALUATED),
            live=False,
        )

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


class CreateRecordView(NewRecordMixin, CreateView):
    """Asks for the type, gives the permanent name, then shows the form."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.record_type:
            return render(request, "cataloguing/choose_type.html", {"profiles": all_profiles(), "view": self})
        if not self.permanent_name:
            return redirect(f"{self.get_add_url()}&ma={mint()}")
        return super().get(request, *args, **kwargs)

    def get_header_title(self) -> str:
        return self.get_page_subtitle()

    def get_page_subtitle(self) -> str:
        return _("%(type)s mới") % {"type": profile(self.record_type).label} if self.record_type else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": self.get_page_subtitle()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.record_of_form()}

    def is_valid(self, form: Any) -> bool:
        """A form that the browser kept and the person wants back is drawn, and not stored."""
        valid: bool = super().is_valid(form)
        if not valid:
            self.produced_error_message = refused_words(self.action, errors_in_words(form) or self.get_error_message())
        if COMPARE in self.request.POST:
            self.produced_error_message = _("Chữ chưa lưu đã ở lại trong các ô dưới đây. Mời bạn xem rồi lưu.")
            return False
        return valid

    def get_available_actions(self) -> list[str]:
        """Nobody publishes at once what needs a review."""
        actions: list[str] = super().get_available_actions()
        known = Record.objects.filter(identifier=self.permanent_name or None).values_list("record_type", flat=True).first()
        code = known or self.record_type
        alone = bool(code) and may_publish_alone(self.request.user, code)
        return [action for action in actions if alone or action != "publish"]

    def get_success_message(self, instance: Any) -> str:
        message: str = super().get_success_message(instance)
        return (sent_words(instance) if self.action == "submit" else "") or message

    def get_add_url(self) -> str:
        return super().get_add_url() + self.query

    def get_preview_url(self) -> str:
        return super().get_preview_url() + self.query


class PreviewNewRecordView(NewRecordMixin, PreviewOnCreateView):
    """The public page of a record that is not saved yet."""

    def get_object(self) -> Record:
        return self.record_of_form()
