"""Places: the maps, provinces and communes with what was there before July 2025, former units with what they became, what is near."""

import json
import re

import pytest
from django.test import Client

from library.frame.drawing.province_map import former_outlines, outlines
from library.presentation.places import unit_url
from library.vocabularies.models import AdminUnit
from tests.factories import make_group, make_office, make_record, make_user
from tests.library.pages.examples import FESTIVAL, text

pytestmark = pytest.mark.django_db

Units = dict[str, AdminUnit]
PRODUCT = {"kind": "craft"}
COMMUNE, DISTRICT, FORMER = "/xa/xa-ta-phin-03013/", "/huyen-cu/thi-xa-sa-pa-088/", "/tinh-cu/lao-cai/"


def test_the_map_of_before_july_2025_draws_63_provinces_and_both_archipelagos_with_names_and_credit(client: Client):
    for outline in former_outlines().provinces:
        AdminUnit.objects.create(level="former_province", code=outline.code, label_vi=f"Tỉnh {outline.code}", slug=f"tinh-{outline.code}")
    page = text(client.get("/tinh-cu/"))
    figure = page[page.index("<figure") : page.index("</figure>")]
    assert figure.count("<a href=") == 63
    assert "Hoàng Sa" in figure and "Trường Sa" in figure and figure.count('class="isl"') == 2
    assert "CC BY 4.0" in figure
    assert page.count('href="/tinh-cu/tinh-01/"') == 2  # on the map and in the list beside it


def test_the_63_outlines_lie_where_the_34_lie():
    def reach(paths: list[str]) -> tuple[int, int, int, int]:
        points = []
        for path in paths:
            for part in path.split("M")[1:]:
                x = y = 0
                numbers = [int(number) for number in re.findall(r"-?\d+", part)]
                for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                    x, y = x + dx, y + dy
                    points.append((x, y))
        across, down = zip(*points, strict=True)
        return min(across), max(across), min(down), max(down)

    today, former = (reach([outline.path for outline in chart.provinces]) for chart in (outlines(), former_outlines()))
    assert all(abs(one - other) <= 2 for one, other in zip(today, former, strict=True))


def test_each_map_leads_to_the_other(client: Client, units: Units):
    assert 'href="/tinh-cu/"' in text(client.get("/tinh/"))
    assert 'href="/en/tinh/"' in text(client.get("/en/tinh-cu/"))


def test_a_province_leads_to_what_it_was_and_to_its_communes(client: Client, units: Units):
    page = text(client.get("/tinh/lao-cai/"))
    assert f'href="{FORMER}"' in page and f'href="{COMMUNE}"' in page


def test_a_commune_counts_the_records_that_tell_their_place_so_finely_and_that_the_reader_may_see(client: Client, units: Units):
    province, commune = units["commune"].parent, units["commune"]
    make_record("Hội của xã", places=[commune])
    make_record("Hội của tỉnh", places=[province])
    make_record("Hội kín", places=[commune], own_access="staff")
    assert client.get("/tinh/lao-cai/").context["communes"][0][1] == 1
    page = client.get(COMMUNE)
    assert page.context["record_count"] == 1
    assert "Hội của xã" in text(page) and "Hội của tỉnh" not in text(page) and "Hội kín" not in text(page)
    client.force_login(make_user("reviewer", make_office("bo")))
    assert client.get("/tinh/lao-cai/").context["communes"][0][1] == client.get(COMMUNE).context["record_count"] == 2


def test_a_commune_tells_the_former_communes_with_their_district_and_province_and_which_came_in_part(client: Client, units: Units):
    page = client.get(COMMUNE)
    told = [(origin.unit.words, [unit.words for unit in origin.within], origin.how) for origin in page.context["former"]]
    around = ["Thị xã Sa Pa", "Lào Cai"]
    assert told == [("Xã Tả Phìn", around, ""), ("Xã Trung Chải", around, "một phần")]
    assert f'href="{DISTRICT}"' in text(page) and f'href="{FORMER}"' in text(page)


def test_a_place_shows_festivals_with_their_next_days_products_peoples_and_kinds(client: Client, units: Units):
    here = {"places": [units["commune"]], "former_units": [units["district"]]}
    make_record("Lễ hội Gầu Tào", record_type="festival", details=[{"type": "festival", "value": FESTIVAL}], **here)
    make_record(
        "Vải chàm", record_type="product", details=[{"type": "product", "value": PRODUCT}], groups=[make_group("26", "Dao")], **here
    )
    for address in (COMMUNE, DISTRICT, FORMER, "/tinh/lao-cai/"):
        context = client.get(address).context
        assert [festival.line.title for festival in context["coming"]] == ["Lễ hội Gầu Tào"], address
        assert [line.title for line in context["products"]] == ["Vải chàm"], address
        assert {kind.code: kind.count for kind in context["kinds"]} == {"festival": 1, "product": 1}, address
    assert [group.name for group in client.get(COMMUNE).context["groups"]] == ["Dao", "Mông"]


def test_a_former_district_tells_what_each_commune_became_and_holds_what_names_one_of_them(client: Client, units: Units):
    make_record("Nghề ghi theo xã cũ", former_units=[units["old"]])
    make_record("Nghề ở nơi khác")
    page = client.get(DISTRICT)
    told = [(outcome.name, [new.words for new in outcome.became]) for outcome in page.context["outcomes"]]
    assert told == [("Xã Tả Phìn", ["Xã Tả Phìn"]), ("Xã Trung Chải", ["Xã Tả Phìn"])]
    for address in (DISTRICT, FORMER):
        shown = text(client.get(address))
        assert "Nghề ghi theo xã cũ" in shown and "Nghề ở nơi khác" not in shown


def test_a_former_province_says_what_it_became_together_with_whom_and_lists_its_districts(client: Client, units: Units):
    page = client.get(FORMER)
    assert ([unit.url for unit in page.context["became"]], page.context["beside"]) == (["/tinh/lao-cai/"], [])
    assert f'href="{DISTRICT}"' in text(page)


def test_a_record_leads_to_its_commune_and_to_its_former_district(client: Client, units: Units):
    record = make_record(places=[units["commune"]], former_units=[units["district"]])
    page = text(client.get(record.get_absolute_url()))
    assert f'href="{COMMUNE}"' in page and f'href="{DISTRICT}"' in page


@pytest.mark.parametrize("address", ["/xa/xa-khac-03013/", "/xa/03013/", "/huyen-cu/khac-088/", "/tinh-cu/khong-co/", "/xa/xa-ta-phin-1/"])
def test_an_address_that_names_no_unit_is_not_found(client: Client, units: Units, address: str):
    assert client.get(address).status_code == 404


def test_machines_read_where_a_commune_lies(client: Client, units: Units):
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text(client.get(COMMUNE)))[1])
    assert data["about"] == {
        "@type": "AdministrativeArea",
        "name": "Xã Tả Phìn",
        "containedInPlace": {"@type": "AdministrativeArea", "name": "Lào Cai"},
    }


def test_what_is_near_is_found_from_one_file_that_is_the_same_for_everybody_and_told_in_kilometres(client: Client, units: Units):
    file = client.get("/tinh/gan-toi.json").json()
    assert file == {"provinces": ["Lào Cai"], "communes": [[2240, 10385, "Xã Tả Phìn", 0, COMMUNE]]}
    assert client.get("/en/tinh/gan-toi.json").json()["communes"][0][4] == f"/en{COMMUNE}"
    assert 'data-near="/tinh/gan-toi.json"' in text(client.get("/tinh/"))


def test_only_the_page_that_finds_what_is_near_may_ask_for_the_place_of_the_device(client: Client, units: Units):
    asks = {address: "geolocation=(self)" in client.get(address)["Permissions-Policy"] for address in ("/", "/tinh/", "/tinh-cu/", COMMUNE)}
    assert [address for address, may in asks.items() if may] == ["/tinh/"]


def test_a_former_commune_has_no_page_of_its_own(units: Units):
    assert unit_url(units["old"]) == ""
