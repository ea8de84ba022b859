"""What the handbook counts is what the library holds."""

import pytest
from django.db.models import Count, Sum

from library.accounts.models import Office
from library.vocabularies.loading.sync import Report
from library.vocabularies.models import AdminChange, AdminUnit, EthnicGroup, GroupCode, GroupName, Source, Term, Vocabulary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("authorities")]

FOREIGNERS_AND_UNKNOWN = 3_902
REUSED = {
    "15": "Yên Bái",
    "24": "Bắc Giang",
    "44": "Quảng Bình",
    "52": "Bình Định",
    "80": "Long An",
    "82": "Tiền Giang",
    "91": "Kiên Giang",
}


def units(level: str) -> "AdminUnit.objects":
    return AdminUnit.objects.filter(level=level)


def test_the_populations_add_up_to_the_census() -> None:
    everyone = EthnicGroup.objects.aggregate(total=Sum("population_2019"))["total"]
    minorities = EthnicGroup.objects.exclude(code="01").aggregate(total=Sum("population_2019"))["total"]
    assert everyone + FOREIGNERS_AND_UNKNOWN == 96_208_984
    assert minorities == 14_119_256


def test_fifty_four_groups_are_held_and_seven_of_them_marked_medium() -> None:
    assert EthnicGroup.objects.count() == 54
    assert EthnicGroup.objects.filter(confidence="medium").count() == 7
    assert EthnicGroup.objects.values("slug").distinct().count() == 54


@pytest.mark.parametrize(
    ("level", "count"),
    [("province", 34), ("commune", 3_321), ("former_province", 63), ("former_district", 696), ("former_commune", 10_033)],
)
def test_units_of_each_level_are_complete(level: str, count: int) -> None:
    assert units(level).count() == count


def test_communes_are_of_three_kinds() -> None:
    kinds = dict(units("commune").values_list("kind").annotate(Count("pk")))
    assert kinds == {"xã": 2_621, "phường": 687, "đặc khu": 13}


def test_both_archipelagos_are_communes_with_a_point() -> None:
    for name in ("Đặc khu Hoàng Sa", "Đặc khu Trường Sa"):
        assert units("commune").get(label_vi=name).latitude is not None


@pytest.mark.parametrize(("code", "formerly"), REUSED.items())
def test_a_reused_code_is_two_units(code: str, formerly: str) -> None:
    now = units("province").get(code=code)
    before = units("former_province").get(code=code)
    assert before.label_vi == formerly != now.label_vi
    assert before.became.get().new != before.became.get().old


def test_over_two_thousand_commune_codes_were_reused_too() -> None:
    before = dict(units("former_commune").values_list("code", "label_vi"))
    reused = [code for code, name in units("commune").values_list("code", "label_vi") if before.get(code, name) != name]
    assert len(reused) > 2_100


def test_unchanged_units_have_an_unknown_start_and_no_end() -> None:
    assert units("province").filter(valid_from__year=1).count() == 11
    assert units("former_province").filter(valid_to=None).count() == 11
    assert units("commune").filter(valid_from__year=1).count() == 127


def test_every_old_commune_became_something_and_441_became_several() -> None:
    became = units("former_commune").annotate(parts=Count("became"))
    assert not became.filter(parts=0).exists()
    assert became.filter(parts__gt=1).count() == 441


def test_both_change_tables_are_whole() -> None:
    assert AdminChange.objects.count() == 10_571 + 63


def test_an_island_district_without_communes_became_its_special_zone() -> None:
    for district, code in {
        "Huyện Bạch Long Vĩ": "31",
        "Huyện Cồn Cỏ": "45",
        "Huyện Hoàng Sa": "48",
        "Huyện Lý Sơn": "51",
        "Huyện Côn Đảo": "77",
    }.items():
        unit = units("former_district").get(label_vi=district)
        assert unit.parent.code == code
        assert unit.became.get().new.kind == "đặc khu"


def test_a_named_part_of_a_district_is_not_the_whole_district() -> None:
    change = AdminChange.objects.get(old__level="former_district", old__label_vi="Huyện Kim Sơn")
    assert change.how == AdminChange.How.PART
    assert "bãi bồi" in change.note


def test_names_for_search_and_names_for_show_are_counted() -> None:
    assert GroupName.objects.count() == 553
    assert GroupName.objects.filter(kind="deprecated").count() == 134
    assert GroupName.objects.displayable().count() == 418  # 419 in the handbook, less Xá Phó, which only a title of 2014 may show
    assert not GroupName.objects.displayable().filter(name="Xá Phó").exists()


def test_nine_deprecated_names_belong_to_several_groups() -> None:
    names = GroupName.objects.filter(kind="deprecated").values("name").annotate(groups=Count("group", distinct=True)).filter(groups__gt=1)
    counts = {row["name"]: row["groups"] for row in names}
    assert len(counts) == 9
    assert (counts["Mọi"], counts["Mán"], counts["Xá"]) == (16, 5, 4)


def test_eighteen_groups_state_no_script() -> None:
    assert EthnicGroup.objects.filter(scripts=None).count() == 18


@pytest.mark.parametrize(
    ("vocabulary", "count"),
    [
        ("languages", 90),
        ("scripts", 12),
        ("vn_ich_categories", 7),
        ("vn_ich_six", 6),
        ("unesco_ich_domains", 5),
        ("rights_statements", 20),
        ("local_contexts_labels", 34),
        ("calendars", 6),
        ("confidence", 3),
        ("content_warnings", 10),
        ("record_types", 26),
        ("materials", 26),
        ("motifs", 0),
        ("agencies", 7),
        ("subjects", 59),
    ],
)
def test_vocabularies_are_complete(vocabulary: str, count: int) -> None:
    assert Vocabulary.objects.get(code=vocabulary).terms.count() == count


def test_six_kinds_of_the_law_follow_from_the_seven() -> None:
    seven = Term.objects.filter(vocabulary__code="vn_ich_categories")
    six = set(Term.objects.filter(vocabulary__code="vn_ich_six").values_list("code", flat=True))
    assert {term.extra["law_2024"] for term in seven} == six


def test_labels_show_their_english_name_until_a_community_confirms_another() -> None:
    assert Term.objects.get(vocabulary__code="local_contexts_labels", code="tkss").label == "TK Secret / Sacred"


def test_no_source_is_called_own() -> None:
    assert not Source.objects.filter(code="OWN").exists()
    assert not any("OWN" in sources for sources in EthnicGroup.objects.values_list("sources", flat=True))
    assert not any("OWN" in term.extra.get("sources", []) for term in Term.objects.all())


def test_each_province_has_an_office_below_the_ministry() -> None:
    assert Office.objects.get(code="bo").children.count() == 34
    assert Office.objects.get(code="tinh-15").path == "/bo/tinh-15/"


def test_both_lists_of_codes_are_held() -> None:
    assert GroupCode.objects.filter(list="1979", group__isnull=False).count() == 54
    assert GroupCode.objects.filter(list="2008", group__isnull=False).count() == 20


def test_the_first_load_creates_and_reports_nothing_else(authorities: Report) -> None:
    assert authorities.updated.total() == 0
    assert not authorities.differences
    assert not authorities.no_longer_in_files
