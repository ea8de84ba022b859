"""Who may set Local Contexts labels: only an account of the community may set or change a label; an office may set notices.

Source: domain handbook, section 9. The edit form of a record enforces this; nothing else writes labels.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from library.accounts.models import Community, Membership
from library.vocabularies.models import Term

NOTICE = "notice"
CONTENT = {"label", "community", "link"}  # the fields of a row that say something; its place in the list is anybody's to change


def settable_labels(user: Any, labels: QuerySet[Term]) -> QuerySet[Term]:
    """Notices; and all labels too when the person decides for a community."""
    return labels if _decides_for_a_community(user) else labels.filter(extra__kind=NOTICE)


def restrict_label_row(form: Any, user: Any) -> None:
    """Offers only what the person may set, and makes the row of another community read-only."""
    field = form.fields["label"]
    if form.instance.pk and form.instance.label.extra.get("kind") != NOTICE and not _decides_for(user, form.instance.community_id):
        for row_field in form.fields.values():
            row_field.disabled = True
    else:
        field.queryset = settable_labels(user, field.queryset)


def check_labels(formset: Any, user: Any, communities: Collection[Community]) -> None:
    """Raises ValidationError when somebody else than the community sets a label for it, or removes its label.

    ``communities`` are the communities of origin of the record: nobody sets a label in the name of another one.
    """
    for form in formset.deleted_forms:
        row = form.instance
        if row.pk and row.label.extra.get("kind") != NOTICE and not _decides_for(user, row.community_id):
            raise ValidationError(_("Nhãn này do cộng đồng đặt; chỉ cộng đồng gỡ được."))
    for form in formset.forms:
        label, community = form.cleaned_data.get("label"), form.cleaned_data.get("community")
        if form in formset.deleted_forms or CONTENT.isdisjoint(form.changed_data) or label is None or label.extra.get("kind") == NOTICE:
            continue
        if not (_decides_for(user, community.pk) if community else _decides_for_one_of(user, communities)):
            raise ValidationError(_("Nhãn này do cộng đồng đặt; chỉ cộng đồng gỡ được."))
        if community is not None and community not in communities:
            raise ValidationError(
                _("Tư liệu chưa ghi “%(name)s” là cộng đồng chủ thể, nên chưa đặt được nhãn của cộng đồng này.") % {"name": community}
            )


def _decides_for(user: Any, community_id: int | None) -> bool:
    """Whether the person decides for this community; for a row without a community: for any community."""
    memberships = Membership.objects.filter(user=user, keeper=True)
    return (memberships if community_id is None else memberships.filter(community=community_id)).exists()


def _decides_for_one_of(user: Any, communities: Collection[Community]) -> bool:
    """A row that names no community: the person must decide for one of those of the record."""
    return Membership.objects.filter(user=user, keeper=True, community__in=communities).exists()


def _decides_for_a_community(user: Any) -> bool:
    return Membership.objects.filter(user=user, keeper=True).exists()
