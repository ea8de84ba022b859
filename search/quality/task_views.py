"""One task of the search page of the admin: who does it, what can be done, and what a reader gets now."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from library.records.models import Record
from library.vocabularies.models import EthnicGroup, GroupName

from ..asking.find import SearchUnavailable
from ..models import CuratedQuestion, SearchTask
from ..understanding import question_key
from .admin import may_correct_names
from .forms import TaskForm
from .tasks import ReaderGets, look_again, save_task, task_for

WORDS = "tu"  # parameter
LONGEST_WORDS = 300  # characters


@require_http_methods(["GET", "POST"])
@may_correct_names
def edit_task(request: HttpRequest) -> HttpResponse:
    """The task of the words in the address, made by the first that saves it. Raises Http404 without words."""
    task = _task(request.GET.get(WORDS, ""))
    form = TaskForm(request.POST or None, instance=task, user=request.user)
    if request.method == "POST" and form.is_valid():
        save_task(form.save(commit=False), user=request.user)
        messages.success(request, _("Đã lưu việc “%(words)s”.") % {"words": task.words})
        return redirect("search-admin")
    context = {
        "form": form,
        "task": task,
        "media": form.media,
        "page_title": task.words,
        "groups": EthnicGroup.objects.all(),
        "kinds": GroupName.Kind.choices,
        "curated_url": _curated_url(request.user, task),
        "record_url": _record_url(request.user, task),
        "public_url": f"{reverse('search')}?{urlencode({'q': task.words})}",
    }
    return TemplateResponse(request, "search/admin/task.html", context, status=422 if form.errors else 200)


@require_POST
@may_correct_names
def look(request: HttpRequest) -> HttpResponse:
    """Search the words as a reader does; where something is found, the task is done."""
    task = _task(request.POST.get(WORDS, ""))
    address = f"{reverse('search')}?{urlencode({'q': task.words})}"
    button = messages.button(address, _("Mở trang kết quả"), new_window=True)
    try:
        gets = look_again(task.words, user=request.user)
    except SearchUnavailable:
        messages.error(request, _("Máy tìm kiếm không trả lời. Hãy thử lại sau."))
    else:
        _say(request, task.words, gets, button)
    return redirect("search-admin")


def _say(request: HttpRequest, words: str, gets: ReaderGets, button: str) -> None:
    if not gets.something:
        messages.warning(request, _("Độc giả gõ “%(words)s” vẫn chưa thấy gì đúng với câu ấy.") % {"words": words}, [button])
        return
    records = ngettext("%(total)s tư liệu", "%(total)s tư liệu", gets.records) % {"total": gets.records}
    values = {"words": words, "found": records if gets.records else _("thẻ trả lời")}
    messages.success(request, _("Độc giả gõ “%(words)s” nay thấy %(found)s. Việc này đã xong.") % values, [button])


def _task(words: str) -> SearchTask:
    if not question_key(words[:LONGEST_WORDS]):
        raise Http404
    return task_for(words[:LONGEST_WORDS])


def _curated_url(user: Any, task: SearchTask) -> str:
    """Where a synonym or a pin is set for the words; empty for who may not."""
    curated = CuratedQuestion.objects.filter(key=task.key).first()
    if curated and user.has_perm("search.change_curatedquestion"):
        return reverse("curated_questions:edit", args=[curated.pk])
    add = f"{reverse('curated_questions:add')}?{urlencode({'cau': task.words})}"
    return add if user.has_perm("search.add_curatedquestion") else ""


def _record_url(user: Any, task: SearchTask) -> str:
    """Where a record with the words as its title is begun; empty for who may not."""
    add: str = reverse(Record.snippet_viewset.get_url_name("add"))  # type: ignore[attr-defined]
    return f"{add}?{urlencode({'ten': task.words})}" if user.has_perm("records.add_record") else ""
