"""Offices and their people: the tree at the left, one office at the right; new, renamed and moved offices."""

from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from ..actions.edit_office import create_office, rename_office
from ..actions.move_office import move_office
from ..models import Office
from ..roles import ROLES, rights
from ..scope import MANAGE_PEOPLE, managed_communities, managed_offices
from .forms import MoveOfficeForm, NewOfficeForm, RenameOfficeForm
from .menu import shown_to
from .office_picker import pick_office
from .office_tree import people_of, search_offices, search_people, tree_to

# What the table "who may do what" asks of each role.
ABILITIES = (
    (gettext_lazy("Viết, gửi duyệt"), "records.add_record"),
    (gettext_lazy("Sửa bản của cơ quan"), "records.change_record"),
    (gettext_lazy("Duyệt, đăng, gỡ xuống"), "records.publish_record"),
    (gettext_lazy("Mời người, quản lý cơ quan"), MANAGE_PEOPLE),
)


class OfficePage(WagtailAdminTemplateMixin, TemplateView):
    """A page about offices, for whoever manages people; offices outside the scope do not exist."""

    request: HttpRequest
    office: Office | None = None
    page_title = gettext_lazy("Cơ quan và người")
    header_icon = "site"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MANAGE_PEOPLE):  # type: ignore[union-attr]
            raise PermissionDenied
        self.scope = managed_offices(request.user)
        if "pk" in kwargs:
            self.office = get_object_or_404(self.scope.select_related("parent"), pk=kwargs["pk"])
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        return response

    def may_move(self, office: Office) -> bool:
        """Whether the person manages the office above: the own office hangs where somebody higher has put it."""
        return office.parent_id is not None and self.scope.filter(pk=office.parent_id).exists()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse("offices:index"), "label": OfficePage.page_title}]
        return [*items, {"url": "", "label": str(self.office)}] if self.office else items


class OfficeView(OfficePage):
    """One office: its place in the tree, its people with what they hold, and who may do what."""

    template_name = "accounts/admin/office.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, user = super().get_context_data(**kwargs), self.request.user
        typed = self.request.GET.get("q", "").strip()[:100]
        office = self.office or self._first()
        context |= {"office": office, "typed": typed, "roles": role_table(), "abilities": [label for label, _right in ABILITIES]}
        if typed:
            return context | {"offices": search_offices(self.scope, typed), "people": search_people(user, typed)}
        if office is not None:
            context |= {
                "branches": tree_to(office, self.scope),
                "rows": people_of(office, user),
                "number_below": self.scope.filter(path__startswith=office.path).count() - 1,
                "communities": managed_communities(user).filter(office=office),
                "movable": self.may_move(office),
            }
        return context

    def _first(self) -> Office | None:
        """The person's own office, or the highest of the scope."""
        user: Any = self.request.user
        return self.scope.filter(pk=user.office_id).first() or self.scope.order_by("path").first()


def role_table() -> list[dict[str, Any]]:
    """One row for each role: its name, what it may do in words, and yes or no for each ability."""
    return [{"role": role, "abilities": [right in rights(role) for _label, right in ABILITIES]} for role in ROLES]


class OfficeFormPage(OfficePage, ABC):
    """A form about one office: shows it, calls the action, tells what the action refused."""

    template_name = "accounts/admin/office_form.html"
    submit_label: Any = gettext_lazy("Lưu")

    @abstractmethod
    def build_form(self, data: Any = None) -> forms.Form:
        """The form, with what was sent."""

    @abstractmethod
    def carry_out(self, form: Any) -> Office:
        """Calls the action and returns the office to show next. Raises ValidationError for what cannot be."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.build_form()
        context = super().get_context_data(**kwargs)
        cancel_url = reverse("offices:office", args=[self.office.pk]) if self.office else reverse("offices:index")
        words = {"submit_label": self.submit_label, "cancel_url": cancel_url}
        return {**context, **words, "form": form, "media": form.media, "office": self.office}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.build_form(request.POST)
        if form.is_valid():
            try:
                office = self.carry_out(form)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Đã lưu cơ quan “%(office)s”.") % {"office": office})
                return redirect("offices:office", office.pk)
        return self.render_to_response(self.get_context_data(form=form), status=400)


class NewOfficeView(OfficeFormPage):
    """A new office under this one; a superuser may also make the first one of all."""

    page_title = gettext_lazy("Thêm cơ quan")
    submit_label = gettext_lazy("Thêm cơ quan")

    def build_form(self, data: Any = None) -> forms.Form:
        if self.office is None and not self.request.user.is_superuser:  # type: ignore[union-attr]
            raise PermissionDenied
        return NewOfficeForm(data, parent=self.office)

    def carry_out(self, form: NewOfficeForm) -> Office:
        return create_office(form.names(), form.cleaned_data["level"], self.office, user=self.request.user)


class RenameOfficeView(OfficeFormPage):
    """Other names for the office; nothing else depends on them."""

    page_title = gettext_lazy("Sửa tên cơ quan")
    submit_label = gettext_lazy("Lưu tên")

    def build_form(self, data: Any = None) -> forms.Form:
        assert self.office is not None
        return RenameOfficeForm(data, initial={"name_vi": self.office.name_vi, "name_en": self.office.name_en})

    def carry_out(self, form: RenameOfficeForm) -> Office:
        assert self.office is not None
        rename_office(self.office, form.names(), user=self.request.user)
        return self.office


class MoveOfficeView(OfficeFormPage):
    """Another office above: the subtree goes along, with rights and search."""

    page_title = gettext_lazy("Đổi cơ quan trên")
    submit_label = gettext_lazy("Chuyển cơ quan")

    def build_form(self, data: Any = None) -> forms.Form:
        assert self.office is not None
        if not self.may_move(self.office):
            raise PermissionDenied
        return MoveOfficeForm(data, office=self.office, manager=self.request.user)

    def carry_out(self, form: MoveOfficeForm) -> Office:
        assert self.office is not None
        move_office(self.office, form.cleaned_data["parent"], user=self.request.user)
        return self.office


class OfficeViewSet(ViewSet):
    """Offices and people in the main menu."""

    icon = "site"
    menu_label = gettext_lazy("Cơ quan và người")
    menu_order = 160
    add_to_admin_menu = True
    menu_item_class = shown_to(lambda user: user.has_perm(MANAGE_PEOPLE))

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", OfficeView.as_view(), name="index"),
            path("new/", NewOfficeView.as_view(), name="new_root"),
            path("pick/<slug:choices>/", pick_office, name="pick"),
            path("<int:pk>/", OfficeView.as_view(), name="office"),
            path("<int:pk>/new/", NewOfficeView.as_view(), name="new"),
            path("<int:pk>/rename/", RenameOfficeView.as_view(), name="rename"),
            path("<int:pk>/move/", MoveOfficeView.as_view(), name="move"),
        ]
