"""The admin's list of curated questions, their form, and the preview of what changes."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from library.cataloguing.forms.rows import LimitedRowsPanel, LinkRowForm
from library.language.folded_search import FoldedSearch
from library.records.access.files import viewer_of
from library.records.models import Record

from ..asking.find import SearchUnavailable
from ..models import CuratedQuestion
from .forms import CuratedQuestionForm, row_of
from .preview import preview_of

ASKED = "cau"  # parameter: the question of a new form
MOST_PINS, MOST_BARS, MOST_SYNONYMS = 10, 50, 20


class CuratedIndexView(FoldedSearch, generic.IndexView):
    """The list; what is set is read with it."""

    def get_base_queryset(self) -> QuerySet[CuratedQuestion]:
        return CuratedQuestion.objects.select_related("set_by").prefetch_related("pins", "bars", "synonyms")


class CuratedFormMixin:
    """Writes down who sets it; the form knows where its preview is."""

    request: HttpRequest
    form: Any
    object: Any

    def save_instance(self) -> CuratedQuestion:
        self.form.instance.set_by = self.request.user
        saved: CuratedQuestion = super().save_instance()  # type: ignore[misc]
        return saved

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = getattr(self.form.instance, "pk", None) if hasattr(self, "form") else getattr(self.object, "pk", None)
        preview = reverse("curated_questions:preview", args=[kept or 0])
        return {**super().get_context_data(**kwargs), "preview_url": preview}  # type: ignore[misc]


class CuratedCreateView(CuratedFormMixin, generic.CreateView):
    """A new question; a link may bring its words."""

    def get_initial(self) -> dict[str, Any]:
        return {"question": self.request.GET.get(ASKED, "")[:200]}


class CuratedEditView(CuratedFormMixin, generic.EditView):
    """One question. Its form shows titles of records, so whoever may not see one of these cannot open it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        curated = self.get_object()
        records = {row.record_id for rows in (curated.pins, curated.bars) for row in rows.all()}
        if Record.objects.visible_to(viewer_of(request.user)).filter(pk__in=records).count() < len(records):
            messages.error(request, _("Câu này có tư liệu mà bạn không được xem, nên bạn không sửa được."))
            return redirect("curated_questions:index")
        return super().dispatch(request, *args, **kwargs)


class PreviewView(generic.CreateView):
    """The preview of a form that is not saved, as a piece of HTML. It needs no more than the right to fill in that form."""

    any_permission_required = ["add", "change"]
    permission_required = None  # type: ignore[assignment]
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        replaced = CuratedQuestion.objects.filter(pk=kwargs["pk"]).first()
        form = self.get_form_class()(request.POST, instance=replaced or CuratedQuestion(), for_user=request.user)
        row = row_of(form)
        context: dict[str, Any] = {}
        try:
            context["preview"] = preview_of(row, kwargs["pk"], viewer_of(request.user)) if row.question else None
        except SearchUnavailable:
            context["unavailable"] = True
        return TemplateResponse(request, "search/curated/preview.html", context)


def _name(question: CuratedQuestion) -> str:
    person: Any = question.set_by
    return (person.get_full_name() or person.username) if person else ""


class SetColumn(Column):
    """What is set for a question, in one line of words."""

    def get_value(self, instance: CuratedQuestion) -> str:
        pins, bars = len(instance.pins.all()), len(instance.bars.all())
        synonyms = ", ".join(each.words for each in instance.synonyms.all())
        parts = (
            _("ghim %(number)d") % {"number": pins} if pins else "",
            _("bỏ ra %(number)d") % {"number": bars} if bars else "",
            _("đồng nghĩa: %(words)s") % {"words": synonyms} if synonyms else "",
            _("đã hết hạn") if instance.ended else "",
        )
        return " · ".join(filter(None, parts))


def _records_panel(relation: str, **options: Any) -> LimitedRowsPanel:
    """Rows of one record each, offered as far as the person may see them."""
    return LimitedRowsPanel(relation, row_form=LinkRowForm, panels=[FieldPanel("record")], **options)


class CuratedQuestionViewSet(ModelViewSet):
    """Curated questions, among the reports beside the page of searches without results."""

    model = CuratedQuestion
    name = "curated_questions"
    url_prefix = "tim-kiem/cau-tim"
    url_namespace = "curated_questions"
    icon = "pick"
    menu_label = gettext_lazy("Câu tìm đã chỉnh")
    menu_order = 710
    menu_hook = "register_reports_menu_item"
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = CuratedIndexView
    add_view_class = CuratedCreateView
    edit_view_class = CuratedEditView
    create_template_name = edit_template_name = "search/curated/form.html"
    search_fields = ["question", "note"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("question"),
            _records_panel("pins", heading=gettext_lazy("Ghim lên đầu"), label=gettext_lazy("tư liệu ghim"), max_num=10),
            _records_panel("bars", heading=gettext_lazy("Không cho ra"), label=gettext_lazy("tư liệu bỏ ra"), max_num=50),
            InlinePanel(
                "synonyms",
                panels=[FieldPanel("words"), FieldPanel("both_ways")],
                heading=gettext_lazy("Từ đồng nghĩa"),
                label=gettext_lazy("từ đồng nghĩa"),
                help_text=gettext_lazy("Dùng cho mọi câu tìm có các từ này, không chỉ câu này."),
                max_num=MOST_SYNONYMS,
            ),
            FieldRowPanel([FieldPanel("note"), FieldPanel("ends_on")]),
        ],
        base_form_class=CuratedQuestionForm,
    )

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            "question",
            SetColumn("set", label=gettext_lazy("Đã đặt")),
            Column("note", label=gettext_lazy("Lý do")),
            Column("set_by", label=gettext_lazy("Người đặt"), accessor=_name),
            DateColumn("changed_at", label=gettext_lazy("Sửa lúc"), sort_key="changed_at"),
        ]

    def get_urlpatterns(self) -> list[Any]:
        preview = self.construct_view(PreviewView, panel=self._edit_handler, form_class=self.get_form_class())
        return [*super().get_urlpatterns(), path("preview/<int:pk>/", preview, name="preview")]
