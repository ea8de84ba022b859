"""Why a file cannot be imported at all, in words for the officer who sent it. What is wrong in one row is no error here."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("Tệp này trống. Hãy chọn bảng có ít nhất một dòng tên cột và một dòng dữ liệu."),
    "not_a_table": _("Đây không phải bảng .xlsx hay .csv. Trong Excel, chọn Lưu thành (Save As) rồi chọn Excel Workbook (.xlsx)."),
    "old_excel": _("Đây là tệp .xls kiểu cũ. Mở bằng Excel, chọn Lưu thành (Save As) rồi chọn Excel Workbook (.xlsx)."),
    "opendocument": _("Đây là tệp .ods. Mở bằng LibreOffice, chọn Lưu thành (Save As) rồi chọn Excel 2007-365 (.xlsx)."),
    "encrypted": _("Tệp đang có mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi gửi."),
    "macros": _("Tệp có chứa lệnh tự chạy (macro). Hãy lưu thành Excel Workbook (.xlsx), loại không có macro."),
    "strict_workbook": _("Tệp lưu kiểu “Strict Open XML”. Hãy lưu lại thành Excel Workbook (.xlsx) thường."),
    "broken": _("Tệp hỏng hoặc tải lên chưa trọn. Hãy mở thử trên máy, lưu lại rồi gửi lần nữa."),
    "entities": _("Trong tệp có phần không thuộc về bảng tính (khai báo XML). Hãy chép bảng sang tệp mới rồi gửi."),
    "unpacks_too_large": _("Tệp bung ra quá lớn. Hãy chia thành vài tệp nhỏ hơn."),
    "too_many_entries": _("Tệp nén có quá nhiều tệp bên trong. Hãy chia thành vài tệp nén."),
    "outside": _("Trong tệp nén có tên trỏ ra ngoài tệp nén (“../”, “C:”). Hãy nén lại từ một thư mục thường."),
    "link": _("Trong tệp nén hay thư mục có lối tắt (link). Hãy chép tệp thật vào rồi gửi."),
    "same_names": _("Trong tệp nén có hai tệp trùng tên. Hãy đổi tên một tệp."),
    "no_table": _("Không thấy bảng .xlsx hay .csv nào. Hãy để một bảng cùng chỗ với ảnh."),
    "several_tables": _("Có nhiều hơn một bảng. Mỗi lần nhập chỉ một bảng: hãy để lại một bảng."),
    "too_many_rows": _("Bảng có quá nhiều dòng. Hãy chia thành vài tệp."),
    "too_many_columns": _("Bảng có quá nhiều cột. Hãy xóa các cột thừa bên phải."),
    "no_header": _("Chưa thấy tên cột. Dòng đầu tiên phải là tên các cột."),
    "no_rows": _("Bảng chỉ có tên cột, chưa có dòng dữ liệu nào."),
    "encoding": _("Chữ trong tệp đọc không ra. Hãy lưu thành “CSV UTF-8” hoặc .xlsx; nếu dùng phông TCVN3 hay VNI, hãy đổi sang Unicode."),
    "too_large": _("Tệp quá lớn. Hãy chia thành vài tệp nhỏ hơn."),
    "not_a_bag": _("Đây không phải gói lưu trữ (BagIt) do thư viện này hay một thư viện cùng loại xuất ra."),
    "damaged_bag": _("Gói lưu trữ thiếu tệp, thừa tệp hoặc có tệp đã bị sửa. Hãy chép hay tải lại gói."),
    "lost": _("Tệp đã gửi không còn trên máy chủ. Hãy gửi lại."),
}


class SheetError(Exception):
    """The whole file is refused. ``code`` names the reason, ``message`` says it and how to mend it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str:
        return str(SENTENCES[self.code])


class SheetTemplateError(Exception):
    """A Word document cannot be a template of inventory sheets; the text says why, in the reader's language."""
