"""The filters of the list of records."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from library.accounts.admin.office_picker import OfficePicker
from library.accounts.scope import offices_in_charge
from library.records.models import Record
from library.records.models.choices import AccessLevel, Confidence, ReviewState
from library.records.profiles import all_profiles
from library.vocabularies.models import EthnicGroup


def _types() -> list[tuple[str, str]]:
    return [(profile.code, str(profile.label)) for profile in all_profiles()]


class RecordFilterSet(WagtailFilterSet):
    """Filters by type, state, group, office, access and confidence."""

    record_type = django_filters.ChoiceFilter(label=_("Loại"), choices=_types)
    review_state = django_filters.ChoiceFilter(label=_("Trạng thái duyệt"), choices=ReviewState.choices)
    groups = django_filters.ModelChoiceFilter(label=_("Dân tộc"), queryset=EthnicGroup.objects.all())
    office = django_filters.ModelChoiceFilter(
        label=_("Cơ quan"), queryset=lambda request: offices_in_charge(request.user), widget=OfficePicker("in_charge")
    )
    access_level = django_filters.ChoiceFilter(label=_("Ai xem được"), choices=AccessLevel.choices)
    confidence = django_filters.ChoiceFilter(label=_("Độ tin cậy"), choices=Confidence.choices)

    class Meta:
        model = Record
        fields = ["record_type", "review_state", "groups", "office", "access_level", "confidence"]
