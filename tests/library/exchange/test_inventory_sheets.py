"""Inventory sheets: after our template or the office's own, with what the person may see; and templates that are refused."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from library.accounts.models import Office
from library.exchange.actions.exports.verbs import write_now
from library.exchange.errors import SheetTemplateError
from library.exchange.formats.inventory_sheets import NAMES, our_template
from library.exchange.formats.word_templates import check
from library.exchange.models import SheetTemplate
from tests.factories import make_group, make_office, make_record, make_user

pytestmark = pytest.mark.django_db


def _document(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _words(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _sheets(user, records, tmp_path: Path) -> dict[str, str]:
    """Name of the file → its words."""
    target = tmp_path / "sheets"
    write_now(user, [record.pk for record in records], "inventory", target)
    with ZipFile(target) as archive:
        return {name: _words(archive.read(name)) for name in archive.namelist()}


@pytest.fixture
def office():
    return make_office("tinh-15")


@pytest.fixture
def reviewer(office):
    return make_user("reviewer", office)


def test_each_record_is_a_sheet_with_its_values_after_our_template(reviewer, office, tmp_path):
    gau_tao = make_record("Lễ hội Gầu Tào <1>", office=office, groups=[make_group("08", "Mông")], vitality="alive")
    other = make_record("Hội: xuân/hè", office=office, groups=[make_group("09", "Dao", "Yao")])
    sheets = _sheets(reviewer, [gau_tao, other], tmp_path)
    assert list(sheets) == ["001 Lễ hội Gầu Tào -1-.docx", "002 Hội- xuân-hè.docx"]
    words = sheets["001 Lễ hội Gầu Tào -1-.docx"]
    assert "PHIẾU KIỂM KÊ DI SẢN VĂN HÓA PHI VẬT THỂ" in words and "Lễ hội Gầu Tào <1>" in words
    assert "Mông" in words and gau_tao.identifier in words and str(office) in words and "Dao" not in words
    assert "{{" not in words


def test_the_nearest_office_with_a_template_of_its_own_decides(reviewer, office, tmp_path):
    commune = Office.objects.create(code="xa-ta-phin", name_vi="Xã Tả Phìn", level="commune", parent=office)
    SheetTemplate.objects.create(office=office, name="mau.docx", content=_document("Mẫu của Sở: {{ ten }}", "{% if gia_tri %}x{% endif %}"))
    record = make_record("Hội của xã", office=commune)
    assert list(_sheets(reviewer, [record], tmp_path).values()) == ["Mẫu của Sở: Hội của xã\n"]
    SheetTemplate.objects.create(office=commune, name="xa.docx", content=_document("Mẫu của xã: {{ ten }}"))
    assert list(_sheets(reviewer, [record], tmp_path).values()) == ["Mẫu của xã: Hội của xã"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ ten.__class__.__mro__ }}{{ x() }}",
        "{{ ten * 99999999 }}",
        "{% for a in ten %}{% for b in ten %}{{ b }}{% endfor %}{% endfor %}",
        "{% include 'a' %}",
        "{% set a = 1 %}",
        "{{ ten | upper }}",
        "{{ ten",
        "{{ khong_co }}",
    ],
)
def test_a_template_may_only_name_things(text):
    with pytest.raises(SheetTemplateError):
        check(_document(text), NAMES)


def test_what_is_no_word_document_is_refused():
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "x")
        archive.writestr("word/vbaProject.bin", "x")
    for content in (b"", b"x" * 100, packed.getvalue(), b"\0" * (3 * 1024 * 1024)):
        with pytest.raises(SheetTemplateError):
            check(content, NAMES)


def test_our_own_template_is_one_that_an_office_may_send_back():
    check(our_template(), NAMES)
    words = _words(our_template())
    assert [name for name in NAMES if "{{ " + name + " }}" not in words] == []


def test_an_office_replaces_its_template_and_goes_back(client, reviewer, office):
    client.force_login(reviewer)
    address = reverse("exports:sheet_template")
    assert "{{ nguon_goc }}" in client.get(address).content.decode()
    sent = SimpleUploadedFile("mau-so.docx", _document("{{ ten }} của {{ ai }}"))
    assert "Không có trường nào tên là: ai." in client.post(address, {"file": sent}).content.decode()
    sent = SimpleUploadedFile("mau-so.docx", _document("{{ ten }}"))
    assert client.post(address, {"file": sent}).status_code == 302
    assert SheetTemplate.objects.get().office == office
    assert _words(client.get(reverse("exports:sheet_template_file")).content) == "{{ ten }}"
    client.post(address, {"remove": "1"})
    assert not SheetTemplate.objects.exists()


def test_only_a_reviewer_of_the_office_replaces_its_template(client, office):
    client.force_login(make_user("cataloguer", office))
    address = reverse("exports:sheet_template")
    assert "Gửi mẫu" not in client.get(address).content.decode()
    assert client.post(address, {"file": SimpleUploadedFile("a.docx", _document("{{ ten }}"))}).status_code in (302, 403)
    assert not SheetTemplate.objects.exists()
