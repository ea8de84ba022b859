"""The forms of the search page of the admin: a name of a people, and a task."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from library.accounts.models import User
from library.accounts.scope import managed_offices, managed_people
from library.vocabularies.models import GroupName

from ..models import SearchTask
from .tasks import name_for


class NameForm(forms.ModelForm):
    """Makes words that readers type another name of a group."""

    class Meta:
        model = GroupName
        fields = ["name", "group", "kind", "display"]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == GroupName.Kind.DEPRECATED and cleaned.get("display"):
            self.add_error("display", gettext_lazy("Tên không dùng nữa thì không được hiện ra."))
        return cleaned


class TaskForm(forms.ModelForm):
    """Who does it until when, and what was done. It offers the people and offices that the person manages."""

    class Meta:
        model = SearchTask
        fields = ["state", "assignee", "office", "due", "outcome", "note"]
        widgets = {"due": AdminDateInput, "note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"outcome": gettext_lazy("Điền khi việc đã xong.")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {user.pk, *managed_people(user).values_list("pk", flat=True)}
        people = User.objects.filter(Q(pk__in=known) | Q(pk=self.instance.assignee_id)).select_related("office")
        offices = managed_offices(user) | managed_offices(user).model.objects.filter(pk=self.instance.office_id)
        self.fields["assignee"].queryset = people.filter(is_active=True).order_by("username")  # type: ignore[attr-defined]
        self.fields["assignee"].label_from_instance = lambda person: name_for(person, known)  # type: ignore[attr-defined]
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        done, outcome = cleaned.get("state") == SearchTask.State.DONE, cleaned.get("outcome")
        if done and not outcome:
            self.add_error("outcome", _("Việc đã xong thì hãy cho biết đã làm gì."))
        if done and outcome == SearchTask.Outcome.NOTHING and not cleaned.get("note"):
            self.add_error("note", _("Hãy ghi lý do vì sao không cần làm gì."))
        return cleaned
