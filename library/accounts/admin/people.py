"""The list of people, invitations and the form of a person: Wagtail's own screens, inside the manager's scope."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.users.views import users as wagtail_users

from library.language.folded_search import FoldedSearch

from ..actions.invite import invite, send_invitation
from ..actions.people import change_person, create_person
from ..models import Office, User
from ..roles import ROLES, role_of
from ..scope import managed_offices, managed_people
from . import account_pages
from .forms import ChangePersonForm, InviteForm, PersonForm
from .managed import managed_view
from .office_picker import OfficePicker


class PeopleFilterSet(WagtailFilterSet):
    """Filters by office, role and whether the person may sign in."""

    office = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Cơ quan"),
        queryset=lambda request: managed_offices(request.user),
        widget=OfficePicker("managed"),
    )
    role = django_filters.ChoiceFilter(
        label=gettext_lazy("Vai trò"), field_name="groups__name", choices=[(role.name, role.label) for role in ROLES]
    )
    is_active = django_filters.BooleanFilter(label=gettext_lazy("Đang hoạt động"))

    def __init__(self, *args: Any, is_searching: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    class Meta:
        model = User
        fields = ["office", "role", "is_active"]


class PeopleIndexView(FoldedSearch, wagtail_users.IndexView):
    """The people of the scope. They are changed one by one: each change asks what becomes of the work."""

    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "wagtailadmin/generic/index_results.html"
    page_title = gettext_lazy("Người")
    add_item_label = gettext_lazy("Mời người")

    @cached_property
    def columns(self) -> list[Column]:
        name_column = self._get_title_column_class(wagtail_users.UserColumn)
        return [
            name_column("name", accessor=_full_name, label=gettext_lazy("Người"), sort_key="name", get_url=self.get_edit_url),
            Column("username", label=gettext_lazy("Tên đăng nhập"), sort_key="username"),
            Column("office", label=gettext_lazy("Cơ quan"), sort_key="office"),
            Column("role", label=gettext_lazy("Vai trò"), accessor=_role_label),
            BooleanColumn("is_active", label=gettext_lazy("Đang hoạt động"), sort_key="is_active"),
            DateColumn("last_login", label=gettext_lazy("Vào lần cuối"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> QuerySet[User]:
        people = managed_people(self.request.user).select_related("office", "wagtail_userprofile")
        return people.prefetch_related("groups")

    def get_list_more_buttons(self, instance: User) -> list[Button]:
        buttons: list[Button] = super().get_list_more_buttons(instance)
        return [*buttons, *account_pages.buttons(instance, self.request.user)]


def _full_name(user: User) -> str:
    return user.get_full_name() or user.username


def _role_label(user: User) -> Any:
    role = role_of(user)
    return gettext_lazy("Quản trị toàn hệ thống") if user.is_superuser else role.label if role else "–"


class ManagedFormMixin:
    """Gives the form its manager."""

    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        kwargs.pop("editing_self", None)
        return kwargs | {"manager": self.request.user}


class InviteView(ManagedFormMixin, wagtail_users.CreateView):
    """Makes the account and its invitation, then shows or mails the code."""

    template_name = "wagtailadmin/generic/form.html"
    page_title = page_subtitle = gettext_lazy("Mời người")
    submit_button_label = gettext_lazy("Tạo lời mời")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        people = {"url": reverse("wagtailusers_users:index"), "label": _("Người")}
        return [*self.breadcrumbs_items, people, {"url": "", "label": self.page_title}]

    def get_initial(self) -> dict[str, Any]:
        offices = managed_offices(self.request.user)
        asked_for = self.request.GET.get("office", "")
        office = offices.filter(pk=asked_for).first() if asked_for.isdecimal() else None
        return {"office": office or self._own_office(), "role": "cataloguer"}

    def _own_office(self) -> Office | None:
        user: Any = self.request.user
        return user.office  # type: ignore[no-any-return]

    def save_instance(self) -> User:
        return create_person(self.form.person(), manager=self.request.user)

    def save_action(self) -> HttpResponse:
        code = invite(self.object, manager=self.request.user)
        if self.form.cleaned_data["delivery"] == InviteForm.BY_MAIL:
            account_pages.mail_or_show(self.request, self.object, code, send_invitation)
        else:
            account_pages.show_once(self.request, self.object, code)
        return redirect("wagtailusers_users:invitation", self.object.pk)


class PersonView(ManagedFormMixin, wagtail_users.EditView):
    """The form of a person; invitation and stopping are pages of their own."""

    template_name = "accounts/admin/person.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.can_delete: bool = wagtail_users.user_can_delete_user(request.user, self.object) and self.object.last_login is None

    def save_instance(self) -> User:
        change_person(self.object, self.form.person(), manager=self.request.user, work=self.form.work_choice())
        return self.object  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"buttons": account_pages.buttons(self.object, self.request.user)}

    def get_success_url(self) -> str:
        office = self.object.office
        return reverse("offices:office", args=[office.pk]) if office else reverse("wagtailusers_users:index")


class DeleteView(wagtail_users.DeleteView):
    """Only an account that was never used is deleted; the name of anybody else stays in the history, so the account is stopped."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.get_object().last_login is not None:
            messages.error(request, _("Tài khoản đã dùng thì không xóa, chỉ ngừng: tên còn trong lịch sử tư liệu."))
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class PeopleViewSet(wagtail_users.UserViewSet):
    """Wagtail's viewset of users with our views; every one of them asks for the scope."""

    menu_label = gettext_lazy("Người")
    index_view_class = PeopleIndexView
    add_view_class = InviteView
    edit_view_class = PersonView
    delete_view_class = DeleteView
    filterset_class = PeopleFilterSet
    template_prefix = ""
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return ChangePersonForm if for_update else InviteForm

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        """Adds the check of the scope to every view: all views of the viewset are made here."""
        return super().construct_view(managed_view(view_class, managed_people), **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("invitation/<int:pk>/", self.construct_view(account_pages.InvitationView), name="invitation"),
            path("second-factor/<int:pk>/", self.construct_view(account_pages.SecondFactorView), name="second_factor"),
            path("stop/<int:pk>/", self.construct_view(account_pages.DeactivateView), name="stop"),
            path("resume/<int:pk>/", self.construct_view(account_pages.ReactivateView), name="resume"),
        ]
