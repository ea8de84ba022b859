"""The pages of saved searches. Each person sees their own; a letter's own address stops that letter without a login."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from library.accounts.models import User

from ..models import Alert, SavedSearch
from ..results.conditions import conditions_in_words
from .alerts import new_lines
from .forms import NewSavedSearchForm, SavedSearchForm
from .stopping import search_of

SHOWN_ALERTS = 10
own = login_required(login_url="sign-in")


def _person(request: HttpRequest) -> User:
    """Who is signed in; ``own`` has made sure that somebody is."""
    assert isinstance(request.user, User)
    return request.user


@never_cache
@own
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Asks for a name, then saves the search of the address."""
    conditions = conditions_in_words(request.GET)
    search = SavedSearch(language=get_language() or "vi", name=conditions[:100])
    form = NewSavedSearchForm(request.POST or None, instance=search, user=_person(request), parameters=request.GET)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Đã lưu “%(name)s”.") % {"name": search.name})
        return redirect("saved-searches")
    status = 400 if request.method == "POST" else 200
    return render(request, "search/saved/save.html", {"form": form, "conditions": conditions}, status=status)


@never_cache
@own
@require_http_methods(["GET", "HEAD"])
def saved(request: HttpRequest) -> HttpResponse:
    """The person's saved searches, and what was found new."""
    searches = SavedSearch.objects.filter(user=_person(request))
    rows = [
        (search, SavedSearchForm(instance=search, prefix=str(search.pk)), conditions_in_words(search.parameters)) for search in searches
    ]
    newest = Alert.objects.filter(search__user=_person(request)).select_related("search__user")[:SHOWN_ALERTS]
    alerts = [(alert, shown) for alert in newest if (shown := new_lines(alert))]
    return render(request, "search/saved/list.html", {"rows": rows, "alerts": alerts})


@own
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Renames one, or changes how often to send an alert."""
    search = get_object_or_404(SavedSearch, pk=pk, user=_person(request))
    form = SavedSearchForm(request.POST, instance=search, prefix=str(pk))
    if form.is_valid():
        form.save()
        messages.success(request, _("Đã lưu “%(name)s”.") % {"name": search.name})
    else:
        messages.error(request, str(form.errors["often"][0]) if "often" in form.errors else _("Hãy ghi tên, dài nhất 100 chữ."))
    return redirect("saved-searches")


@own
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Deletes one."""
    search = get_object_or_404(SavedSearch, pk=pk, user=_person(request))
    search.delete()
    messages.success(request, _("Đã xóa “%(name)s”.") % {"name": search.name})
    return redirect("saved-searches")


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the token is the right
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stops the letters about one saved search. Opening the address only asks, for mail programs open every link."""
    search = search_of(token)
    if search is None:
        raise Http404(_("Địa chỉ này không còn dùng được."))
    if request.method == "POST":
        SavedSearch.objects.filter(pk=search.pk).update(often=SavedSearch.Often.NEVER)
    return render(request, "search/saved/stop.html", {"search": search, "stopped": request.method == "POST"})
