"""Who may set which Local Contexts label: only the community's own account sets or changes a label; an office may set notices.

Domain handbook, section 9. Enforced where the rows are edited, for the admin form is the only door that writes them.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from library.accounts.models import Membership
from library.vocabularies.models import Term

NOTICE = "notice"


def settable_labels(user: Any, labels: QuerySet[Term]) -> QuerySet[Term]:
    """The labels and notices that the person may set on a record of the communities the person decides for."""
    return labels if _decides_for_a_community(user) else labels.filter(extra__kind=NOTICE)


def restrict_label_rows(formset: Any, user: Any) -> None:
    """Offers only what the person may set, and freezes the rows that a community has set."""
    for form in (*formset.forms, formset.empty_form):
        field = form.fields["label"]
        if form.instance.pk and form.instance.label.extra.get("kind") != NOTICE and not _decides_for_a_community(user):
            for frozen in form.fields.values():
                frozen.disabled = True
        else:
            field.queryset = settable_labels(user, field.queryset)


def check_no_label_removed(formset: Any, user: Any) -> None:
    """Raises ValidationError when somebody other than the community takes a community's label away."""
    if _decides_for_a_community(user):
        return
    for form in formset.deleted_forms:
        if form.instance.pk and form.instance.label.extra.get("kind") != NOTICE:
            raise ValidationError(_("Nhãn này do cộng đồng đặt; chỉ cộng đồng gỡ được."))


def _decides_for_a_community(user: Any) -> bool:
    return Membership.objects.filter(user=user, keeper=True).exists()
