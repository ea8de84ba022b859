"""Inventory sheets (phiếu kiểm kê): one Word document for each record, after the template of its office, or after ours."""

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from docx import Document
from docx.shared import Pt

from ..models import SheetTemplate
from .format import Lines, OpenBytes
from .word_templates import fill

# What a template may name → what it is. The order is that of our own sheet, which follows what the Law asks of an inventory: names, type,
# place, bearers, origin, description, objects and spaces, state and viability, value, protection, who reported and when.
NAMES = {
    "ten": gettext_lazy("Tên di sản"),
    "ten_khac": gettext_lazy("Tên gọi khác"),
    "loai_hinh": gettext_lazy("Loại hình"),
    "dan_toc": gettext_lazy("Dân tộc"),
    "dia_diem": gettext_lazy("Địa điểm"),
    "chu_the": gettext_lazy("Chủ thể, người thực hành"),
    "nguon_goc": gettext_lazy("Nguồn gốc, quá trình ra đời"),
    "mo_ta": gettext_lazy("Miêu tả"),
    "do_vat_khong_gian": gettext_lazy("Đồ vật, không gian văn hóa liên quan"),
    "hien_trang": gettext_lazy("Hiện trạng, khả năng duy trì"),
    "gia_tri": gettext_lazy("Giá trị"),
    "bao_ve": gettext_lazy("Biện pháp bảo vệ"),
    "thong_tin_khac": gettext_lazy("Thông tin khác"),
    "nguon": gettext_lazy("Nguồn tư liệu"),
    "nguoi_lap": gettext_lazy("Người lập phiếu"),
    "ngay_lap": gettext_lazy("Ngày lập phiếu"),
    "co_quan": gettext_lazy("Cơ quan lập phiếu"),
    "ma": gettext_lazy("Mã tư liệu"),
}
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')  # in the name of a file, on some system
LONGEST_NAME = 80


def write_inventory_sheets(target: Path, lines: Lines, _open: OpenBytes) -> None:
    """An archive with a document for each record. A template that was taken away meanwhile counts as ours."""
    templates: dict[int, bytes] = {}
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for number, entry in enumerate(lines, 1):
            key = entry["template"]
            if key not in templates:
                own = SheetTemplate.objects.filter(pk=key).first() if key else None
                templates[key] = bytes(own.content) if own else our_template()
            name = _UNFIT.sub("-", entry["values"]["ten"])[:LONGEST_NAME].strip()
            archive.writestr(f"{number:03d} {name}.docx", fill(templates[key], entry["values"]))


@lru_cache(maxsize=1)
def our_template() -> bytes:
    """The sheet that is filled where an office has none of its own; also where an office begins its own. In Vietnamese: it is a form."""
    with override("vi"):
        document = _our_document()
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _our_document() -> Any:
    document = Document()
    normal = document.styles["Normal"].font
    normal.name, normal.size = "Times New Roman", Pt(13)
    document.add_paragraph("{{ co_quan }}")
    document.add_heading("PHIẾU KIỂM KÊ DI SẢN VĂN HÓA PHI VẬT THỂ", level=1)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for name, label in NAMES.items():
        if name not in ("co_quan", "nguoi_lap", "ngay_lap"):
            cells = table.add_row().cells
            cells[0].text, cells[1].text = str(label), "{{ " + name + " }}"
    document.add_paragraph()
    document.add_paragraph(f"{_('Người lập phiếu')}: " + "{{ nguoi_lap }}    " + f"{_('Ngày lập phiếu')}: " + "{{ ngay_lap }}")
    return document
