"""The filters of the list of records."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from library.accounts.admin.office_picker import OfficePicker
from library.accounts.scope import offices_in_charge
from library.records.models import Record, TermUse
from library.records.models.choices import AccessLevel, Confidence, ReviewState
from library.records.places import in_unit
from library.records.profiles import all_profiles
from library.records.quality import MARKS_BY_CODE, QUALITY_MARKS
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup, Term


def _types() -> list[tuple[str, str]]:
    return [(profile.code, str(profile.label)) for profile in all_profiles()]


def provinces(request: Any = None) -> QuerySet[AdminUnit]:
    """The provinces of today."""
    return AdminUnit.objects.filter(level=AdminUnit.Level.PROVINCE, valid_to=None).order_by("code")


class RecordFilterSet(WagtailFilterSet):
    """Filters by type, state, group, office, access, confidence, province, and by what is missing."""

    record_type = django_filters.ChoiceFilter(label=_("Loại"), choices=_types)
    review_state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=[(state.value, state.label) for state in ReviewState.steps()], method="in_state"
    )
    needs_checking = django_filters.ChoiceFilter(
        label=_("Cần kiểm tra"), choices=[("true", _("Còn cần kiểm tra")), ("false", _("Không cần"))], method="with_mark"
    )
    groups = django_filters.ModelChoiceFilter(label=_("Dân tộc"), queryset=EthnicGroup.objects.all())
    office = django_filters.ModelChoiceFilter(
        label=_("Cơ quan"), queryset=lambda request: offices_in_charge(request.user), widget=OfficePicker("in_charge")
    )
    access_level = django_filters.ChoiceFilter(label=_("Ai xem được"), choices=AccessLevel.choices)
    confidence = django_filters.ChoiceFilter(label=_("Độ tin cậy"), choices=Confidence.choices)
    province = django_filters.ModelChoiceFilter(label=_("Tỉnh, thành phố"), queryset=provinces, method="in_province")
    missing = django_filters.ChoiceFilter(
        label=_("Còn thiếu gì"), choices=[(mark.code, mark.label) for mark in QUALITY_MARKS], method="with_lack"
    )

    term = django_filters.ModelChoiceFilter(  # from the list of terms, not chosen here
        label=_("Thuật ngữ"), queryset=Term.objects.all(), widget=HiddenInput, method="with_term"
    )

    class Meta:
        model = Record
        fields = [
            *("record_type", "review_state", "needs_checking", "groups", "office", "access_level", "confidence", "province", "missing"),
            "term",
        ]

    def in_state(self, records: RecordQuerySet, name: str, state: str) -> RecordQuerySet:
        """A published record stays published when it needs checking."""
        return records.filter(review_state__in=[value for value in ReviewState if value.step == state])

    def with_mark(self, records: RecordQuerySet, name: str, marked: str) -> RecordQuerySet:
        """Only the records with the mark, or only those without it."""
        condition = Q(review_state=ReviewState.NEEDS_CHECKING)
        return records.filter(condition if marked == "true" else ~condition)

    def in_province(self, records: RecordQuerySet, name: str, province: AdminUnit) -> RecordQuerySet:
        """Those with a place in this province."""
        return records.filter(in_unit(province))

    def with_term(self, records: RecordQuerySet, name: str, term: Term) -> RecordQuerySet:
        """Those that use the term, as the list of terms counts them."""
        return records.filter(pk__in=TermUse.objects.filter(term=term).values("record"))

    def with_lack(self, records: RecordQuerySet, name: str, code: str) -> RecordQuerySet:
        """Those with one mark of quality, as the dashboard counts them."""
        return records.filter(MARKS_BY_CODE[code].condition())
