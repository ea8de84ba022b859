"""The pages of the dashboard: the counts, one week of decisions, and the gap that somebody is asked to fill."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, TemplateView
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from library.records.profiles import profile
from library.vocabularies.models import EthnicGroup

from ..review.dashboard import open_files
from ..review.work_lists import number_late, number_waiting_on_page
from ..tasks.actions import finish_task, give_task, may_give_tasks
from ..tasks.models import CollectingTask
from .bars import chart
from .coverage import columns, coverage_of_peoples, coverage_of_provinces
from .document import document
from .forms import PROVINCES, LookForm, TaskForm
from .quality import quality
from .review_times import decided_steps, median_days, review_times
from .scope import OWN, Scope, scopes
from .workbook import workbook
from .year import Table, tables_of_year

OFFICE_TYPES = {"xlsx": "spreadsheetml.sheet", "docx": "wordprocessingml.document"}  # ending → end of its media type
FIRST_YEAR = 2000  # no digital record is older
MOST_DECISIONS = 200  # lines of one week


def may_see_dashboard(user: Any) -> bool:
    """Whether the person works with records."""
    return bool(user.office_id and user.has_perm("records.change_record"))


class DashboardPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of the dashboard, for whoever works with records."""

    request: HttpRequest
    page_title = gettext_lazy("Theo dõi")
    header_icon = "chart"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_see_dashboard(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": reverse("dashboard:index"), "label": _("Theo dõi")}]


class DashboardView(DashboardPage):
    """Six figures, the matrix, quality, review times, and the panels that other packages add."""

    template_name = "cataloguing/dashboard/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        choices = scopes(user)
        form = LookForm(choices, self.request.GET)
        form.full_clean()
        asked = form.cleaned_data  # what is unknown is not in it
        scope = choices.get(asked.get("xem") or "") or next(iter(choices.values()))
        by_province = asked.get("hang") == PROVINCES
        place, group = asked.get("tinh"), asked.get("dan_toc")
        home = place.code if place else user.office.province_code if scope.code == OWN else ""
        if asked.get("dem_lai"):
            scope.counts.forget()
        weeks, month_ago = review_times(user), timezone.now() - timedelta(days=30)
        return super().get_context_data(**kwargs) | {
            "form": form,
            "scope": scope,
            "total": scope.counts.total,
            "counted_at": scope.counts.kept_since,
            "new": scope.counts("new", scope.records.filter(created_at__gte=month_ago).count),
            "by_province": by_province,
            "coverage": coverage_of_provinces(scope, group) if by_province else coverage_of_peoples(scope, place, home),
            "quality": quality(scope),
            "weeks": weeks,
            "chart": chart([(week.monday.strftime("%-d/%-m"), week.days, week.is_late) for week in weeks], settings.REVIEW_DAYS),
            "goal": settings.REVIEW_DAYS,
            "median": median_days(weeks),
            "waiting": number_waiting_on_page(self.request),
            "late": number_late(user),
            "files": open_files(user),
            "tasks": CollectingTask.objects.open().filter(office__path__startswith=user.office.path).select_related("group", "office"),
            "years": [localdate().year, localdate().year - 1],
            "panels": [panel(self.request) for panel in hooks.get_hooks("register_dashboard_panel")],
        }


class WeekView(DashboardPage):
    """The decisions of one week, the slowest first."""

    template_name = "cataloguing/dashboard/week.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        monday = _day(kwargs["monday"])
        steps = decided_steps(self.request.user, monday, monday + timedelta(days=6))
        rows = sorted(
            steps.select_related("record", "office", "finished_by")[:MOST_DECISIONS],
            key=lambda step: step.started_at - step.finished_at,  # type: ignore[operator]
        )
        days = [(step, round((step.finished_at - step.started_at).total_seconds() / 86400, 1)) for step in rows]  # type: ignore[operator]
        return super().get_context_data(**kwargs) | {"monday": monday, "steps": days, "goal": settings.REVIEW_DAYS}

    def get_page_subtitle(self) -> str:
        return _("Quyết định duyệt trong tuần từ %(day)s") % {"day": date_format(_day(self.kwargs["monday"]), "SHORT_DATE_FORMAT")}


class FillView(DashboardPage, FormView):
    """A gap: write the first record of it, or give it to an office as a task."""

    template_name = "cataloguing/dashboard/fill.html"
    form_class = TaskForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.group = get_object_or_404(EthnicGroup, slug=kwargs["slug"])
        if kwargs["record_type"] not in {each.code for each in columns()}:
            raise Http404
        self.profile = profile(kwargs["record_type"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            task = give_task(self.group, self.profile.code, user=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Đã giao “%(task)s” cho %(office)s.") % {"task": task, "office": task.office})
        return redirect("dashboard:index")

    def get_page_subtitle(self) -> str:
        return f"{self.profile.label} · {self.group}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = CollectingTask.objects.open().filter(group=self.group, record_type=self.profile.code).select_related("office", "assignee")
        user: Any = self.request.user
        return super().get_context_data(**kwargs) | {
            "group": self.group,
            "profile": self.profile,
            "may_give": may_give_tasks(user),
            "tasks": tasks.filter(office__path__startswith=user.office.path),
        }


@require_safe
def download_year(request: HttpRequest, scope: str, year: int, ending: str) -> HttpResponse:
    """The figures of a year, as an Excel workbook or a Word document."""
    if not may_see_dashboard(request.user):
        raise PermissionDenied
    asked = scopes(request.user).get(scope)
    if asked is None or ending not in OFFICE_TYPES or not FIRST_YEAR <= year <= localdate().year:
        raise Http404
    tables = tables_of_year(asked, year)
    content = workbook(tables) if ending == "xlsx" else document(_year_title(asked, year), _year_sentence(tables), tables)
    answer = HttpResponse(content, content_type=f"application/vnd.openxmlformats-officedocument.{OFFICE_TYPES[ending]}")
    answer["Content-Disposition"] = f'attachment; filename="{scope}-{year}.{ending}"'
    return answer


def _year_title(scope: Scope, year: int) -> str:
    return _("Báo cáo năm %(year)d: %(scope)s") % {"year": year, "scope": scope.label}


def _year_sentence(tables: list[Table]) -> str:
    """The last row of the first table in words: all records, those of the year, those published in it."""
    _label, total, new, published = tables[0].rows[-1]
    words = _("Có %(total)s tư liệu; trong năm lập %(new)s, đăng %(published)s tư liệu.")
    return words % {"total": total, "new": new, "published": published}


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks a task as done."""
    task = get_object_or_404(CollectingTask, pk=pk)
    finish_task(task, request.user)
    messages.success(request, _("Đã ghi là xong: “%(task)s”.") % {"task": task})
    return redirect("my_work")


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Http404 from None
