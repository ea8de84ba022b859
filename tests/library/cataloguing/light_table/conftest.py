"""A table in a commune, and the ways photographs come to it in tests."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from library.accounts.models import Office, User
from library.cataloguing.light_table.actions.begin import begin
from library.cataloguing.light_table.models import LightTable, Photograph
from library.vocabularies.models import AdminUnit
from media_pipeline.intake.ingest import ingest
from media_pipeline.jobs.runner import run_one
from media_pipeline.models import Asset
from media_pipeline.storage.local import LocalStorage
from tests.factories import make_office, make_term, make_user

from .photographs import photograph

TA_PHIN = (22.39, 103.83)


@dataclass(frozen=True)
class Place:
    """Offices on three levels and another province; who writes in the commune."""

    offices: dict[str, Office]
    author: User


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    """A storage of this test alone."""
    settings.MEDIA_STORAGE, settings.MEDIA_SCRATCH = str(tmp_path / "media"), tmp_path / "scratch"
    LocalStorage(tmp_path / "media").prepare()


@pytest.fixture
def place(db: None) -> Place:
    make_term("rights_statements", "CNE", "Chưa đánh giá")
    province = make_office("tinh-15")
    commune = Office.objects.create(code="xa-ta-phin", name_vi="Xã Tả Phìn", level="commune", parent=province)
    offices = {"commune": commune, "province": province, "ministry": make_office("bo"), "elsewhere": make_office("tinh-1")}
    return Place(offices, make_user("cataloguer", commune))


@pytest.fixture
def table(place: Place) -> LightTable:
    return begin(place.author)


@pytest.fixture
def officer(client: Client, place: Place) -> Client:
    client.force_login(place.author)
    return client


@pytest.fixture
def units(db: None) -> dict[str, AdminUnit]:
    """A province with two communes."""
    province = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", slug="lao-cai")
    near = {"level": "commune", "parent": province, "area_km2": 60}
    return {
        "province": province,
        "ta-phin": AdminUnit.objects.create(code="1", label_vi="Xã Tả Phìn", latitude=22.4, longitude=103.84, **near),
        "sa-pa": AdminUnit.objects.create(code="2", label_vi="Phường Sa Pa", latitude=22.33, longitude=103.84, **near),
    }


Lay = Callable[..., Photograph]


@pytest.fixture
def lay(table: LightTable) -> Lay:
    """lay(name, number, folder, user, …) → a photograph that has arrived on the table."""

    def laid(
        name: str, number: int = 1, folder: str = "", user: User | None = None, on: LightTable | None = None, **facts: Any
    ) -> Photograph:
        asset = ingest(io.BytesIO(photograph(number, **facts)), name, user=user or (on or table).user)
        return put(on or table, asset, folder)

    return laid


def put(table: LightTable, asset: Asset, folder: str = "") -> Photograph:
    """A row of the table for a file that is there."""
    order = table.photographs.count()
    name = asset.name_as_given
    return Photograph.objects.create(table=table, added_by=table.user, name=name, folder=folder, size=1, asset=asset, order=order)


def work_off() -> None:
    """What the worker does until nothing waits."""
    while run_one():
        pass


def page_of(client: Client, table: LightTable) -> str:
    return client.get(reverse("light_tables:one", args=[table.pk])).content.decode()


def press(client: Client, table: LightTable, step: str, **data: Any) -> str:
    """Presses a button; returns the page that follows."""
    answer = client.post(reverse("light_tables:step", args=[table.pk]), {"step": step, **data}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())
