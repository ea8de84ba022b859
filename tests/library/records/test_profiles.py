"""Record types are data: what a profile declares is what forms, checks, search, filters and pages do."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail.blocks import BlockField, ListBlock, StreamBlock, StructBlock

from library.records.actions.create import create
from library.records.profiles import (
    ProfileError,
    all_profiles,
    check_profiles,
    core_profile,
    csv_columns,
    display_rows,
    facet_values,
    facets,
    missing_required,
    profile,
    reload_profiles,
    searchable_text,
)
from library.records.profiles.blocks import struct_block
from tests.factories import make_term, new_record

TYPES = {
    "ethnic-group", "subgroup", "history", "festival", "costume", "lexeme", "script", "product", "ritual", "performance", "knowledge",
    "document", "person", "place", "heritage-element", "architecture", "organisation", "collection",
}  # fmt: skip

SONG = """
code: lullaby
label: {vi: Hát ru, en: Lullaby}
fields:
  - key: tune
    label: {vi: Làn điệu, en: Tune}
    type: text
    required: true
    facet: true
    searchable: true
"""


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A copy of the profiles that the library reads instead of its own."""
    shutil.copytree(settings.COLLECTIONS_DIR / "profiles", tmp_path / "profiles")
    settings.COLLECTIONS_DIR = tmp_path
    reload_profiles()
    yield tmp_path / "profiles"
    reload_profiles()


@pytest.fixture(autouse=True)
def own_profiles_again() -> Iterator[None]:
    yield
    reload_profiles()


def festival(**fields: Any) -> list[dict[str, Any]]:
    return stored("festival", **fields)


def stored(code: str, **fields: Any) -> list[dict[str, Any]]:
    return [{"type": code, "value": fields}]


def ml(text: str, lang: str = "vi") -> dict[str, str]:
    return {"lang": lang, "text": text}


def test_every_type_of_the_handbook_has_its_profile() -> None:
    assert {profile.code for profile in all_profiles()} == TYPES
    assert core_profile().field("title").required


def test_a_profile_serves_the_types_it_names() -> None:
    assert profile("instrument") is profile("craft") is profile("product")
    assert profile("oral-literature").code == "performance"


@pytest.mark.parametrize("code", ["ritual", "knowledge", "person"])
def test_delicate_types_start_at_staff(code: str) -> None:
    assert profile(code).default_access == "staff"


def test_labels_follow_the_reader_even_when_they_were_read_before() -> None:
    label = profile("festival").label
    with override("en"):
        assert str(label) == "Festival"
    with override("vi"):
        assert str(label) == "Lễ hội"


@pytest.mark.parametrize("own", [*all_profiles()], ids=lambda own: own.code)
def test_every_profile_compiles_to_blocks_with_its_fields(own: Any) -> None:
    assert list(struct_block(own).child_blocks) == [field.key for field in own.fields]


@pytest.mark.django_db
@pytest.mark.parametrize("own", [*all_profiles()], ids=lambda own: own.code)
def test_every_profile_gives_an_edit_form(own: Any) -> None:
    block = struct_block(own)
    assert BlockField(block=block).widget.render_with_errors("details", block.get_default())


def test_a_new_type_and_its_field_are_a_file_and_a_reload(folder: Path) -> None:
    (folder / "lullaby.yaml").write_text(SONG, encoding="utf-8")
    reload_profiles()
    lullaby = profile("lullaby")
    details = stored("lullaby", tune="ru ún")
    assert list(struct_block(lullaby).child_blocks) == ["tune"]
    assert [field.key for field in missing_required(lullaby, [])] == ["tune"]
    assert searchable_text(lullaby, details) == "ru ún"
    assert facet_values(lullaby, details) == {"lullaby_tune": ["ru ún"]}
    assert "lullaby_tune" in {facet.name for facet in facets()}
    assert [(row.label, row.values[0].text) for row in display_rows(lullaby, details)] == [("Làn điệu", "ru ún")]
    assert [column.name for column in csv_columns(lullaby)] == ["tune"]


def test_a_field_added_to_a_type_is_asked_for_after_a_reload(folder: Path) -> None:
    before = len(profile("script").fields)
    path = folder / "script.yaml"
    path.write_text(path.read_text("utf-8") + "  - {key: teacher, label: {vi: Người dạy, en: Teacher}, type: text}\n", encoding="utf-8")
    assert len(profile("script").fields) == before
    reload_profiles()
    assert profile("script").fields[-1].key == "teacher"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("type: text", "type: txet", 7, "txet"),
        ("key: tune", "key: Tune!", 5, "Tune!"),
        ("    type: text\n", "", 5, "type"),
        ("required: true", "requird: true", 8, "requird"),
        ("required: true", "required: maybe", 8, "maybe"),
        ("en: Tune}", "fr: Air}", 6, "fr"),
        ("code: lullaby", "code: lullabies", 2, "lullabies"),
        ("type: text", "type: term", 5, "vocabulary"),
        ("type: text", "type: term\n    vocabulary: nothing", 8, "nothing"),
        ("type: text", "type: term\n    options: [{code: a, vi: a, en: a}, {code: a, vi: b, en: b}]", 8, "“a”"),
        ("type: text", "type: ref", 5, "to"),
        ("type: text", "type: ref\n    to: [dragon]", 5, "dragon"),
        ("type: text", "type: struct", 5, "fields"),
        ("type: text", "type: text\n    to: [person]", 8, "ref"),
        ("facet: true", "level: secret", 9, "secret"),
        ("fields:\n", "serves: [festival]\nfields:\n", 4, "festival"),
        ("fields:\n", "default_access: nobody\nfields:\n", 4, "nobody"),
        ("fields:\n", "fields: {}\nother:\n", 5, "other"),
        ("code: lullaby", "code: [lullaby", 3, ""),
        ("label: {vi: Hát ru, en: Lullaby}", "label: Hát ru", 3, ""),
    ],
)
def test_a_malformed_profile_is_refused_with_file_line_and_reason(folder: Path, old: str, new: str, line: int, reason: str) -> None:
    assert old in SONG
    (folder / "lullaby.yaml").write_text(SONG.replace(old, new, 1), encoding="utf-8")
    reload_profiles()
    with pytest.raises(ProfileError, match=r"lullaby\.yaml") as error:
        check_profiles()
    assert error.value.line in (line, line + 1) if not reason else error.value.line == line
    assert reason in error.value.reason


def test_an_empty_file_and_a_file_in_another_encoding_are_refused(folder: Path) -> None:
    for content in (b"", "# Hát ru".encode("cp1258"), "code: Hát ru\n".encode("utf-16")):
        (folder / "lullaby.yaml").write_bytes(content)
        reload_profiles()
        with pytest.raises(ProfileError):
            check_profiles()


def test_a_doubled_field_is_refused(folder: Path) -> None:
    (folder / "lullaby.yaml").write_text(SONG + SONG[SONG.index("  - key") :], encoding="utf-8")
    reload_profiles()
    with pytest.raises(ProfileError, match="tune"):
        check_profiles()


def test_what_is_missing_is_named_and_an_empty_text_is_missing() -> None:
    details = festival(calendar="vn-lunar", rule_text=ml("  "), attendance={"rule": "", "visitor_note": ml("")})
    assert [field.key for field in missing_required(profile("festival"), details)] == ["rule_text", "attendance"]


def test_a_dead_person_needs_no_consent_and_a_living_one_does() -> None:
    def missing(living: str) -> list[str]:
        details = [{"type": "person", "value": {"living": living, "names": [ml("A")], "skills": [{"skill": "weaving"}]}}]
        return [field.key for field in missing_required(profile("person"), details)]

    assert missing("no") == []
    assert missing("yes") == missing("unknown") == ["consent"]


@pytest.mark.django_db
def test_search_reads_public_searchable_fields_with_labels_of_choices() -> None:
    make_term("materials", "hemp", "lanh")
    details = [{"type": "costume", "value": {"kind": "garment", "material": ["hemp"], "motif": [{"name": ml("quả trám")}]}}]
    text = searchable_text(profile("costume"), details)
    assert "lanh" in text
    assert "quả trám" in text
    assert "garment" not in text


def test_search_never_reads_what_the_reader_may_not_see() -> None:
    details = stored("ritual", words=ml("lời cúng"), purpose=ml("cầu an"))
    assert searchable_text(profile("ritual"), details) == "cầu an"
    assert "lời cúng" in searchable_text(profile("ritual"), details, "community")


def test_filters_take_codes_and_skip_fields_of_staff() -> None:
    details = [
        {
            "type": "person",
            "value": {"living": "yes", "honour_title": ["people_artisan"], "skills": [{"skill": "weaving"}, {"skill": "weaving"}]},
        }
    ]
    assert facet_values(profile("person"), details) == {"person_honour_title": ["people_artisan"], "person_skills": ["weaving"]}
    assert "person_living" not in {facet.name for facet in facets()}
    assert "person_living" in {facet.name for facet in facets("staff")}


def test_facet_names_are_unique() -> None:
    names = [facet.name for facet in facets("staff")]
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_a_page_shows_labels_words_and_language_and_hides_levels() -> None:
    make_term("calendars", "vn-lunar", "Âm lịch Việt Nam")
    details = festival(
        calendar="vn-lunar",
        date_rule={"calendar": "vn-lunar", "start_month": 1, "start_day": 8, "around": False, "words": ""},
        honoured=[ml("Pụt", "tyz")],
        registration=[{"year": "2024", "number": "12"}],
        occurrences=[{"start": "2027-02-13", "end": "2027-02-14", "status": "entered"}],
    )
    with override("vi"):
        rows = {row.key: row for row in display_rows(profile("festival"), details)}
        staff = {row.key for row in display_rows(profile("festival"), details, "staff")}
    assert rows["calendar"].values[0].text == "Âm lịch Việt Nam"
    assert rows["date_rule"].values[0].text == "mùng 8 tháng Giêng"
    assert (rows["honoured"].values[0].text, rows["honoured"].values[0].language) == ("Pụt", "tyz")
    assert [part.values[0].text for part in rows["occurrences"].values[0].rows] == ["13/2/2027", "14/2/2027", "do người nhập"]
    assert "registration" not in rows
    assert "registration" in staff


@pytest.mark.django_db
def test_the_title_of_a_hidden_record_does_not_show_through_a_reference() -> None:
    visible = create(new_record("Người mở", record_type="person", details=[]))
    visible.live, visible.own_access = True, "public"
    visible.save()
    hidden = create(new_record("Người kín", record_type="person", details=[]))
    details = stored("product", kind="craft", makers=[visible.pk, hidden.pk])
    rows = {row.key: row for row in display_rows(profile("product"), details)}
    assert [value.text for value in rows["makers"].values] == ["Người mở"]


def test_table_columns_reach_into_parts() -> None:
    names = [column.name for column in csv_columns(profile("product"))]
    assert "ocop.stars" in names
    assert "steps.text" in names


@pytest.mark.django_db
def test_a_wrong_rule_is_refused_at_its_part() -> None:
    block = struct_block(profile("festival")).child_blocks["date_rule"]
    value = block.to_python({"calendar": "", "start_month": 13, "start_day": 8})
    with pytest.raises(ValidationError) as error:
        block.clean(value)
    assert {"start_month", "calendar"} <= set(error.value.block_errors)


@pytest.mark.parametrize("text", ["31/4/1975", "1975-13", "hôm qua"])
def test_a_wrong_date_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        struct_block(profile("history")).child_blocks["period"].clean(text)


@pytest.mark.django_db
def test_a_wrong_language_tag_is_refused() -> None:
    block = struct_block(profile("ritual")).child_blocks["purpose"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"lang": "không phải tiếng nào", "text": "cầu an"}))


def test_repeatable_and_compound_fields_get_the_editor_people_know() -> None:
    steps = struct_block(profile("product")).child_blocks["steps"]
    assert isinstance(steps, ListBlock)
    assert isinstance(steps.child_block, StructBlock)
    assert len(steps.get_default()) == 0


@pytest.mark.django_db
def test_references_feed_the_reference_index() -> None:
    maker = create(new_record("Bà Lò", record_type="person", details=[]))
    block = struct_block(profile("product"))
    value = block.to_python({"kind": "craft", "makers": [{"type": "item", "value": maker.pk, "id": "1"}]})
    assert [(model.__name__, pk, path) for model, pk, path, _content in block.extract_references(value)] == [
        ("Record", str(maker.pk), "makers.item")
    ]


@pytest.mark.django_db
def test_a_reference_to_another_type_is_refused() -> None:
    not_a_person = create(new_record())
    block = struct_block(profile("product")).child_blocks["makers"].child_block
    with pytest.raises(ValidationError):
        block.clean(not_a_person)


@pytest.mark.django_db
def test_stored_and_raw_values_read_alike() -> None:
    block = StreamBlock([("festival", struct_block(profile("festival")))])
    raw = festival(calendar="cham", honoured=[{"type": "item", "id": "a", "value": ml("Po Klaong")}])
    stream = block.to_python(raw)
    assert searchable_text(profile("festival"), stream) == searchable_text(profile("festival"), raw) == "Po Klaong"
    assert facet_values(profile("festival"), stream) == {"festival_calendar": ["cham"], "festival_honoured": ["Po Klaong"]}


def test_the_mappings_to_other_standards_are_known_words() -> None:
    for own in (core_profile(), *all_profiles()):
        assert own.schema_org
        assert all(name[0].islower() for field in own.fields for name in (field.dc, *field.sdo) if name)


def test_a_facet_of_a_struct_is_called_by_the_labels_of_the_part_it_is_filtered_by():
    named = {facet.name: facet for facet in facets()}
    attendance = named["festival_attendance"]
    assert {option.code for option in attendance.options} >= {"everyone", "unknown"}
    assert named["festival_calendar"].vocabulary == "calendars"


def test_the_facets_are_put_together_once_and_speak_the_language_of_each_reader():
    assert facets() is facets()
    with override("en"):
        assert str(facets()[0].label) == "Record type"
    with override("vi"):
        assert str(facets()[0].label) == "Loại tư liệu"
