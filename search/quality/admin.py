"""The search page of the admin. It lists changes that an index refused, and searches without results whose words staff may make names."""

from django import forms
from django.contrib.auth.decorators import permission_required
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from library.vocabularies.models import EthnicGroup, GroupName

from ..indexing import knowledge
from ..indexing.outbox import dead_letters, pending, try_again
from ..models import ZeroResultQuery

SHOWN = 100
may_correct_names = permission_required("vocabularies.add_groupname", raise_exception=True)


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


@require_safe
@may_correct_names
def overview(request: HttpRequest) -> HttpResponse:
    """Both lists on one page."""
    zero_results = ZeroResultQuery.objects.shown_to_staff().values("words").annotate(times=Sum("count")).order_by("-times", "words")
    return TemplateResponse(
        request,
        "search/admin.html",
        {
            "waiting": pending().count(),
            "dead": dead_letters().order_by("-id")[:SHOWN],
            "zero_results": zero_results[:SHOWN],
            "groups": EthnicGroup.objects.all(),
            "kinds": GroupName.Kind.choices,
        },
    )


@require_POST
@may_correct_names
def retry_events(request: HttpRequest) -> HttpResponse:
    """Give the selected dead letters, or all of them, another round of attempts."""
    selected = request.POST.getlist("event")
    events = dead_letters().filter(pk__in=[pk for pk in selected if pk.isdecimal()]) if selected else dead_letters()
    messages.success(request, _("Sẽ thử lại %(count)s thay đổi.") % {"count": try_again(events)})
    return redirect("search-admin")


@require_POST
@may_correct_names
def make_name(request: HttpRequest) -> HttpResponse:
    """Make the words of a zero-result search a name of a group. The next search with these words finds the group."""
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("search-admin")
    name = form.save()
    ZeroResultQuery.objects.filter(words=request.POST.get("words", "")).delete()
    knowledge.forget()
    messages.success(request, _("Từ nay “%(name)s” dẫn tới dân tộc %(group)s.") % {"name": name.name, "group": name.group.name_vi})
    return redirect("search-admin")
