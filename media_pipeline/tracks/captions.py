"""WebVTT and SubRip as cues of plain text. Every block with words becomes cues or a complaint with its line.

Times and blocks follow the W3C's WebVTT parser; only tags that these formats have are taken out, any other sign is text.
"""

import html
import re

from django.utils.translation import gettext as _

from .cues import Cue, Reading, name_of, words_of

_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})")
_ARROW = re.compile(r"\s*(\S+?)\s*-->\s*(\S+)(?:\s.*)?")
_PLAIN = r"(?:\.[^\s<>]+)?\s*"  # classes
_NAMED = r"(?:\.[^\s<>]*)?(?:\s[^<>]*)?"  # classes, then a name or a language
_FONT = r"</font\s*>|<font\s[^<>]*=[^<>]*>"
_VTT_TAG = re.compile(rf"</?(?:c|i|b|u|ruby|rt){_PLAIN}>|</?(?:v|lang){_NAMED}>|<(?:\d+:)?\d\d:\d\d\.\d{{3}}>|{_FONT}")
_SRT_TAG = re.compile(rf"</?[bius]\s*>|</?v{_NAMED}>|{_FONT}|\{{\\[^{{}}]*\}}", re.IGNORECASE)
_VOICE = re.compile(r"<(?P<end>/)?v(?:\.[^\s<>]*)?(?:\s+(?P<name>[^<>]+))?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,32});")
_COMMENT = re.compile(r"NOTE(?:[ \t].*)?")
_SETTINGS = re.compile(r"(?:STYLE|REGION)[ \t]*|X-TIMESTAMP-MAP=.*")

Block = tuple[int, list[str]]


def read_vtt(text: str) -> Reading:
    """The cues of a WebVTT file; STYLE, REGION and NOTE blocks are dropped."""
    reading = Reading()
    for number, (first, lines) in enumerate(_blocks(text)):
        block = _after_header(first, lines) if number == 0 else (first, lines)
        if block[1] and not _without_words(block[1]):
            _read_block(block, _VTT_TAG, reading)
    return reading


def read_srt(text: str) -> Reading:
    """The cues of a SubRip file."""
    reading = Reading()
    for block in _blocks(text):
        _read_block(block, _SRT_TAG, reading)
    return reading


def _blocks(text: str) -> list[Block]:
    """Runs of lines that are not blank, each with the number of its first line."""
    blocks: list[Block] = []
    open_block = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            open_block = False
        elif open_block:
            blocks[-1][1].append(line)
        else:
            blocks.append((number, [line]))
            open_block = True
    return blocks


def _after_header(first: int, lines: list[str]) -> Block:
    """The header ends at the first line of times, even where no blank line stands between."""
    place = next((place for place, line in enumerate(lines) if "-->" in line), len(lines))
    return first + place, lines[place:]


def _without_words(lines: list[str]) -> bool:
    """Whether a block is a comment or settings. A block with times in its first two lines is a cue, whatever its name is."""
    if any("-->" in line for line in lines[:2]):
        return False
    return bool(_COMMENT.fullmatch(lines[0]) or _SETTINGS.fullmatch(lines[0]))


def _read_block(block: Block, tag: re.Pattern[str], reading: Reading) -> None:
    first, lines = block
    place = next((place for place, line in enumerate(lines[:2]) if "-->" in line), None)
    if place is None:
        what = _("trên những dòng này không có dòng thời gian. Nếu là lời của câu đứng trên, hãy bỏ dòng trống ở giữa.")
        reading.complain(first, what)
        return
    span = _span(lines[place])
    if span is None:
        what = _("thời gian sai: “%(text)s”. Hãy ghi như 00:01:02,500 --> 00:01:04,000.") % {"text": lines[place].strip()[:60]}
        reading.complain(first + place, what)
        return
    body = lines[place + 1 :]
    if glued := [number for number, line in enumerate(body, start=first + place + 1) if _span(line)]:
        reading.complain(glued[0], _("câu này dính vào câu đứng trên. Hãy để một dòng trống giữa hai câu."))
        return
    for speaker, words in _voices("\n".join(body), tag):
        reading.cues.append(Cue(*span, words, speaker, first + place))


def _span(line: str) -> tuple[int, int] | None:
    """Start and end in milliseconds of a line of times; None for any other line."""
    times = _ARROW.fullmatch(line)
    start, end = (_milliseconds(times[1]), _milliseconds(times[2])) if times else (None, None)
    return None if start is None or end is None else (start, end)


def _milliseconds(clock: str) -> int | None:
    match = _TIME.fullmatch(clock)
    if not match or int(match[2]) > 59 or int(match[3]) > 59:
        return None
    return ((int(match[1] or 0) * 60 + int(match[2])) * 60 + int(match[3])) * 1000 + int(match[4].ljust(3, "0"))


def _voices(body: str, tag: re.Pattern[str]) -> list[tuple[str, str]]:
    """Speaker and words of each voice in a cue. A cue without words gives one empty text, for the check to complain of."""
    parts: list[tuple[str, str]] = []
    speaker, place = "", 0
    for voice in _VOICE.finditer(body):
        parts.append((speaker, body[place : voice.start()]))
        speaker, place = ("" if voice["end"] else name_of(_resolved(voice["name"] or ""))), voice.end()
    parts.append((speaker, body[place:]))
    spoken = [(who, words) for who, part in parts if (words := words_of(_resolved(tag.sub("", part))))]
    return spoken or [("", "")]


def _resolved(text: str) -> str:
    """Character references as characters; an ampersand without a semicolon is a word of its own."""
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
