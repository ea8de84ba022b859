"""Forms of the admin: upload, and the options that staff set for a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Asset, TextTrack
from ..probe import MediaInfo
from ..recipes import OCR_LANGUAGES


class UploadForm(forms.Form):
    """One file. ``ingest`` decides what it is and whether it is accepted."""

    file = forms.FileField(
        label=_("Tệp"),
        allow_empty_file=True,
        help_text=_("Ảnh, âm thanh, phim, PDF. Tệp gốc được giữ nguyên; thư viện tự làm các bản nhẹ để xem trên điện thoại."),
        error_messages={"required": _("Chưa chọn tệp. Hãy chọn một tệp.")},
    )


class EraseForm(forms.Form):
    """Why an original is erased; the reason goes to the log."""

    reason = forms.CharField(
        label=_("Lý do"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ai yêu cầu, ngày nào. Lý do được ghi vào nhật ký, không ghi nội dung của tệp."),
    )


class StaffOptionsForm(forms.ModelForm):
    """The staff's options for a file: poster, sound track, OCR language, whether the original is public."""

    poster_seconds = forms.FloatField(
        label=_("Ảnh bìa ở giây thứ"), required=False, min_value=0, help_text=_("Để trống: máy tự chọn một hình tiêu biểu.")
    )
    ocr_language = forms.ChoiceField(
        label=_("Nhờ máy đọc chữ trên trang"),
        required=False,
        choices=[("", _("không")), *((code, name) for code, (name, _tag) in OCR_LANGUAGES.items())],
        help_text=_("Chỉ đọc những trang chưa có chữ. Chữ máy đọc có thể sai: cần người soát lại."),
    )
    audio_track = forms.TypedChoiceField(label=_("Đường tiếng"), required=False, coerce=int, empty_value=None)

    class Meta:
        model = Asset
        fields = ["ocr_language", "publish_original"]
        help_texts = {
            "publish_original": _(
                "Tệp gốc có thể mang toạ độ nơi chụp, tên máy, tên người; thư viện không xóa được những thứ đó trong tệp gốc."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asset: Asset = self.instance
        if asset.kind != Asset.Kind.VIDEO:
            del self.fields["poster_seconds"]
        elif asset.poster_time_ms is not None:
            self.initial["poster_seconds"] = asset.poster_time_ms / 1000
        if not asset.pages:
            del self.fields["ocr_language"]
        self._offer_tracks(asset)

    def _offer_tracks(self, asset: Asset) -> None:
        tracks = MediaInfo.from_dict(asset.probe).sound if asset.probe else ()
        if len(tracks) < 2:
            del self.fields["audio_track"]
            return
        field = self.fields["audio_track"]
        assert isinstance(field, forms.TypedChoiceField)
        names = [(track.index, f"{place}: {track.language or '?'} ({track.codec})") for place, track in enumerate(tracks, start=1)]
        field.choices = [("", _("đường mặc định")), *names]
        self.initial["audio_track"] = asset.audio_track

    def save(self, commit: bool = True) -> Asset:
        asset: Asset = self.instance
        if "poster_seconds" in self.fields:
            seconds = self.cleaned_data["poster_seconds"]
            asset.poster_time_ms = None if seconds is None else round(seconds * 1000)
        if "audio_track" in self.fields:
            asset.audio_track = self.cleaned_data["audio_track"]
        saved: Asset = super().save(commit)
        return saved


class NewTrackForm(forms.Form):
    """Words for a recording: a file with times, or plain words that are spread over it."""

    role = forms.ChoiceField(
        label=_("Vai trò"), choices=[(each.value, each.label) for each in TextTrack.Role if each not in TextTrack.PAGED]
    )
    language = forms.RegexField(
        r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
        label=_("Ngôn ngữ"),
        initial="vi",
        help_text=_("Mã của tiếng, kèm chữ viết nếu cần: vi, en, tyz, hmn-Latn, cjm-Cham …"),
    )
    file = forms.FileField(label=_("Tệp lời"), required=False, help_text=_("WebVTT, SRT, ELAN (.eaf) hoặc TextGrid."))
    tier = forms.CharField(label=_("Tầng (tier)"), required=False, help_text=_("Chỉ cho ELAN và TextGrid; để trống: lấy tất cả."))
    text = forms.CharField(
        label=_("Hoặc chép lời vào đây"),
        required=False,
        widget=forms.Textarea,
        help_text=_("Mỗi dòng một câu. Máy chia thời gian, người sửa sau."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("text", "").strip():
            raise forms.ValidationError(_("Hãy chọn một tệp hoặc chép lời vào ô."))
        return cleaned
