"""What a form of a record says after it was sent for review: to whom it went, or why it did not go."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.records.models import Record
from library.review.due_dates import told
from library.review.models import current_step

REFUSALS = {"submit": gettext_lazy("Chưa gửi duyệt được."), "publish": gettext_lazy("Chưa đăng được.")}


def sent_words(record: Record) -> str:
    """Which office decides, by when, and which ones were passed over; empty when the record does not wait."""
    step = current_step(record)
    if step is None:
        return ""
    words = {"title": step.record.title, "office": step.office, "due": told(step.due_on).words}
    sentence = _("Đã gửi “%(title)s” tới %(office)s duyệt. %(due)s.") % words
    offices = ", ".join(str(office) for office in step.passed_over.all())
    return f"{sentence} " + _("%(offices)s chưa có người duyệt nên chuyển thẳng lên.") % {"offices": offices} if offices else sentence


def refused_words(action: str, errors: str) -> str:
    """What was asked and did not happen, then the errors in words."""
    return " ".join(filter(None, (str(REFUSALS.get(action, _("Chưa lưu được."))), errors)))
