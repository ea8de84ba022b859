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
    """Offers only what the person may set, and freezes the rows that another community has set."""
    for form in (*formset.forms, formset.empty_form):
        field = form.fields["label"]
        if form.instance.pk and form.instance.label.extra.get("kind") != NOTICE and not _decides_for(user, form.instance.community_id):
            for frozen in form.fields.values():
                frozen.disabled = True
        else:
            field.queryset = settable_labels(user, field.queryset)


def check_labels(formset: Any, user: Any) -> None:
    """Raises ValidationError when somebody other than the community sets a label for it, or takes its label away."""
    for form in formset.deleted_forms:
        row = form.instance
        if row.pk and row.label.extra.get("kind") != NOTICE and not _decides_for(user, row.community_id):
            raise ValidationError(_("Nhãn này do cộng đồng đặt; chỉ cộng đồng gỡ được."))
    for form in formset.forms:
        label, community = form.cleaned_data.get("label"), form.cleaned_data.get("community")
        if form in formset.deleted_forms or not form.has_changed() or label is None or label.extra.get("kind") == NOTICE:
            continue
        if not _decides_for(user, community.pk if community else None):
            raise ValidationError(_("Nhãn này do cộng đồng đặt; chỉ cộng đồng gỡ được."))


def _decides_for(user: Any, community_id: int | None) -> bool:
    """Whether the person keeps this community; where a row names none, any community."""
    kept = Membership.objects.filter(user=user, keeper=True)
    return (kept if community_id is None else kept.filter(community=community_id)).exists()


def _decides_for_a_community(user: Any) -> bool:
    return Membership.objects.filter(user=user, keeper=True).exists()
