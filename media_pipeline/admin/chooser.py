"""Chooses a file in an admin form: the widget of every ForeignKey to Asset, with an upload tab in the dialogue."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from ..available_renditions import picture_of
from ..errors import Refused, Waiting
from ..intake import api, form_files
from ..models import Asset
from ..text.names import NameFilter
from . import uploads
from .forms import UploadForm
from .rights import visible_assets
from .views import StatusColumn, ThumbnailColumn


class OnlyVisible:
    """Lists the files that the person may work with; the search field looks at the name."""

    request: Any

    def get_object_list(self) -> QuerySet[Asset]:
        return visible_assets(self.request.user).exclude(state=Asset.State.WITHDRAWN)

    @property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns  # type: ignore[misc]
        return [ThumbnailColumn("picture", label=""), *columns, StatusColumn("status", label=_("Trạng thái"))]


class ByName(NameFilter, forms.Form):
    """The search field of the dialogue: names as given, with marks or without."""

    q = forms.CharField(label=_("Tìm theo tên tệp"), required=False)
    is_filtering_by_collection = False


class ChooseView(OnlyVisible, chooser.ChooseView):
    """The dialogue."""

    filter_form_class = ByName


class ChooseResultsView(OnlyVisible, chooser.ChooseResultsView):
    """Its list, when the search changes."""

    filter_form_class = ByName


class AssetChooserInput(BaseChooser):
    """The chosen file with its picture, so that nobody describes a picture unseen."""

    template_name = "media_pipeline/widgets/asset_chooser.html"
    js_constructor = "AssetChooser"

    def get_value_data_from_instance(self, instance: Asset) -> dict[str, Any]:
        return super().get_value_data_from_instance(instance) | {"picture": picture_address(instance)}

    def get_context(self, name: str, value_data: dict[str, Any], attrs: dict[str, Any]) -> dict[str, Any]:
        return super().get_context(name, value_data, attrs) | {"picture": value_data.get("picture", "")}

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["media_pipeline/asset-chooser.js"])


def picture_address(asset: Asset) -> str:
    """The address of its smallest picture; empty while there is none."""
    picture = picture_of(asset)
    return picture.smallest.url if picture else ""


class WithPicture:
    """The answer to a choice shows the picture, too."""

    def get_chosen_response_data(self, item: Asset) -> dict[str, Any]:
        data: dict[str, Any] = super().get_chosen_response_data(item)  # type: ignore[misc]
        return data | {"picture": picture_address(item)}


class ChosenView(WithPicture, OnlyVisible, chooser.ChosenView):
    """The answer to a choice: the name of a file that the person may work with."""

    def get_object(self, pk: Any) -> Asset:
        return self.get_object_list().get(pk=pk)


class ChosenMultipleView(WithPicture, OnlyVisible, chooser.ChosenMultipleView):
    """The answer to several choices."""

    def get_objects(self, pks: list[str]) -> QuerySet[Asset]:
        return self.get_object_list().filter(pk__in=pks)


class IngestForm(UploadForm):
    """The upload tab: validation takes the file in; a refusal, and a wait of ours, becomes an error of the field."""

    user: Any = None
    asset: Asset | None = None
    problem: Waiting | None = None  # the disk did not take the file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.problem:
            self.errors["file"] = self.error_class([api.form_message(self.problem)])
        elif upload := cleaned.get("file"):
            self._take_in(upload)
        return cleaned

    def _take_in(self, file: Any) -> None:
        try:
            upload = uploads.receive_file(self.user, file)
        except (Refused, Waiting) as problem:
            self.add_error("file", api.form_message(problem))
            return
        if upload.asset is None:
            later = _("Khi xong, tệp có trong thẻ Tìm.")
            self.add_error("file", f"{uploads.kept_message(upload)} {later}")
        self.asset = upload.asset

    def save(self) -> Asset:
        """The asset that ``clean`` took in."""
        assert self.asset is not None  # else the field has an error
        return self.asset


class CreateView(WithPicture, chooser.CreateView):
    """Takes the upload of the dialogue."""

    def get_creation_form(self) -> IngestForm:
        form: IngestForm = super().get_creation_form()
        form.user, form.problem = self.request.user, form_files.problem_of(self.request)
        return form


class AssetChooserViewSet(ChooserViewSet):
    """Addresses of the dialogue; registering it makes ``AssetChooserWidget`` the widget of every key to an asset."""

    model = Asset
    name = "media_chooser"
    url_prefix = "media-chooser"
    icon = "media"
    choose_one_text = _("Chọn tệp")
    choose_another_text = _("Chọn tệp khác")
    edit_item_text = _("Xem tệp này")
    search_tab_label = _("Tìm")
    creation_tab_label = _("Tải lên")
    create_action_label = _("Tải lên")
    per_page = 12
    base_widget_class = AssetChooserInput
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    create_view_class = CreateView
    creation_form_class = IngestForm


asset_chooser = AssetChooserViewSet()
AssetChooserWidget = asset_chooser.widget_class
