"""The staff's forms: what a bulletin is, words with their voice, the part of a record that is heard, the hour."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.presentation.places import by_name
from library.vocabularies.models import AdminUnit
from media_pipeline.errors import Refused
from media_pipeline.formats import AUDIO, VIDEO
from media_pipeline.intake.sniff import HEAD, sniff
from media_pipeline.stages import speech
from media_pipeline.text.names import named_like

from .access import places_of, public_files
from .models import Bulletin, Piece, Voice
from .presentation import full_name

CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,4})", re.ASCII)


class ClockField(forms.Field):
    """A time in a recording, such as 1:05 or 65; whole seconds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "size": 7, "maxlength": 7}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        match = CLOCK.fullmatch(str(value).strip())
        if match is None or (match[1] and int(match[2]) > 59):
            raise ValidationError(_("Hãy ghi phút:giây, như 1:05, hoặc số giây."))
        return int(match[1] or 0) * 60 + int(match[2])

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 60}:{value % 60:02d}" if isinstance(value, int) else value


class BulletinForm(forms.ModelForm):
    """Title, place, summary. A commune is typed by name, since a province has a hundred."""

    province = forms.ModelChoiceField(queryset=AdminUnit.objects.none(), label=gettext_lazy("Tỉnh, thành phố"))
    commune = forms.CharField(
        label=gettext_lazy("Xã, phường"), required=False, max_length=100, help_text=gettext_lazy("Để trống khi cả tỉnh cùng nghe.")
    )

    class Meta:
        model = Bulletin
        fields = ("title", "summary")
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"summary": gettext_lazy("Một hai câu cho người chọn nghe. Bỏ trống cũng được.")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places_of(user)
        field: Any = self.fields["province"]
        field.queryset = self.places.filter(level=AdminUnit.Level.PROVINCE)
        field.choices = [("", "–"), *((unit.pk, unit.label) for unit in by_name(field.queryset))]
        if len(field.choices) == 2:
            field.initial = field.choices[1][0]
        place = self.instance.place if self.instance.place_id else None
        if place is not None and place.level == AdminUnit.Level.COMMUNE:
            self.initial = {**self.initial, "province": place.parent_id, "commune": place.label}
        elif place is not None:
            self.initial = {**self.initial, "province": place.pk}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        province, typed = cleaned.get("province"), cleaned.get("commune", "").strip()
        if province is not None:
            self.instance.place = self._commune(province, typed) if typed else province
        return cleaned

    def _commune(self, province: AdminUnit, typed: str) -> AdminUnit:
        communes = self.places.filter(level=AdminUnit.Level.COMMUNE, parent=province)
        found = list(named_like(communes, typed, "label_vi__folded")[:10])
        exact = [unit for unit in found if unit.label.casefold() == typed.casefold()] or found
        if len(exact) == 1:
            return exact[0]
        if exact:
            names = "; ".join(full_name(unit) for unit in exact)
            raise ValidationError({"commune": _("Có nhiều xã tên như vậy: %(names)s. Hãy gõ đủ tên.") % {"names": names}})
        raise ValidationError({"commune": _("Không có xã, phường nào tên như vậy trong tỉnh này.")})


class WordsForm(forms.ModelForm):
    """Words, and who says them. The file of a voice is taken in by the view (``taken_in``)."""

    file = forms.FileField(label=gettext_lazy("Tệp tiếng"), required=False)

    class Meta:
        model = Piece
        fields = ("text", "voice")
        widgets = {"text": forms.Textarea(attrs={"rows": 6}), "voice": forms.RadioSelect}
        help_texts = {"text": gettext_lazy("Viết đúng như sẽ đọc: người nghe kém và người đọc trên trang thấy từng chữ.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        voice: Any = self.fields["voice"]
        voice.required = True
        offered = [choice for choice in Voice.choices if choice[0] != Voice.MACHINE or speech.binary()]
        voice.choices = offered
        self.initial["voice"] = self.instance.voice or Voice.PERSON
        self.fields["file"].help_text = _("Đang có một tệp. Chọn tệp khác để thay.") if self.instance.asset_id else ""

    @property
    def machine_offered(self) -> bool:
        """Whether this server has a machine voice."""
        return bool(speech.binary())

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            try:
                kind = sniff(file.read(HEAD), file.name).kind
            except Refused as refusal:
                raise ValidationError(refusal.message) from refusal
            file.seek(0)
            if kind not in {AUDIO, VIDEO}:
                raise ValidationError(_("Đây không phải tệp tiếng."))
        return file


class RecordPieceForm(forms.ModelForm):
    """Which sound of a record, and from when to when."""

    start_s = ClockField(label=gettext_lazy("Từ"), help_text=gettext_lazy("Phút:giây, như 1:05. Để trống là từ đầu."))
    end_s = ClockField(label=gettext_lazy("Đến"), help_text=gettext_lazy("Để trống là đến hết."))

    class Meta:
        model = Piece
        fields = ("asset", "start_s", "end_s")
        labels = {"asset": gettext_lazy("Tệp tiếng")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        links = list(public_files().filter(record=self.instance.record_id).select_related("asset"))
        field: Any = self.fields["asset"]
        field.queryset = field.queryset.filter(pk__in=[link.asset_id for link in links])
        field.required = True
        field.choices = [(link.asset_id, str(link)) for link in links]

    def clean_start_s(self) -> int:
        return self.cleaned_data["start_s"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end, asset = cleaned.get("start_s") or 0, cleaned.get("end_s"), cleaned.get("asset")
        whole = asset.duration_ms // 1000 if asset is not None and asset.duration_ms else None
        if end is not None and end <= start:
            raise ValidationError({"end_s": _("Lúc hết phải sau lúc bắt đầu.")})
        if whole is not None and start >= max(1, whole):
            raise ValidationError({"start_s": _("Tệp này ngắn hơn thế.")})
        return cleaned


class ScheduleForm(forms.Form):
    """When it is heard from; empty: at once."""

    when = forms.DateTimeField(
        label=gettext_lazy("Phát từ lúc"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Để trống là phát ngay."),
    )
