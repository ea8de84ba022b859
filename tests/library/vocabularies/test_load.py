"""Loading is repeatable and careful with what people wrote."""

from collections.abc import Callable
from pathlib import Path

import pytest

from library.accounts.models import Office
from library.vocabularies.load import load_authorities
from library.vocabularies.loading.sync import Report
from library.vocabularies.models import AdminUnit, EthnicGroup, Source, Term

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Rewrite = Callable[[str, str, str], None]


def test_a_second_load_changes_nothing(authorities: Report) -> None:
    again = load_authorities()
    assert again.changed == 0
    assert again.unchanged.total() == authorities.created.total()
    assert not again.differences


def test_a_changed_cell_updates_its_row_only(authorities: Report, folder: Path, rewrite: Rewrite) -> None:
    rewrite("ethnic_groups.csv", "1845492", "1845493")
    report = load_authorities(folder)
    assert (report.changed, report.updated.total()) == (1, 1)
    assert EthnicGroup.objects.get(code="02").population_2019 == 1_845_493


def test_a_changed_link_updates_its_row(authorities: Report, folder: Path, rewrite: Rewrite) -> None:
    rewrite("ethnic_groups.csv", "tyz;tys;pdi", "tyz;pdi")
    assert load_authorities(folder).updated.total() == 1
    assert set(EthnicGroup.objects.get(code="02").languages.values_list("code", flat=True)) == {"tyz", "pdi"}


def test_a_row_edited_by_a_person_is_reported_and_kept(authorities: Report, folder: Path, rewrite: Rewrite) -> None:
    Term.objects.filter(vocabulary__code="languages", code="tyz").update(label_vi="tiếng Tày (do biên tập viên sửa)")
    rewrite("languages.csv", "tiếng Tày,", "tiếng Tày mới,")
    report = load_authorities(folder)
    assert Term.objects.get(vocabulary__code="languages", code="tyz").label_vi == "tiếng Tày (do biên tập viên sửa)"
    assert [(d.in_file, d.in_library) for d in report.differences] == [("tiếng Tày mới", "tiếng Tày (do biên tập viên sửa)")]
    assert report.changed == 0


def test_an_edited_link_is_reported_and_kept(authorities: Report) -> None:
    group = EthnicGroup.objects.get(code="02")
    group.provinces.remove(AdminUnit.objects.get(level="province", code="66"))
    report = load_authorities()
    assert [difference.field for difference in report.differences] == ["provinces"]
    assert not group.provinces.filter(code="66").exists()


def test_an_edit_that_equals_the_new_file_is_no_difference(authorities: Report, folder: Path, rewrite: Rewrite) -> None:
    Source.objects.filter(code="LAHA").update(title="Dân tộc La Ha")
    rewrite("sources.csv", "Báo Mới: Dân tộc La Ha", "Dân tộc La Ha")
    report = load_authorities(folder)
    assert not report.differences
    assert load_authorities(folder).changed == 0


def test_a_row_that_left_the_files_is_named_and_not_deleted(authorities: Report, folder: Path, rewrite: Rewrite) -> None:
    rewrite("content_warnings.csv", "nudity,Hở hang,Nudity\r\n", "")
    report = load_authorities(folder)
    assert len(report.no_longer_in_files) == 1
    assert Term.objects.filter(code="nudity").exists()


def test_an_office_renamed_by_an_administrator_keeps_its_name(authorities: Report) -> None:
    Office.objects.filter(code="tinh-15").update(name_vi="Sở của chúng tôi")
    assert load_authorities().changed == 0
    assert Office.objects.get(code="tinh-15").name_vi == "Sở của chúng tôi"


def test_files_that_have_not_changed_are_not_read_again(authorities: Report, folder: Path, rewrite: Rewrite) -> None:
    assert load_authorities(if_changed=True).unchanged.total() == 0
    rewrite("sources.csv", "Báo Mới: Dân tộc La Ha", "Dân tộc La Ha")
    assert load_authorities(folder, if_changed=True).updated.total() == 1
