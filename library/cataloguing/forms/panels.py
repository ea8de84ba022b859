"""The tabs and panels of the edit form of a record."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface

from .dates import DateRowForm
from .pickers import AuthorityPicker
from .record import RecordForm
from .rows import LabelRowForm, LimitedRowsPanel, LinkRowForm, TextRowForm
from .title import TitleInput

WHAT: list[Panel] = [
    MultiFieldPanel(
        [
            FieldPanel("title_vi", required_on_save=True, widget=TitleInput),  # a draft, too, needs a title, to be found in the list
            FieldPanel("title_en"),
            FieldPanel("summary_vi"),
            FieldPanel("summary_en"),
            FieldPanel("summary_reviewed"),
        ],
        heading=_("Tên và tóm tắt"),
    ),
    LimitedRowsPanel("texts", row_form=TextRowForm, heading=_("Tên gốc, tên khác, văn bản bằng tiếng khác"), label=_("văn bản")),
    FieldPanel("details", classname="own-fields"),
]
WHOSE_AND_WHERE: list[Panel] = [
    MultiFieldPanel(
        [
            FieldPanel("groups", widget=AuthorityPicker("group")),
            FieldPanel("subgroups", widget=AuthorityPicker("subgroup")),
            FieldPanel("communities", widget=AuthorityPicker("community")),
        ],
        heading=_("Của ai"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("places", widget=AuthorityPicker("unit", former="former_units")),
            FieldPanel("former_units", widget=AuthorityPicker("former_unit", present="places")),
            FieldPanel("place_recorded"),
        ],
        heading=_("Ở đâu"),
    ),
    LimitedRowsPanel("dates", row_form=DateRowForm, heading=_("Thời gian"), label=_("thời gian")),
    LimitedRowsPanel("people", row_form=LinkRowForm, heading=_("Người liên quan"), label=_("người")),
    MultiFieldPanel(
        [FieldPanel("languages", widget=AuthorityPicker("language")), FieldPanel("scripts", widget=AuthorityPicker("script"))],
        heading=_("Tiếng và chữ"),
    ),
    MultiFieldPanel(
        [FieldPanel("unesco_domains", widget=CheckboxSelectMultiple), FieldPanel("vitality"), FieldPanel("tags")],
        heading=_("Xếp loại"),
    ),
]
MEDIA: list[Panel] = [LimitedRowsPanel("media", row_form=LinkRowForm, heading=_("Ảnh, âm thanh, phim, tài liệu"), label=_("tệp"))]
SOURCES: list[Panel] = [
    LimitedRowsPanel("sources", heading=_("Nguồn"), label=_("nguồn")),
    MultiFieldPanel([FieldPanel("confidence"), FieldPanel("collected_at")], heading=_("Chắc đến đâu")),
    LimitedRowsPanel("relations", row_form=LinkRowForm, heading=_("Liên hệ với tư liệu khác"), label=_("liên hệ")),
]
RIGHTS: list[Panel] = [
    MultiFieldPanel([FieldPanel("office"), FieldPanel("own_access")], heading=_("Ai giữ, ai xem")),
    MultiFieldPanel([FieldPanel("rights"), FieldPanel("rights_holder"), FieldPanel("credit")], heading=_("Quyền")),
    FieldPanel("warnings", widget=CheckboxSelectMultiple),
    LimitedRowsPanel("labels", row_form=LabelRowForm, heading=_("Nhãn của cộng đồng"), label=_("nhãn")),
]
EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(WHAT, heading=_("Là gì")),
        ObjectList(WHOSE_AND_WHERE, heading=_("Của ai, ở đâu")),
        ObjectList(MEDIA, heading=_("Ảnh, tiếng, phim")),
        ObjectList(SOURCES, heading=_("Nguồn")),
        ObjectList(RIGHTS, heading=_("Quyền và ai được xem")),
    ],
    base_form_class=RecordForm,
)
