"""Registers the admin pages of records: list and forms, actions and their log messages, the panels of the first page."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel
from wagtail.snippets.models import register_snippet

from library.records.models import Record
from library.records.written_languages import LIST, known_languages

from .forms.dates import read_date_rule, read_written_date
from .forms.pickers import pick
from .handbook.views import TITLE, list_handbook, show_handbook_of_type, show_handbook_page
from .review.comparison import register_comparisons
from .review.dashboard import WorkPanel
from .review.exports import mend_exports
from .review.mails import leave_records_to_our_letters
from .review.my_work import MyWorkItem, show_my_work
from .review.names import translate_log, translate_names
from .review.reading_sheet import review_record, show_version
from .review.refusals import RefusalPanel
from .review.waiting import OfficeReviewPanel
from .views.bulk import DeleteDrafts
from .views.consents import USES, show_consents, withdraw_consents
from .views.menu import BroadcastConsentMenuItem, ConsentMenuItem, ReadingSheetMenuItem, RecordSearchArea, WithdrawMenuItem, adapt_menu
from .views.near_titles import list_near_titles
from .views.viewset import RecordViewSet
from .views.withdrawal import restore_record, withdraw_record

SAVING = ("form", "unsaved")  # modules in static/js/saving/ that a form loads by itself

register_snippet(RecordViewSet)
register_comparisons()
hooks.register("register_bulk_action", DeleteDrafts, order=1)  # registered after Wagtail's own action, which it replaces


@hooks.register("register_snippet_action_menu_item")
def register_withdraw_item(model: type) -> WithdrawMenuItem | None:
    """Adds the menu item "withdraw" to the edit form of records only."""
    return WithdrawMenuItem(order=90) if model is Record else None


@hooks.register("register_snippet_action_menu_item")
def register_consent_item(model: type) -> ConsentMenuItem | None:
    """Adds the way to the consents, to the edit form of records only."""
    return ConsentMenuItem(order=80) if model is Record else None


@hooks.register("register_snippet_action_menu_item")
def register_broadcast_consent_item(model: type) -> BroadcastConsentMenuItem | None:
    """Adds the way to the consents to be broadcast, to the edit form of records only."""
    return BroadcastConsentMenuItem(order=81) if model is Record else None


@hooks.register("register_snippet_action_menu_item")
def register_reading_sheet(model: type) -> ReadingSheetMenuItem | None:
    """Adds the way to the reading sheet, to the edit form of records only."""
    return ReadingSheetMenuItem(order=10) if model is Record else None


@hooks.register("construct_snippet_action_menu")
def adapt_record_menu(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Leaves one way to take a record from the public: our withdrawal."""
    adapt_menu(items, context)


@hooks.register("register_admin_menu_item")
def register_my_work() -> MyWorkItem:
    """The page of what waits for the person, first in the side bar."""
    return MyWorkItem()


@hooks.register("register_admin_search_area")
def register_record_search() -> RecordSearchArea:
    """The search in records, for the side bar and beside the searches in other things."""
    return RecordSearchArea()


@hooks.register("insert_editor_js")
def save_with_care() -> str:
    """The scripts of every editor's form: it says when it was saved, signs in again, is sent once, and keeps its text until then."""
    return format_html_join("", '<script type="module" src="{}"></script>', [(static(f"js/saving/{name}.js"),) for name in SAVING])


@hooks.register("register_help_menu_item")
def register_handbook_item() -> MenuItem:
    """The handbook stands in the help menu."""
    return MenuItem(TITLE, reverse_lazy("handbook"), name="handbook", icon_name="doc-full", order=100)


@hooks.register("insert_editor_js")
def say_what_is_missing() -> str:
    """The scripts that say over a record's form what is missing to publish, link each field to the handbook, and show keywords plainly."""
    scripts = [(static(f"admin/{name}.js"),) for name in ("completeness", "handbook-links", "keywords")]
    return format_html_join("", '<script type="module" src="{}"></script>', scripts)


@hooks.register("insert_global_admin_js")
def drop_copies() -> str:
    """The script that drops the browser's copy of a form once the server has it, and all copies at the sign-out."""
    return format_html('<script type="module" src="{}"></script>', static("js/saving/arrival.js"))


@hooks.register("insert_editor_js")
def list_languages() -> str:
    """The names that every field of a language offers while somebody types."""
    return format_html(
        '<datalist id="{}">{}</datalist>', LIST, format_html_join("", '<option value="{}">', ((name,) for _tag, name in known_languages()))
    )


@hooks.register("register_admin_urls")
def register_record_urls() -> list[Any]:
    """The suggestions of AuthorityPicker, near titles, what a typed date or rule means, the handbook; work, review and withdrawal."""
    return [
        path("near-titles/", list_near_titles, name="near_titles"),
        path("dates/read/", read_written_date, name="read_written_date"),
        path("dates/rule/", read_date_rule, name="read_date_rule"),
        path("handbook/", list_handbook, name="handbook"),
        path("handbook/types/<slug:code>/", show_handbook_of_type, name="handbook_type"),
        path("handbook/<slug:slug>/", show_handbook_page, name="handbook_page"),
        path("authorities/<slug:kind>/", pick, name="pick_authority"),
        path("my-work/", show_my_work, name="my_work"),
        path("records/<int:pk>/review/", review_record, name="review_record"),
        path("records/<int:pk>/review/<str:version>/", show_version, name="review_version"),
        *(path(f"records/<int:pk>/{use}-consent/", show_consents, {"use": use}, words.address) for use, words in USES.items()),
        *(
            path(f"records/<int:pk>/{use}-consent/withdraw/", withdraw_consents, {"use": use}, words.withdraw)
            for use, words in USES.items()
        ),
        path("records/<int:pk>/withdraw/", withdraw_record, name="withdraw_record"),
        path("records/<int:pk>/restore/", restore_record, name="restore_record"),
    ]


@hooks.register("register_log_actions")
def register_record_actions(actions: Any) -> None:
    """The messages of the audit log for the actions that Wagtail does not have."""
    actions.register_action("records.withdraw", _("Gỡ xuống"), _("Đã gỡ xuống"))
    actions.register_action("records.restore", _("Đưa trở lại"), _("Đã đưa trở lại làm bản nháp"))
    actions.register_action("records.consent", _("Ghi sự đồng ý"), _("Đã ghi một sự đồng ý"))
    actions.register_action("records.consent_withdrawn", _("Rút sự đồng ý"), _("Đã rút một sự đồng ý"))
    actions.register_action("records.change_office", _("Đổi cơ quan phụ trách"), _("Đã chuyển sang cơ quan khác"))
    actions.register_action("records.review_passed_on", _("Chuyển lên cấp trên duyệt"), _("Đã chuyển lên cấp trên duyệt"))
    actions.register_action("records.publication_refused", _("Chưa đăng được theo lịch"), _("Đến giờ mà chưa đăng được"))


@hooks.register("register_log_actions", order=1)  # after Wagtail's own, whose lines it translates
def translate_names_in_log(actions: Any) -> None:
    """The lines of the history name a review in the reader's language."""
    translate_log(actions)


@hooks.register("construct_homepage_panels")
def show_own_work(request: HttpRequest, panels: list[Any]) -> None:
    """Puts our panels of work in the place of Wagtail's, which show the reviews of every office."""
    panels[:] = [panel for panel in panels if not isinstance(panel, (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel))]
    panels += [RefusalPanel(), OfficeReviewPanel(), WorkPanel()]


mend_exports()
translate_names()
leave_records_to_our_letters()
