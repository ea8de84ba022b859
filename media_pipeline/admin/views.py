"""The media admin: every asset with its state, its problem and advice; upload, run again, staff options."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from .. import actions
from ..available_renditions import picture_of
from ..jobs import plan
from ..models import Asset
from ..preservation import erasure
from ..text.names import named_like
from . import tracks, uploads
from .forms import EraseForm, StaffOptionsForm
from .rights import VisibleAssetMixin, readable_tracks, require_permission, usage, visible_assets
from .status import status_of


class StatusColumn(Column):
    """A cell that shows the state and refreshes itself while work goes on."""

    cell_template_name = "media_pipeline/status_cell.html"

    def get_value(self, instance: Asset) -> Any:
        return status_of(instance)


class ThumbnailColumn(Column):
    """The smallest picture of an asset."""

    cell_template_name = "media_pipeline/thumbnail_cell.html"

    def get_value(self, instance: Asset) -> Any:
        return picture_of(instance)


class MediaIndexView(generic.IndexView):
    """The list, newest first."""

    template_name = "media_pipeline/index.html"

    def get_base_queryset(self) -> QuerySet[Asset]:
        return visible_assets(self.request.user)

    def search_queryset(self, queryset: QuerySet[Asset]) -> QuerySet[Asset]:
        """By the name, with marks or without."""
        return named_like(queryset, self.search_query, "name_key") if self.is_searching else queryset


class AssetView(generic.InspectView):
    """One asset: state, jobs, derivatives with their bytes, and the buttons."""

    template_name = "media_pipeline/asset.html"
    page_title = gettext_lazy("Xem")

    def get_object(self, queryset: Any = None) -> Asset:
        return get_object_or_404(visible_assets(self.request.user), pk=self.pk)

    def get_fields_context(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, asset = self.request.user, self.object
        visible = visible_assets(user)
        context = {
            "status": status_of(asset, with_places=True),
            "used_by": usage(user, asset),
            "tracks": readable_tracks(user, asset),
            "replaced_by": visible.filter(pk=asset.replaced_by_id).first() if asset.replaced_by_id else None,
            "replaced": visible.filter(replaced_by=asset),
        }
        return super().get_context_data(**kwargs) | context


class StaffOptionsView(generic.EditView):
    """The staff's options for a file; derivatives that depend on them are made again."""

    def get_queryset(self) -> QuerySet[Asset]:
        return visible_assets(self.request.user)

    def get_form(self, form_class: Any = None) -> StaffOptionsForm:
        return StaffOptionsForm(**self.get_form_kwargs())

    def save_instance(self) -> Asset:
        with transaction.atomic():
            asset: Asset = self.form.save()
            plan.drop_overtaken(asset)
            plan.enqueue(asset)
            plan.refresh(asset)
        return asset


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then erase the original for good."""
    require_permission(request, "erase")
    asset = get_object_or_404(visible_assets(request.user), pk=pk)
    form, status = EraseForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                erasure.erase(asset, reason=form.cleaned_data["reason"], user=request.user)
            except ValueError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Đã xóa hẳn tệp gốc và mọi bản làm từ nó."))
                return redirect("media_admin:index")
    context = {"form": form, "asset": asset, "page_title": _("Xóa hẳn"), "page_subtitle": asset.display_name}
    return TemplateResponse(request, "media_pipeline/erase.html", context, status=status)


@require_GET
def status_fragment(request: HttpRequest, pk: int) -> HttpResponse:
    """The state of one asset as an HTML fragment, for the row that asks again every two seconds."""
    require_permission(request, "view", "add")  # whoever uploaded a file may watch it
    asset = get_object_or_404(visible_assets(request.user), pk=pk)
    return TemplateResponse(request, "media_pipeline/status.html", {"status": status_of(asset)})


@require_POST
def run_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue the failed work once more, as a logged action."""
    require_permission(request, "change")
    asset = get_object_or_404(visible_assets(request.user), pk=pk)
    if count := actions.run_again(asset, user=request.user, only_failed="all" not in request.POST):
        messages.success(request, _("Đã xếp %(count)d việc chạy lại.") % {"count": count})
    else:
        messages.warning(request, _("Không có việc nào cần chạy lại."))
    return redirect("media_admin:inspect", asset.pk)


class MediaAdmin(ModelViewSet):
    """Addresses and menu item of the media admin. Files are not deleted here: the catalogue withdraws them."""

    model = Asset
    name = "media_admin"
    url_prefix = "media"
    url_namespace = "media_admin"
    icon = "media"
    menu_label = gettext_lazy("Tệp phương tiện")
    menu_order = 210
    add_to_admin_menu = True
    inspect_view_enabled = True
    copy_view_enabled = False
    index_view_class = MediaIndexView
    edit_view_class = StaffOptionsView
    inspect_view_class = AssetView
    inspect_template_name = AssetView.template_name
    index_template_name = MediaIndexView.template_name
    search_fields = ["name_key"]
    search_backend_name = None
    list_filter = ["kind", "state"]
    list_per_page = 30
    form_fields = ["publish_original"]
    list_display = [
        ThumbnailColumn("picture", label=""),
        TitleColumn("display_name", label=gettext_lazy("Tên tệp"), get_url=lambda asset: reverse("media_admin:inspect", args=[asset.pk])),
        Column("get_kind_display", label=gettext_lazy("Loại")),
        StatusColumn("status", label=gettext_lazy("Trạng thái")),
        DateColumn("uploaded_at", label=gettext_lazy("Tải lên"), sort_key="uploaded_at"),
    ]

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        """Adds the check of the file to every view of one file: all views of the viewset are made here."""
        return super().construct_view(type(view_class.__name__, (VisibleAssetMixin, view_class), {}), **kwargs)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**kwargs) | {"delete_url_name": None, "usage_url_name": None}

    def get_urlpatterns(self) -> list[Any]:
        patterns = [each for each in super().get_urlpatterns() if each.name not in {"add", "delete", "usage"}]
        return [
            path("new/", uploads.upload, name="add"),
            path("uploads/cancel/<uuid:upload_id>/", uploads.cancel, name="cancel_upload"),
            path("status/<int:pk>/", status_fragment, name="status"),
            path("replace/<int:pk>/", uploads.replace, name="replace"),
            path("erase/<int:pk>/", erase, name="erase"),
            path("again/<int:pk>/", run_again, name="again"),
            path("words/new/<int:pk>/", tracks.new_track, name="new_track"),
            path("words/<int:pk>/", tracks.edit_track, name="track"),
            path("words/change/<int:pk>/", tracks.change_track, name="change_track"),
            *patterns,
        ]


media_admin = MediaAdmin()
