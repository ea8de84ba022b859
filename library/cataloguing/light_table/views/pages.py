"""The pages of the light table: all tables of the office, one table, and what one of its groups has of its own."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..access import require_use, tables_of
from ..actions.arrivals import link_uploads
from ..actions.begin import begin
from ..actions.likeness import compare
from ..forms import AddingForm, CommonForm, GroupForm
from ..models import LightTable, PhotographGroup
from ..presentation.table import view_of

PER_PAGE = 20


class LightTablePage(WagtailAdminTemplateMixin, TemplateView):
    """A page about light tables, for whoever may use them; those of other offices do not exist."""

    request: HttpRequest
    page_title = gettext_lazy("Bàn ảnh")
    header_icon = "image"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_use(request.user)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": reverse("light_tables:index"), "label": self.page_title}]


class LightTableIndexView(LightTablePage):
    """All tables that the person may see, and the way to a new one."""

    template_name = "cataloguing/light_table/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = Count("lots", filter=Q(lots__record__isnull=False, lots__added_version=None), distinct=True)
        tables = tables_of(self.request.user).annotate(number=Count("photographs", distinct=True), made=made).filter(number__gt=0)
        page = Paginator(tables.order_by("-created_at", "-pk"), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {"tables": page}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sets up a table."""
        return redirect(reverse("light_tables:one", args=[begin(request.user).pk]))


class LightTableView(LightTablePage):
    """One table."""

    template_name = "cataloguing/light_table/table.html"
    table: LightTable

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.table = get_object_or_404(tables_of(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self._heading()}]

    def _heading(self) -> str:
        return _("Bàn ảnh %(number)d") % {"number": self.table.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        link_uploads(self.table)
        compare(self.table)
        return super().get_context_data(**kwargs) | {
            "table": self.table,
            "view": view_of(self.table, self.request.user),
            "common": kwargs.get("common") or CommonForm(instance=self.table),
            "adding": AddingForm(),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keeps what all records have in common."""
        form = CommonForm(request.POST, instance=self.table)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(common=form), status=400)
        form.save()
        messages.success(request, _("Đã lưu phần chung."))
        return redirect(reverse("light_tables:one", args=[self.table.pk]))


class GroupView(LightTablePage):
    """What one group has of its own."""

    template_name = "cataloguing/light_table/group.html"
    group: PhotographGroup

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tables = tables_of(request.user)
        groups = PhotographGroup.objects.filter(table__in=tables, record=None).select_related("table")
        self.group = get_object_or_404(groups, pk=kwargs["group"], table=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        table = reverse("light_tables:one", args=[self.group.table_id])
        heading = self.group.title or _("Nhóm %(number)d") % {"number": self.group.number}
        above = {"url": table, "label": _("Bàn ảnh %(number)d") % {"number": self.group.table_id}}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": heading}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or GroupForm(instance=self.group)
        return super().get_context_data(**kwargs) | {"form": form, "group": self.group}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = GroupForm(request.POST, instance=self.group)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        form.save()
        return redirect(reverse("light_tables:one", args=[self.group.table_id]) + f"#group-{self.group.pk}")
