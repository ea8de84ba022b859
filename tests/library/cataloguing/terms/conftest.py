"""Terms of one vocabulary, and records that use them."""

from typing import Any

import pytest
from django.test import Client

from library.records.models import Record
from tests.factories import make_office, make_record, make_term, make_user

MATERIALS = "materials"


def material(code: str, label: str = "") -> Any:
    """A term of the materials."""
    return make_term(MATERIALS, code, label)


def costume(title: str, *codes: str, **fields: Any) -> Record:
    """A costume made of these materials."""
    details = [{"type": "costume", "value": {"material": list(codes)}}]
    return make_record(title, record_type="costume", details=details, published=fields.pop("published", False), **fields)


def materials_of(record: Record) -> list[str]:
    """What the stored fields of a record name now."""
    return list(Record.objects.get(pk=record.pk).details.get_prep_value()[0]["value"]["material"])


@pytest.fixture
def as_role(client: Client) -> Any:
    """Signs somebody of an office in, by role."""

    def sign_in(role: str, office: str = "tinh-15") -> Client:
        client.force_login(make_user(role, make_office(office)))
        return client

    return sign_in
