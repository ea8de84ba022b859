"""The formats of exports, in the order in which they are offered."""

from django.utils.translation import gettext_lazy as _

from .bag import write_bag
from .csv_files import write_csv
from .format import Format
from .inventory_sheets import write_inventory_sheets
from .json_lines import write_json_lines
from .record_sheets import write_record_sheets
from .workbooks import write_workbooks

ZIP = "zip"


def _one_or_zip(ending: str, types: int) -> str:
    return ending if types == 1 else ZIP


FORMATS = {
    each.code: each
    for each in (
        Format(
            "xlsx",
            _("Bảng Excel"),
            _("Sửa trong Excel rồi nhập lại được. Nhiều loại tư liệu thì mỗi loại một bảng, nén chung."),
            "cells",
            lambda types: _one_or_zip("xlsx", types),
            write_workbooks,
        ),
        Format(
            "csv",
            _("Bảng CSV"),
            _("Cùng các cột ấy, cho phần mềm khác. Mở được trong Excel."),
            "cells",
            lambda types: _one_or_zip("csv", types),
            write_csv,
        ),
        Format(
            "docx", _("Phiếu tư liệu (Word)"), _("Mỗi tư liệu một phiếu có ảnh, để in."), "sheet", lambda types: "docx", write_record_sheets
        ),
        Format(
            "inventory",
            _("Phiếu kiểm kê (Word)"),
            _("Mỗi tư liệu một phiếu theo mẫu của cơ quan, hoặc theo mẫu có sẵn. Các phiếu nén chung."),
            "inventory",
            lambda types: ZIP,
            write_inventory_sheets,
        ),
        Format(
            "jsonl",
            _("JSON Lines"),
            _("Mọi trường bằng mã, mỗi dòng một tư liệu. Cho lập trình viên."),
            "content",
            lambda types: "jsonl",
            write_json_lines,
        ),
        Format(
            "bag",
            _("Gói lưu trữ (BagIt)"),
            _("Tư liệu, tệp gốc và mã kiểm tra của từng tệp. Nhập lại được vào một thư viện khác."),
            "bag",
            lambda types: ZIP,
            write_bag,
            holds_originals=True,
        ),
    )
}
