"""Picking authorities: words as they begin, with marks or without, why something was found, what a former unit became; nothing is lost."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from library.cataloguing.forms.pickable import matching
from library.cataloguing.forms.pickers import AuthorityPicker
from library.vocabularies.models import AdminChange, AdminUnit, EthnicGroup, GroupName
from tests.factories import make_group, make_office, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_old_keys():
    cache.clear()


def _unit(pk: int, level: str, label: str, parent: AdminUnit | None = None, *became: AdminUnit) -> AdminUnit:
    unit = AdminUnit.objects.create(pk=pk, level=level, code=str(pk), label_vi=label, slug=str(pk), parent=parent)
    for new in became:
        AdminChange.objects.create(old=unit, new=new, how="whole" if len(became) == 1 else "part", effective=date(2025, 7, 1))
    return unit


@pytest.fixture
def units():
    tuyen_quang, lao_cai = _unit(3, "province", "Tuyên Quang"), _unit(7, "province", "Lào Cai")
    coc_lau, bac_ha = _unit(11300, "commune", "Xã Cốc Lầu", lao_cai), _unit(11301, "commune", "Xã Bắc Hà", lao_cai)
    _unit(11302, "commune", "Phường Hà Giang 1", tuyen_quang)
    _unit(11303, "commune", "Xã Thạch Giang", _unit(8, "province", "Hà Tĩnh"))
    former = _unit(36, "former_province", "Hà Giang", None, tuyen_quang)
    old_lao_cai = _unit(37, "former_province", "Lào Cai", None, lao_cai)
    district = _unit(197, "former_district", "Huyện Bắc Hà", old_lao_cai)
    _unit(2359, "former_commune", "Xã Nậm Lúc", district, coc_lau)
    _unit(2360, "former_commune", "Xã Bản Cái", district, coc_lau, bac_ha)
    return former


def _labels(kind: str, typed: str) -> list[str]:
    with override("vi"):
        return [row["label"] for row in matching(kind, typed)]


def test_a_former_province_comes_first_with_what_it_became_and_words_match_at_their_beginning_only(units):
    for typed in ("ha giang", "Hà Giang", "HA GIANG", "tỉnh hà giang"[5:]):
        found = _labels("unit", typed)
        assert found[0] == "Hà Giang (cũ) → Tuyên Quang"
        assert "Phường Hà Giang 1, Tuyên Quang" in found
        assert not any("Thạch Giang" in label for label in found[:2])
    assert _labels("unit", "giang ha") and not _labels("unit", "a giang")


@pytest.mark.parametrize("typed", ["nam luc", "Nậm Lúc", "xã Nậm Lúc", "nậm lúc bắc hà"])
@pytest.mark.parametrize("kind", ["unit", "former_unit"])
def test_a_former_commune_is_found_and_names_what_it_became(units, kind: str, typed: str):
    with override("vi"):
        [row] = matching(kind, typed)
    assert row["label"] == "Xã Nậm Lúc, Huyện Bắc Hà, Lào Cai (cũ) → Xã Cốc Lầu, Lào Cai"
    assert row["became"] == [{"id": 11300, "label": "Xã Cốc Lầu, Lào Cai"}]


def test_a_commune_that_was_divided_names_all_that_it_became(units):
    with override("vi"):
        assert [each["id"] for each in matching("unit", "ban cai")[0]["became"]] == [11300, 11301]


def test_a_group_that_was_found_by_another_name_says_which_and_never_a_deprecated_one():
    make_group("02", "Tày", "Tay")
    tho = make_group("24", "Thổ", "Tho")
    GroupName.objects.create(group=tho, name="Tày Poọng", kind="other")
    odu = make_group("54", "Ơ Đu", "O Du")
    GroupName.objects.create(group=odu, name="Tày Hạt", kind="deprecated", display=False)
    make_group("99", "Nùng Táy", "x")
    EthnicGroup.objects.filter(code="99").update(name_vi="Hotày")
    with override("vi"):
        found = {row["label"]: row["why"] for row in matching("group", "tay")}
    assert found == {"Tày": "", "Thổ": "tên khác: Tày Poọng", "Ơ Đu": "khớp một tên cũ"}
    assert next(iter(found)) == "Tày"


def test_a_picked_unit_keeps_its_number_and_what_cannot_be_read_stays_visible(units):
    html = AuthorityPicker("unit").render("places", [11300, "999999", "11.300"], {"id": "id_places"})
    assert 'value="11300" checked' in html.replace("\n", " ")
    assert 'value="999999"' in html and 'value="11.300"' in html
    assert "không còn trong danh mục" in html


def test_no_template_writes_a_key_with_the_separators_of_numbers():
    key = re.compile(r"\{\{ *(?:\w+\.)*(?:pk|[a-z_]+_id|\w+\.id) *\}\}")
    allowed = re.compile(r"attrs\.id|_label_id|field_id|auto_id")
    folders = [Path(settings.BASE_DIR) / name for name in ("templates", "library", "media_pipeline", "search")]
    wrong = [
        f"{path.name}: {found}"
        for folder in folders
        for path in folder.rglob("*.html")
        for found in key.findall(path.read_text(encoding="utf-8"))
        if not allowed.search(found)
    ]
    assert not wrong


def test_the_suggestions_are_for_staff(client, units):
    address = reverse("pick_authority", args=["unit"]) + "?q=nam+luc"
    assert client.get(address).status_code == 302
    client.force_login(make_user("cataloguer", make_office()))
    assert client.get(address).json()["rows"][0]["id"] == 2359
