"""Everything that can go wrong, by class, and each code in one plain sentence with what to do about it.

The class decides what the runner does (see ``runner``). The code is stored. The words are shown in the reader's language.
"""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Words:
    """What happened, and what the person who reads it can do."""

    what: str | Promise
    advice: str | Promise


_ANOTHER_FILE = _("Hãy chọn một tệp khác.")
_KEPT = _("Bản gốc vẫn được giữ. Hãy tìm một bản tốt hơn, hoặc bấm Chạy lại.")
_BY_ITSELF = _("Không phải làm gì: việc sẽ tự chạy lại khi có đủ điều kiện.")
_SMALLER = _("Hãy chia nhỏ hoặc giảm cỡ tệp rồi tải lên lại.")

MESSAGES: dict[str, Words] = {
    # refused: nothing is kept
    "empty": Words(_("Tệp rỗng, không có dữ liệu."), _("Hãy kiểm tra tệp trên máy rồi tải lên lại.")),
    "unknown_type": Words(_("Thư viện không nhận loại tệp này."), _ANOTHER_FILE),
    "vector": Words(_("Thư viện không nhận ảnh vẽ SVG, EPS hay PostScript."), _("Hãy xuất ảnh ra PNG hoặc JPEG.")),
    "markup": Words(_("Đây là trang web hoặc mã, không phải ảnh, âm thanh, phim hay tài liệu."), _ANOTHER_FILE),
    "playlist": Words(_("Đây là danh sách phát, không phải tệp phim hay âm thanh."), _("Hãy tải lên chính tệp phim hay âm thanh.")),
    "archive": Words(_("Đây là tệp nén."), _("Hãy giải nén rồi tải từng tệp, hoặc dùng trang nhập hàng loạt.")),
    "program": Words(_("Đây là chương trình máy tính."), _ANOTHER_FILE),
    "captions": Words(_("Đây là tệp phụ đề."), _("Hãy mở bản ghi âm hoặc phim rồi thêm phụ đề ở đó.")),
    "sheet": Words(_("Đây là bảng số liệu."), _("Hãy dùng trang nhập hàng loạt.")),
    "not_text": Words(_("Tệp chữ không phải UTF-8 hoặc có ký tự điều khiển."), _("Hãy lưu tệp lại với bảng mã UTF-8.")),
    "disagree": Words(_("Nội dung tệp không thống nhất: phần đầu nói một loại, phần sau là loại khác."), _ANOTHER_FILE),
    "too_large_file": Words(_("Tệp quá lớn."), _SMALLER),
    "too_many_pixels": Words(_("Ảnh có quá nhiều điểm ảnh."), _SMALLER),
    "too_large_frame": Words(_("Khung hình phim quá lớn."), _SMALLER),
    "too_many_frames": Words(_("Phim có quá nhiều hình mỗi giây."), _SMALLER),
    "too_many_channels": Words(_("Bản ghi có quá nhiều kênh tiếng."), _("Hãy trộn xuống tối đa 8 kênh.")),
    "sample_rate": Words(
        _("Tần số lấy mẫu của bản ghi nằm ngoài khoảng 4–384 kHz."), _("Hãy xuất lại bản ghi, chẳng hạn ở 48 kHz, rồi tải lên lại.")
    ),
    "too_many_scans": Words(_("Ảnh JPEG có quá nhiều lượt quét."), _("Hãy lưu lại ảnh thành JPEG thường rồi tải lên lại.")),
    "too_many_pages": Words(_("Tài liệu có quá nhiều trang."), _SMALLER),
    "size_differs": Words(_("Số byte nhận được khác với số đã báo: tệp đến thiếu hoặc thừa."), _("Hãy tải lên lại.")),
    "hash_differs": Words(_("Mã kiểm tra SHA-256 không khớp: tệp đã đổi trên đường đi."), _("Hãy tải lên lại.")),
    "too_many_uploads": Words(_("Bạn đang có quá nhiều lượt tải lên còn dở."), _("Hãy hoàn tất hoặc huỷ một lượt trước.")),
    "wrong_offset": Words(_("Mảnh tệp đến không đúng chỗ."), _("Hãy gửi tiếp từ đúng vị trí máy chủ báo.")),
    "busy": Words(_("Một mảnh khác của tệp này đang được ghi."), _("Hãy thử lại sau giây lát.")),
    "expired": Words(_("Lượt tải lên đã đóng hoặc hết hạn."), _("Hãy bắt đầu lại.")),
    "erased": Words(
        _("Tệp này đã bị xóa khỏi thư viện theo yêu cầu của người có quyền."), _("Nếu nay được đồng ý trở lại, hãy báo người quản trị.")
    ),
    "cannot_replace": Words(
        _("Tệp này không thay được cho tệp kia: khác loại, hoặc tệp kia đã được thay rồi."), _("Hãy chọn một tệp cùng loại.")
    ),
    "may_not_replace": Words(_("Bạn không còn quyền thay tệp ấy."), _("Hãy hỏi cơ quan phụ trách tệp.")),
    "no_file": Words(_("Chưa chọn tệp."), _("Hãy chọn một tệp.")),
    # damaged, protected: the original is kept
    "damaged": Words(_("Tệp bị hỏng, không đọc được."), _KEPT),
    "cut_short": Words(_("Tệp bị cụt: phần cuối không có."), _KEPT),
    "no_index": Words(_("Phim chưa ghi xong: thiếu phần mục lục (moov)."), _KEPT),
    "nothing_decoded": Words(_("Không giải mã được hình hay tiếng nào trong tệp."), _KEPT),
    "protected": Words(_("Tệp bị khoá bằng mật khẩu hoặc mã hoá."), _("Hãy tải lên bản không khoá. Bản gốc vẫn được giữ.")),
    # kept, but nothing to show
    "too_long": Words(_("Bản ghi dài quá 12 giờ."), _("Bản gốc vẫn được giữ. Hãy chia nhỏ bản ghi rồi tải từng phần lên.")),
    "psd_without_picture": Words(
        _("Tệp Photoshop không có sẵn ảnh gộp, hoặc có kiểu màu mà thư viện không đọc."),
        _("Hãy lưu lại với “Maximize Compatibility”, 8 bit, hoặc xuất ra TIFF rồi thay tệp. Bản gốc vẫn được giữ."),
    ),
    "too_large_preview": Words(
        _("Ảnh quá lớn để làm bản xem trước trên máy chủ này."), _("Người quản trị có thể cài pyvips rồi bấm Chạy lại.")
    ),
    "over_limit": Words(
        _("Việc xử lý vượt giới hạn thời gian, bộ nhớ hoặc dung lượng."), _("Bản gốc vẫn được giữ. Hãy báo người quản trị.")
    ),
    "stalled": Words(_("Việc xử lý đứng yên quá lâu nên đã bị dừng."), _("Hãy bấm Chạy lại; nếu vẫn vậy, hãy báo người quản trị.")),
    # waiting: starts by itself
    "no_ffmpeg": Words(_("Máy chủ chưa có ffmpeg để xử lý phim và âm thanh."), _BY_ITSELF),
    "no_decoder": Words(
        _("ffmpeg trên máy chủ không đọc được kiểu nén của phim này."), _("Người quản trị có thể cài ffmpeg khác; việc sẽ tự chạy lại.")
    ),
    "no_av1": Words(_("ffmpeg trên máy chủ không làm và đọc lại được AV1 (cần libsvtav1 và dav1d)."), _BY_ITSELF),
    "no_mp3": Words(_("ffmpeg trên máy chủ không ghi được MP3 (cần libmp3lame)."), _BY_ITSELF),
    "no_voice": Words(_("Máy chủ không có giọng máy tiếng Việt (espeak-ng)."), _BY_ITSELF),
    "no_tesseract": Words(_("Máy chủ chưa có tesseract để đọc chữ từ ảnh."), _BY_ITSELF),
    "no_tesseract_language": Words(
        _("Tesseract trên máy chủ chưa có bộ chữ của ngôn ngữ này."), _("Người quản trị có thể cài thêm; việc sẽ tự chạy lại.")
    ),
    "other_recipe": Words(
        _("Việc này được xếp theo một phiên bản khác của thư viện."),
        _("Hãy khởi động lại máy xử lý sau khi nâng cấp. Nếu việc có từ trước khi nâng cấp, hãy bấm Chạy lại."),
    ),
    "disk_full": Words(_("Máy chủ hết chỗ trống."), _("Hãy báo người quản trị. Việc sẽ tự chạy lại khi có chỗ.")),
    "storage_absent": Words(_("Kho tệp đang không truy cập được."), _("Hãy báo người quản trị. Việc sẽ tự chạy lại khi kho trở lại.")),
    # transient, bug
    "storage_error": Words(_("Kho tệp trả lời lỗi."), _BY_ITSELF),
    "worker_died": Words(_("Máy xử lý dừng giữa chừng nhiều lần với tệp này."), _("Hãy báo người quản trị.")),
    "original_changed": Words(_("Bản gốc trong kho không còn đúng như khi nhận."), _("Hãy báo người quản trị ngay.")),
    "bad_output": Words(
        _("Bản làm ra không đạt kiểm tra nên không được dùng."), _("Hãy bấm Chạy lại; nếu vẫn vậy, hãy báo người quản trị.")
    ),
    "disk_error": Words(_("Ổ đĩa của máy chủ không ghi hoặc không đọc được."), _("Hãy báo người quản trị. Việc sẽ tự chạy lại.")),
    "database_away": Words(_("Cơ sở dữ liệu đang không trả lời."), _BY_ITSELF),
    "bug": Words(_("Lỗi chương trình."), _("Hãy báo người quản trị.")),
    "cancelled": Words(_("Việc đã bị huỷ."), _("Không phải làm gì.")),
    # warnings: a derivative was made all the same
    "header_lies": Words(_("Thời lượng ghi trong tệp khác thời lượng thật."), _("Hãy nghe hoặc xem lại cả bản ghi.")),
    "sound_uncounted": Words(_("Đầu tệp ghi ít tiếng hơn tệp thật có; thư viện đã lấy hết tiếng trong tệp."), _("Hãy nghe lại đoạn cuối.")),
    "bytes_uncounted": Words(
        _("Tệp còn những byte mà đầu tệp không tính, có thể là tiếng chưa lấy ra được."),
        _("Hãy mở tệp bằng phần mềm âm thanh, lưu lại rồi thay tệp. Bản gốc vẫn được giữ."),
    ),
    "colour_profile": Words(_("Hồ sơ màu hỏng nên bị bỏ qua; màu có thể hơi khác."), _("Hãy so màu với bản gốc.")),
    "hdr_plain": Words(_("Phim HDR được chuyển màu đơn giản vì ffmpeg thiếu zscale."), _("Hãy xem lại màu.")),
    "first_frame": Words(_("Ảnh động: chỉ lấy hình đầu."), _("Nếu cần cả chuyển động, hãy tải lên dạng phim.")),
    "few_frames": Words(
        _("Phim có rất ít hình so với thời lượng."), _("Hãy xem lại phim; nếu lẽ ra hình phải chuyển động, hãy tìm một bản tốt hơn.")
    ),
    "page_skipped": Words(_("Có trang không đọc được nên bị bỏ qua."), _("Hãy xem lại tài liệu.")),
    "page_clamped": Words(_("Có trang khổ quá lớn nên ảnh trang được thu nhỏ."), _("Không phải làm gì.")),
}


class MediaError(Exception):
    """Something went wrong, known by its code; ``detail`` is technical and never shown to the public."""

    state: ClassVar[str] = "failed"

    def __init__(self, code: str, detail: str = "", *, log: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail, self.log = code, detail, log

    @property
    def message(self) -> str:
        """One plain sentence and what to do, in the reader's language."""
        words = words_for(self.code)
        return f"{words.what} {words.advice}"


#: Codes of refusals whose status is not 422.
STATUS = {"may_not_replace": 403, "too_large_file": 413, "wrong_offset": 409, "busy": 409, "too_many_uploads": 429, "expired": 410}


class Refused(MediaError):
    """The file or the request is not taken, and nothing of it is kept: the fault is the file's or the request's."""

    state: ClassVar[str] = "refused"

    @property
    def status(self) -> int:
        """The HTTP status of the answer, 4xx."""
        return STATUS.get(self.code, 422)


class Damaged(MediaError):
    """It cannot be decoded. No retry; the original is kept."""


class Protected(MediaError):
    """Encrypted or behind a password. No retry; the original is kept."""


class OverLimit(MediaError):
    """It needed more than it may have. No retry; the original is kept."""


class Waiting(MediaError):
    """A tool, room on the disk or the storage is missing: the fault is ours. No attempt is used; it starts by itself."""

    state: ClassVar[str] = "waiting"

    @property
    def status(self) -> int:
        """The HTTP status of the answer: 507 when our disk is full, else 503."""
        return 507 if self.code == "disk_full" else 503


class Transient(MediaError):
    """It may go well next time: storage errors, outputs that failed their check."""


class LeaseLost(Exception):
    """Another worker has the job, or it was cancelled: stop and leave nothing behind."""


class Superseded(Exception):
    """A later job does the same with today's recipe and choices: this one need not be done."""


class StopRequested(Exception):
    """This worker was asked to stop: hand the job back."""


def words_for(code: str) -> Words:
    """The sentence and the advice for a code; one that another release stored and this one does not know is an error of the program."""
    return MESSAGES.get(code, MESSAGES["bug"])
