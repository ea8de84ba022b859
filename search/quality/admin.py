"""The search page of the admin: changes that an index refused, and searches without results, which are work."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.log_actions import log

from ..indexing import knowledge
from ..indexing.outbox import dead_letters, pending, try_again
from ..indexing.vectors.attached import vectors_state
from ..models import SearchTask
from .forms import NameForm
from .tasks import Which, finish, rows

SHOWN = 100
may_correct_names = permission_required("vocabularies.add_groupname", raise_exception=True)


@require_safe
@may_correct_names
def overview(request: HttpRequest) -> HttpResponse:
    """Both lists on one page, and how far search by meaning has read."""
    asked = request.GET.get("xem", "")
    which = Which(asked) if asked in set(Which) else Which.OPEN
    lists = ((Which.OPEN, _("Chưa xong")), (Which.MINE, _("Giao cho tôi")), (Which.OFFICE, _("Cơ quan tôi")), (Which.DONE, _("Đã xong")))
    return TemplateResponse(
        request,
        "search/admin/page.html",
        {
            "waiting": pending().count(),
            "dead": dead_letters().order_by("-id")[:SHOWN],
            "rows": rows(which, request.user)[:SHOWN],
            "which": which,
            "lists": lists,
            "vectors": vectors_state(),
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
    log(instance=name, action="wagtail.create", user=request.user)
    if words := request.POST.get("words", ""):
        finish(words, SearchTask.Outcome.NAME, user=request.user)
    knowledge.forget()
    messages.success(request, _("Từ nay “%(name)s” dẫn tới dân tộc %(group)s.") % {"name": name.name, "group": name.group.name_vi})
    return redirect("search-admin")
