"""The staff's screen: ordering packs, how far the worker is, stopping it and having it begin again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from library.accounts.admin.menu import shown_to

from ..access import may_order
from ..actions import order
from ..estimate import estimates
from ..models import PackIssue, Weight
from ..subjects import communes_named, subject_of, subjects

SHOWN = 50
STEPS: dict[str, Callable[..., None]] = {"stop": order.stop, "resume": order.resume}


class OrderForm(forms.Form):
    """Of whom, how heavy, in which language."""

    about = forms.ChoiceField(label=gettext_lazy("Gói về"))
    commune = forms.CharField(label=gettext_lazy("Hoặc tên xã, phường"), required=False, max_length=100)
    weight = forms.ChoiceField(label=gettext_lazy("Nặng nhẹ"), choices=Weight.choices, widget=forms.RadioSelect, initial=Weight.TEXT)
    language = forms.ChoiceField(label=gettext_lazy("Ngôn ngữ"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(label, [(each.value, each.name) for each in found]) for label, found in subjects()]
        field: Any = self.fields["about"]
        field.choices, field.required = [("", "–"), *groups], False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        communes = communes_named(cleaned.get("commune", ""))
        chosen = subject_of(cleaned.get("about", "")) or next(iter(communes), None)
        if chosen is None:
            raise ValidationError(_("Hãy chọn một dân tộc, một tỉnh hoặc một chuyện, hoặc gõ tên xã."))
        if not cleaned.get("about") and len(communes) > 1:
            names = "; ".join(each.name for each in communes)
            raise ValidationError(_("Có nhiều xã tên như vậy: %(names)s. Hãy gõ đủ tên.") % {"names": names})
        return cleaned | {"subject": chosen}


class PackScreen(WagtailAdminTemplateMixin, TemplateView):
    """A page about packs, for whoever publishes records."""

    page_title = gettext_lazy("Gói mang về")
    header_icon = "download"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_order(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": reverse("pack_orders:index"), "label": self.page_title}]


class PackIndexView(PackScreen):
    """The form of an order, and the issues, the newest first."""

    template_name = "packs/admin/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        issues = PackIssue.objects.select_related("pack")[:SHOWN]
        return super().get_context_data(**kwargs) | {"form": kwargs.get("form") or OrderForm(), "issues": issues}

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Shows what a pack will weigh, or orders it."""
        form = OrderForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        chosen = form.cleaned_data
        if "look" in request.POST:
            size = estimates(chosen["subject"])[chosen["weight"]]
            return self.render_to_response(self.get_context_data(form=form) | {"subject": chosen["subject"], "size": size})
        try:
            issue = order.order_as_staff(chosen["subject"], chosen["weight"], chosen["language"], user=request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.render_to_response(self.get_context_data(form=form), status=400)
        return redirect(reverse("pack_orders:one", args=[issue.pk]))


class PackIssueView(PackScreen):
    """One issue. What is shown follows from its state."""

    template_name = "packs/admin/issue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        issue = get_object_or_404(PackIssue.objects.select_related("pack"), pk=kwargs["pk"])
        return super().get_context_data(**kwargs) | {"issue": issue}


@require_POST
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Stops an issue, or has the worker begin again with it."""
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](get_object_or_404(PackIssue, pk=pk), user=request.user)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    return redirect(reverse("pack_orders:one", args=[pk]))


class PackViewSet(ViewSet):
    """Packs in the main menu."""

    icon = "download"
    menu_label = gettext_lazy("Gói mang về")
    menu_order = 130
    add_to_admin_menu = True
    menu_item_class = shown_to(may_order)

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", PackIndexView.as_view(), name="index"),
            path("<int:pk>/", PackIssueView.as_view(), name="one"),
            path("<int:pk>/<slug:step>/", take_step, name="step"),
        ]
