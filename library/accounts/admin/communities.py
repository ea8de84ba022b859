"""Communities with their members and keepers. Only those who manage the office that keeps the list see it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from library.language.folded_search import FoldedSearch

from ..actions.memberships import add_member, remove_member, save_community
from ..models import Community, Membership, User
from ..scope import managed_communities, managed_people
from .forms import CommunityForm
from .managed import managed_view


class CommunityIndexView(FoldedSearch, generic.IndexView):
    """The communities of the scope."""

    def get_base_queryset(self) -> QuerySet[Community]:
        return managed_communities(self.request.user).select_related("office")


class CommunityFormMixin:
    """Gives the form its manager, and saves by the action."""

    request: HttpRequest
    form: CommunityForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "manager": self.request.user}  # type: ignore[misc]

    def save_instance(self) -> Community:
        return save_community(self.form.save(commit=False), manager=self.request.user)


class CommunityCreateView(CommunityFormMixin, generic.CreateView):
    """A new community; its members are added on its own page."""

    def get_initial(self) -> dict[str, Any]:
        user: Any = self.request.user
        return {"office": user.office}

    def get_success_url(self) -> str:
        return reverse("communities:members", args=[self.object.pk])


class CommunityEditView(CommunityFormMixin, generic.EditView):
    """Names, protocol and office of a community."""

    template_name = "accounts/admin/community.html"


class AddMemberForm(forms.Form):
    """A person of the manager's scope, and whether the person decides for the community."""

    username = forms.CharField(label=gettext_lazy("Tên đăng nhập của người cần thêm"), max_length=150)
    keeper = forms.BooleanField(label=gettext_lazy("Quyết định thay cộng đồng"), required=False)

    def __init__(self, *args: Any, manager: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manager = manager

    def clean_username(self) -> User:
        person = managed_people(self.manager).filter(username__iexact=self.cleaned_data["username"].strip()).first()
        if person is None:
            raise forms.ValidationError(_("Không thấy người này trong phạm vi bạn quản lý."))
        return person


class MembersView(generic.EditView):
    """The members: add, make keeper, remove. People outside the scope are counted, not named."""

    model = Community
    template_name = "accounts/admin/members.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.object: Community = self.get_object()

    def get_form(self, form_class: Any = None) -> AddMemberForm:
        return AddMemberForm(self.request.POST if "add" in self.request.POST else None, manager=self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form = self.get_form()
        if "add" in request.POST:
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(form=form), status=400)
            add_member(self.object, form.cleaned_data["username"], keeper=form.cleaned_data["keeper"], manager=request.user)
        else:
            self._change_row(request)
        messages.success(request, _("Đã lưu danh sách thành viên."))
        return redirect("communities:members", self.object.pk)

    def _change_row(self, request: HttpRequest) -> None:
        """One of the buttons in a row: remove, or change who decides."""
        row = self._rows().filter(pk=request.POST.get("row", "") if request.POST.get("row", "").isdecimal() else 0).first()
        if row is None:
            raise PermissionDenied
        if "remove" in request.POST:
            remove_member(self.object, row.user, manager=request.user)
        else:
            add_member(self.object, row.user, keeper="keeper" in request.POST, manager=request.user)

    def _rows(self) -> QuerySet[Membership]:
        members = Membership.objects.filter(community=self.object, user__in=managed_people(self.request.user))
        return members.select_related("user__office").order_by("-keeper", "user__username")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self._rows())
        others = Membership.objects.filter(community=self.object).count() - len(rows)
        return {**super().get_context_data(**kwargs), "rows": rows, "others": others, "community": self.object}


class CommunityViewSet(ModelViewSet):
    """Communities in the main menu; every view asks for the scope."""

    model = Community
    icon = "group"
    menu_label = gettext_lazy("Cộng đồng")
    menu_order = 170
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = CommunityIndexView
    add_view_class = CommunityCreateView
    edit_view_class = CommunityEditView
    search_fields = ["name_vi", "name_en"]
    add_to_reference_index = False

    @cached_property
    def list_display(self) -> list[Any]:
        return ["name_vi", Column("office", label=gettext_lazy("Cơ quan giữ danh sách"))]

    def get_form_class(self, for_update: bool = False) -> type[CommunityForm]:
        return CommunityForm

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        """Adds the check of the scope to every view: all views of the viewset are made here."""
        return super().construct_view(managed_view(view_class, managed_communities), **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        members = self.construct_view(MembersView, **self.get_edit_view_kwargs() | {"template_name": MembersView.template_name})
        return [*super().get_urlpatterns(), path("members/<int:pk>/", members, name="members")]
