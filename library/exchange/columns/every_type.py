"""The columns that every type has. The order is that of the template."""

from django.utils.translation import gettext_lazy as _

from .column import CODE, IDENTIFIER, Column

_FILES = _("Tên tệp trong tệp nén hay thư mục gửi kèm; nhiều tệp cách nhau bằng dấu chấm phẩy.")
_MANY = _("Nhiều giá trị cách nhau bằng dấu chấm phẩy.")
_TEXT = "text"

CORE_COLUMNS = (
    Column(
        CODE,
        _("Mã riêng của cơ quan"),
        CODE,
        help=_("Số phiếu của cơ quan. Nhập lại cùng mã thì cập nhật, không thêm bản mới."),
        example="HSP-001",
    ),
    Column(IDENTIFIER, _("Mã trong thư viện"), IDENTIFIER, help=_("Chỉ ghi khi muốn sửa tư liệu đã có.")),
    Column("title_vi", _("Tên"), _TEXT, "title_vi", required=True, example="Lễ hội Gầu Tào"),
    Column("title_en", _("Tên tiếng Anh"), _TEXT, "title_en"),
    Column("summary_vi", _("Tóm tắt"), _TEXT, "summary_vi", help=_("Một hai câu."), example="Người Mông mở hội đầu năm trên bãi đất rộng."),
    Column("summary_en", _("Tóm tắt tiếng Anh"), _TEXT, "summary_en"),
    Column(
        "vernacular_title",
        _("Tên trong tiếng dân tộc"),
        "names",
        "vernacular_title",
        many=True,
        help=_("Sau tên, ghi tiếng trong ngoặc."),
        example="Hauv Toj (tiếng Mông)",
    ),
    Column("other_title", _("Tên khác"), "names", "other_title", many=True, help=_MANY),
    Column("original_title", _("Tên nguyên văn trong nguồn"), "names", "original_title", many=True),
    Column("groups", _("Dân tộc"), "groups", many=True, help=_("Viết cách nào cũng được: Mông, H’mông, Dao đỏ."), example="Mông"),
    Column(
        "places",
        _("Nơi (xã, tỉnh)"),
        "places",
        many=True,
        help=_("Tên nay hay tên cũ; ghi thêm huyện hay tỉnh cho rõ."),
        example="xã Tả Phìn, Lào Cai",
    ),
    Column("former_units", _("Nơi, tên trước 1/7/2025"), "former_places", many=True, help=_("Xã, huyện hay tỉnh cũ. Máy tìm xã nay.")),
    Column("place_recorded", _("Địa danh như đã ghi"), _TEXT, "place_recorded"),
    Column("date", _("Thời gian"), "dates", many=True, help=_("Cứ viết như vẫn nói, ngày trước tháng sau."), example="khoảng 1930"),
    Column("language", _("Ngôn ngữ"), "terms", "languages", many=True, help=_MANY, example="tiếng Mông"),
    Column("script", _("Chữ viết"), "terms", "scripts", many=True),
    Column("unesco_domain", _("Lĩnh vực UNESCO"), "terms", "unesco_domains", many=True),
    Column("tags", _("Từ khóa"), "tags", many=True, help=_MANY),
    Column("vitality", _("Tình trạng thực hành"), "choice", "vitality"),
    Column("collected_at", _("Cấp thu thập"), "choice", "collected_at"),
    Column("teller", _("Người kể"), "people", "teller", many=True, help=_("Họ và tên."), example="Giàng A Páo"),
    Column("singer", _("Người hát"), "people", "singer", many=True),
    Column("speaker", _("Người nói"), "people", "speaker", many=True),
    Column("maker", _("Người làm"), "people", "maker", many=True),
    Column("officiant", _("Người chủ lễ"), "people", "officiant", many=True),
    Column("collector", _("Người sưu tầm"), "people", "collector", many=True),
    Column("translator", _("Người dịch"), "people", "translator", many=True),
    Column("media", _("Tên tệp ảnh, tiếng, phim"), "files", "media", many=True, help=_FILES, example="IMG_0398.JPG"),
    Column("media_alt", _("Lời tả ảnh"), "alongside", "alt_vi", many=True, help=_("Theo thứ tự các tệp, cách nhau bằng dấu chấm phẩy.")),
    Column("media_caption", _("Chú thích ảnh"), "alongside", "caption_vi", many=True, help=_("Theo thứ tự các tệp.")),
    Column(
        "sources",
        _("Nguồn"),
        "sources",
        many=True,
        help=_("Sách, báo, người cho biết; cách nhau bằng dấu chấm phẩy."),
        example="Sổ tay của xã Tả Phìn, 2024",
    ),
    Column("rights", _("Tình trạng quyền"), "term", "rights_id"),
    Column("rights_holder", _("Chủ thể quyền"), _TEXT, "rights_holder"),
    Column("credit", _("Ghi công"), _TEXT, "credit"),
    Column("confidence", _("Độ tin cậy"), "choice", "confidence"),
    Column("access", _("Mức truy cập"), "choice", "own_access"),
    Column("warnings", _("Cảnh báo nội dung"), "terms", "warnings", many=True),
)
#: Vocabulary of the columns that point to terms.
VOCABULARIES = {
    "languages": "languages",
    "scripts": "scripts",
    "unesco_domains": "unesco_ich_domains",
    "warnings": "content_warnings",
    "rights_id": "rights_statements",
}
