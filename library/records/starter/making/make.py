"""The action that makes every file of collections/starter/media_plan.csv, and the manifest that describes them."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from library.records.profiles.values import stored_values
from library.vocabularies.loading.rows import read_rows
from library.vocabularies.models import AdminUnit, EthnicGroup

from ...profiles import profile
from ..drafts import Draft, Lookups
from ..load import read_drafts
from . import documents, film, speech

MACHINE_PRINTED = "Tệp thử, máy in từ dữ liệu"
LICENCE = "CC-BY-4.0"
OURS = "Thư viện số Văn hóa các dân tộc Việt Nam"
MAP_CREDIT = "Bản đồ: @svg-maps/vietnam (Victor Cazanave), CC BY 4.0"
MANIFEST = "manifest.csv"
FILM_STOPS = ("F-001", "F-010", "F-044", "F-040")


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One line of the manifest: a file, its record, and the texts that are shown with it."""

    file: str
    record: str
    caption_vi: str
    caption_en: str
    alt_vi: str
    alt_en: str
    made_note: str
    rights: str
    credit: str
    captions: str = ""  # the WebVTT file beside it: the words that are spoken
    subtitles_en: str = ""  # the same in English
    chapters: str = ""


def make_starter_media(folder: Path | None = None) -> list[ManifestLine]:
    """Makes all files again in collections/starter/media. Needs the authorities in the database, espeak-ng, ffmpeg and Noto Sans."""
    starter = settings.COLLECTIONS_DIR / "starter"
    folder = folder or starter / "media"
    folder.mkdir(parents=True, exist_ok=True)
    drafts = {draft.source_key: draft for draft in read_drafts(starter, Lookups())}
    plan = read_rows(starter / "media_plan.csv", lambda row: (row.meaning("kind", row.required("kind"), MAKERS), row.required("record")))
    lines = [maker(drafts[key], drafts, folder) for maker, key in plan]
    _write_manifest(lines, folder)
    return lines


def _speech(draft: Draft, drafts: dict[str, Draft], folder: Path) -> ManifestLine:
    name = f"giong-doc-{draft.source_key.lower()}"
    sentences = [f"{speech.MACHINE_VOICE}. Tóm tắt chưa thẩm định.", f"{draft.title_vi}.", draft.summary_vi]
    with TemporaryDirectory() as scratch:
        sound = Path(scratch) / "sound.wav"
        lines = speech.speak(sentences, sound)
        film.write_flac(sound, Path(scratch) / "sound.flac")
        (folder / f"{name}.flac").write_bytes((Path(scratch) / "sound.flac").read_bytes())
    (folder / f"{name}.vtt").write_text(speech.as_vtt(lines), encoding="utf-8")
    return ManifestLine(
        f"{name}.flac",
        draft.source_key,
        f"Tóm tắt đọc thành tiếng: {draft.title_vi}",
        f"The summary read aloud: {draft.title_en}",
        "",
        "",
        speech.MACHINE_VOICE,
        LICENCE,
        OURS,
        f"{name}.vtt",
    )


def _film(draft: Draft, drafts: dict[str, Draft], folder: Path) -> ManifestLine:
    stops = [drafts[key] for key in FILM_STOPS]
    slides = [_opening(), *(_stop(stop) for stop in stops), _closing(stops)]
    sentences = [sentence for slide in slides for sentence in slide.spoken]
    with TemporaryDirectory() as scratch:
        sound = Path(scratch) / "sound.wav"
        lines = speech.speak(sentences, sound)
        film.write_film(slides, lines, sound, Path(scratch) / "film.mp4")
        (folder / "bon-le-hoi.mp4").write_bytes((Path(scratch) / "film.mp4").read_bytes())
    for suffix, words in film_words(slides, lines).items():
        (folder / f"bon-le-hoi{suffix}.vtt").write_text(speech.as_vtt(words), encoding="utf-8")
    return ManifestLine(
        "bon-le-hoi.mp4",
        draft.source_key,
        "Phim thử: bốn lễ hội trên bản đồ, có phụ đề",
        "Trial film: four festivals on the map, with captions",
        "Bản đồ Việt Nam và chữ; không có hình quay.",
        "Map of Viet Nam and words; no filmed pictures.",
        f"Tệp thử, {speech.MACHINE_VOICE.lower()}",
        LICENCE,
        f"{OURS}. {MAP_CREDIT}",
        "bon-le-hoi.vtt",
        "bon-le-hoi.en.vtt",
        "bon-le-hoi.chuong.vtt",
    )


def film_words(slides: Sequence[film.Slide], lines: Sequence[speech.SpokenLine]) -> dict[str, list[speech.SpokenLine]]:
    """Suffix of a file → its lines, with the times of the spoken lines: in Vietnamese, in English, and one chapter for each slide."""
    english = [sentence for slide in slides for sentence in slide.english]
    firsts = [sum(len(before.spoken) for before in slides[:place]) for place in range(len(slides))]
    ends = [*(lines[first].start for first in firsts[1:]), lines[-1].end]
    return {
        "": list(lines),
        ".en": [speech.SpokenLine(text, line.start, line.end) for text, line in zip(english, lines, strict=True)],
        ".chuong": [speech.SpokenLine(slide.title, lines[at].start, end) for slide, at, end in zip(slides, firsts, ends, strict=True)],
    }


def _opening() -> film.Slide:
    sentences = ["Phim thử, máy làm từ bản đồ và chữ của thư viện.", "Giọng đọc máy."]
    english = ["Four festivals on the map.", "A trial film, made by a machine from the library's maps and words.", "A machine voice."]
    return film.Slide("Bốn lễ hội trên bản đồ", sentences, (), english)


def _stop(draft: Draft) -> film.Slide:
    rule = stored_values(profile(draft.record_type), draft.details)["rule_text"]["text"]
    where = ", ".join(place.label_vi for place in draft.places)
    sentences = [f"{where}.", f"Ngày: {rule}.", f"Tóm tắt chưa thẩm định: {draft.summary_vi}"]
    english = [
        f"{draft.title_en}.",
        f"{where}.",
        f"Day, in the source's words: {rule}.",
        f"Summary not yet reviewed: {draft.summary_en or 'in Vietnamese only.'}",
    ]
    return film.Slide(draft.title_vi, sentences, {place.code for place in draft.places}, english)


def _closing(stops: list[Draft]) -> film.Slide:
    codes = {place.code for stop in stops for place in stop.places}
    sentences = ["Hãy tìm trong thư viện.", "Nếu quê bạn có lễ hội chưa có ở đây, hãy kể cho thư viện biết."]
    english = [
        "There are many more festivals.",
        "Look for them in the library.",
        "If your village has one that is not here, tell the library about it.",
    ]
    return film.Slide("Còn nhiều lễ hội nữa", sentences, codes, english)


def _printed(draft: Draft, content: documents.PrintedList, name: str, folder: Path) -> ManifestLine:
    pages = documents.write_pdf(content, folder / name)
    what = f"{pages} trang, có lớp chữ"
    return ManifestLine(name, draft.source_key, f"{draft.title_vi} (PDF, {what})", draft.title_en, "", "", MACHINE_PRINTED, LICENCE, OURS)


def _groups(draft: Draft, drafts: dict[str, Draft], folder: Path) -> ManifestLine:
    rows = [
        [group.code, group.name_vi, group.name_en, group.language_vi, f"{group.population_2019 or 0:,}".replace(",", ".")]
        for group in EthnicGroup.objects.all()
    ]
    columns = [("Mã", 32.0), ("Tên", 90.0), ("Tên tiếng Anh", 110.0), ("Tiếng nói", 190.0), ("Dân số 1/4/2019", 90.0)]
    note = "Mã theo danh mục năm 1979; cách viết tên theo Tổng điều tra dân số 2019."
    return _printed(draft, documents.PrintedList(draft.title_vi, note, columns, rows), "danh-sach-54-dan-toc.pdf", folder)


def _provinces(draft: Draft, drafts: dict[str, Draft], folder: Path) -> ManifestLine:
    units = AdminUnit.objects.filter(level=AdminUnit.Level.PROVINCE).prefetch_related("came_from__old")
    rows = [[unit.code, unit.label_vi, unit.kind, ", ".join(change.old.label_vi for change in unit.came_from.all())] for unit in units]
    columns = [("Mã", 32.0), ("Tên", 100.0), ("Loại", 150.0), ("Gồm các tỉnh cũ", 230.0)]
    note = "Theo Nghị quyết 202/2025/QH15, từ ngày 1/7/2025. Một mã cũ có thể nay là mã của tỉnh khác."
    return _printed(draft, documents.PrintedList(draft.title_vi, note, columns, rows), "danh-sach-34-tinh.pdf", folder)


def _unesco(draft: Draft, drafts: dict[str, Draft], folder: Path) -> ManifestLine:
    rows = [[listing["year"], listing["title"], listing["list"]] for listing in _unesco_listings(drafts)]
    columns = [("Năm", 40.0), ("Tên", 310.0), ("Danh sách", 150.0)]
    note = "Tính đến tháng 12/2025."
    return _printed(draft, documents.PrintedList(draft.title_vi, note, columns, rows), "di-san-unesco.pdf", folder)


def _unesco_listings(drafts: dict[str, Draft]) -> Iterator[dict[str, str]]:
    return (draft.details["listings"][0] for key, draft in drafts.items() if key.startswith("UNESCO-"))


def _write_manifest(lines: list[ManifestLine], folder: Path) -> None:
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(ManifestLine)], lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(asdict(line) for line in lines)


MAKERS: dict[str, Callable[[Draft, dict[str, Draft], Path], ManifestLine]] = {
    "speech": _speech,
    "film": _film,
    "groups": _groups,
    "provinces": _provinces,
    "unesco": _unesco,
}
