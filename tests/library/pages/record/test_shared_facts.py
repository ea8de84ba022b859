"""Beside what a record names, its page leads to records that share facts with it, and says which, in one list."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library.records.models import Record, RecordRelation
from library.records.models.term_uses import TermUse
from library.vocabularies.models import AdminUnit
from tests.factories import make_group, make_record, make_term
from tests.library.pages.examples import FESTIVAL, text

pytestmark = pytest.mark.django_db
LIST = re.compile(r'<section class="part" id="lien-quan">(.*?)</section>', re.DOTALL)
ITEM = re.compile(r"<h3>(.*?)</h3>.*?<p class=\"why\">(.*?)</p>", re.DOTALL)


def related(client: Client, record: Record, language: str = "") -> dict[str, str]:
    """Name → reasons, of the one list of a record's page, without its tags."""
    lists = LIST.findall(text(client.get(language + record.get_absolute_url())))
    assert len(lists) <= 1
    return {plain(name): plain(why) for found in lists for name, why in ITEM.findall(found)}


def plain(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", "", html))).strip()


def make_product(title: str, *materials: str, **fields: Any) -> Record:
    for code in materials:
        make_term("materials", code, {"hemp": "lanh", "silver": "bạc"}[code])
    details = [{"type": "product", "value": {"kind": "craft", "material": list(materials)}}]
    return make_record(title, record_type="product", details=details, **fields)


def make_festival(title: str, day: int, month: int, **fields: Any) -> Record:
    rule = FESTIVAL["date_rule"] | {"start_day": day, "start_month": month}
    details = [{"type": "festival", "value": FESTIVAL | {"date_rule": rule}}]
    return make_record(title, record_type="festival", details=details, groups=[make_group(f"{day + month}", title, title)], **fields)


def test_what_two_records_share_is_the_reason_in_both_languages(client: Client, units: dict[str, AdminUnit], province: AdminUnit):
    own = make_product("Dệt lanh", "hemp", "silver", places=[units["commune"]])
    make_product("Vẽ sáp ong", "hemp", groups=[make_group("11", "Dao", "Dao")], title_en="Batik")
    make_product("Khèn", places=[units["commune"]], title_en="Pipes")
    make_product("Gùi", places=[province])
    assert related(client, own) == {
        "Khèn": "Cùng nơi: Xã Tả Phìn · Cùng dân tộc: Mông",
        "Vẽ sáp ong": "Cùng chất liệu: lanh",
    }
    assert related(client, own, "/en")["Pipes"] == "Same place: Tả Phìn commune · Same ethnic group: Hmong"
    page = text(client.get(f"/en/ban-ghi/{own.identifier}/"))
    assert "Tả Phìn commune" in LIST.findall(page)[0]


def test_festivals_of_the_same_days_stand_together(client: Client):
    own = make_festival("Gầu Tào", 8, 1)
    make_festival("Lồng tông", 10, 1)
    make_festival("Xên bản", 10, 3)
    assert related(client, own) == {"Lồng tông": "Cùng mùa hội"}


def test_the_reason_is_a_fact_of_what_is_published_and_not_of_a_draft(client: Client):
    own, other = make_product("Dệt lanh", "hemp"), make_product("Nón", groups=[make_group("11", "Dao", "Dao")])
    TermUse.objects.create(record=other, term=make_term("materials", "hemp"))  # as a draft of a change leaves it
    assert related(client, own) == {}


def test_what_is_named_already_is_not_named_again(client: Client):
    own, other = make_product("Dệt lanh", "hemp"), make_product("Vẽ sáp ong", "hemp")
    RecordRelation.objects.create(record=own, kind="made_with", target=other)
    assert related(client, own) == {"Vẽ sáp ong": "làm bằng"}


def test_what_is_about_many_peoples_is_no_neighbour_of_each(client: Client, province: AdminUnit):
    own = make_product("Dệt lanh", places=[province])
    make_product("Chợ phiên", places=[province], groups=[make_group(f"{code}", f"{code}", f"{code}") for code in ("08", 11, 12, 13, 14)])
    assert related(client, own) == {}


def test_many_neighbours_cost_as_many_queries_as_few_and_five_are_shown(client: Client, units: dict[str, AdminUnit]):
    own = make_product("Dệt lanh", "hemp", places=[units["commune"]])
    asked = []
    for more in (3, 27):
        for number in range(more):
            make_product(f"Vải {more} {number}", "hemp", places=[units["commune"]])
        client.get(own.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            shown = related(client, own)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 40
    assert len(shown) == 5
