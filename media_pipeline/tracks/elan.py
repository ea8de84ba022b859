"""ELAN files (.eaf) as cues: annotations with times of their own, and annotations that take theirs from a parent.

The order of tiers and annotations in the file means nothing to ELAN, so references are followed when all is read. What has no time
of its own is spread evenly: slots between known slots of the same chain, children over the time of their parent. Source: the
EAF 3.0 format description of the Max Planck Institute.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException, sax
from django.utils.translation import gettext as _

from .cues import Cue, Reading, name_of, words_of

ALIGNED, REFERRING = "ALIGNABLE_ANNOTATION", "REF_ANNOTATION"
DEEPEST = 20  # tiers below one another; deeper is a circle
Span = tuple[int, int]


@dataclass(slots=True)
class _Annotation:
    key: str
    tier: str
    speaker: str
    line: int
    slots: tuple[str, str] | None = None
    parent: str = ""
    previous: str = ""
    text: str = ""


@dataclass(slots=True)
class _Document:
    slots: dict[str, int | None] = field(default_factory=dict)
    annotations: dict[str, _Annotation] = field(default_factory=dict)
    tiers: list[str] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    units: str = "milliseconds"
    twice: list[_Annotation] = field(default_factory=list)


class _Handler(ContentHandler):
    """Collects slots and annotations with the lines where they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.document = _Document()
        self._locator: Any = None
        self._tier = self._speaker = ""
        self._open: _Annotation | None = None
        self._text: list[str] | None = None

    def setDocumentLocator(self, locator: Any) -> None:
        """See ContentHandler."""
        self._locator = locator

    def startElement(self, name: str, attrs: Any) -> None:
        """See ContentHandler."""
        document = self.document
        if name == "TIME_SLOT":
            value = attrs.get("TIME_VALUE", "")
            document.slots[attrs.get("TIME_SLOT_ID", "")] = int(value[:15]) if value.isascii() and value.isdigit() else None
        elif name == "TIER":
            self._tier, self._speaker = name_of(attrs.get("TIER_ID", "")), name_of(attrs.get("PARTICIPANT", ""))
            document.tiers.append(self._tier)
        elif name in {ALIGNED, REFERRING}:
            self._open = self._annotation(attrs, aligned=name == ALIGNED)
        elif name == "ANNOTATION_VALUE":
            self._text = []
        elif name == "MEDIA_DESCRIPTOR" and attrs.get("TIME_ORIGIN", "0") != "0":
            document.origins.add(name_of(attrs.get("TIME_ORIGIN")))
        elif name == "HEADER":
            document.units = attrs.get("TIME_UNITS", document.units)

    def _annotation(self, attrs: Any, *, aligned: bool) -> _Annotation:
        made = _Annotation(attrs.get("ANNOTATION_ID", ""), self._tier, self._speaker, self._locator.getLineNumber())
        if aligned:
            made.slots = attrs.get("TIME_SLOT_REF1", ""), attrs.get("TIME_SLOT_REF2", "")
        else:
            made.parent, made.previous = attrs.get("ANNOTATION_REF", ""), attrs.get("PREVIOUS_ANNOTATION", "")
        return made

    def characters(self, content: str) -> None:
        """See ContentHandler."""
        if self._text is not None:
            self._text.append(content)

    def endElement(self, name: str) -> None:
        """See ContentHandler."""
        if name == "ANNOTATION_VALUE":
            if self._open:
                self._open.text = words_of("".join(self._text or []))
            self._text = None
        elif name in {ALIGNED, REFERRING} and self._open:
            known = self.document.annotations
            if self._open.key in known:
                self.document.twice.append(self._open)
            known.setdefault(self._open.key, self._open)
            self._open = None


def read_elan(text: str, tier: str = "") -> Reading:
    """The cues of one tier or of all, those of a tier in order of time."""
    handler, reading = _Handler(), Reading()
    try:
        sax.parseString(text.encode("utf-8"), handler)
    except SAXParseException as error:
        reading.complain(error.getLineNumber() or 0, _("XML sai ở dòng này. Hãy mở tệp trong ELAN và lưu lại."))
        return reading
    except DefusedXmlException:
        reading.complain(0, _("Tệp có khai báo DTD hay thực thể XML, thư viện không đọc. Hãy mở tệp trong ELAN và lưu lại."))
        return reading
    document = handler.document
    reading.tiers = document.tiers
    if document.units != "milliseconds":
        reading.complain(0, _("Tệp ELAN không tính giờ bằng mili giây. Hãy mở tệp trong ELAN bản mới và lưu lại."))
    for origin in sorted(document.origins):
        note = _("Tệp ELAN ghi bản ghi bắt đầu ở %(ms)s mili giây (TIME_ORIGIN). Giờ được giữ như trong tệp; nếu lời lệch, hãy dời giờ.")
        reading.notes.append(note % {"ms": origin})
    _add_cues(document, tier, reading)
    return reading


def _add_cues(document: _Document, tier: str, reading: Reading) -> None:
    times = _Times(document)
    for annotation in document.annotations.values():
        if not annotation.text or (tier and annotation.tier != tier):
            continue
        if span := times.of(annotation):
            reading.cues.append(Cue(*span, annotation.text, annotation.speaker, annotation.line, annotation.tier))
        else:
            what = _("tầng “%(tier)s”, mục %(key)s: không tìm được giờ. Hãy mở tệp trong ELAN, sửa mục này và lưu lại.")
            reading.complain(annotation.line, what % {"tier": annotation.tier, "key": annotation.key})
    for annotation in document.twice:
        what = _("tầng “%(tier)s”, mục %(key)s: hai mục cùng một mã. Hãy mở tệp trong ELAN và lưu lại.")
        reading.complain(annotation.line, what % {"tier": annotation.tier, "key": annotation.key})
    reading.cues.sort(key=lambda cue: (cue.start_ms, cue.end_ms))


class _Times:
    """Start and end of each annotation in milliseconds, worked out once everything is read."""

    def __init__(self, document: _Document) -> None:
        self._annotations = document.annotations
        self._slots = _spread(document)
        self._children: dict[tuple[str, str], list[_Annotation]] = defaultdict(list)
        for each in document.annotations.values():
            if each.parent:
                self._children[each.tier, each.parent].append(each)
        self._order = {key: _in_order(children) for key, children in self._children.items()}

    def of(self, annotation: _Annotation) -> Span | None:
        """None where nothing gives a time: an unknown slot or parent, a circle of parents."""
        chain = [annotation]
        while not chain[-1].slots:
            parent = self._annotations.get(chain[-1].parent)
            if parent is None or len(chain) > DEEPEST:
                return None
            chain.append(parent)
        first, last = chain[-1].slots or ("", "")
        start, end = self._slots.get(first), self._slots.get(last)
        if start is None or end is None:
            return None
        for child in reversed(chain[:-1]):
            start, end = self._share(child, start, end)
        return start, end

    def _share(self, child: _Annotation, start: int, end: int) -> Span:
        """A child's part of its parent's time: the children of one tier follow one another."""
        place, count = self._order[child.tier, child.parent][child.key]
        return start + (end - start) * place // count, start + (end - start) * (place + 1) // count


def _in_order(children: list[_Annotation]) -> dict[str, tuple[int, int]]:
    """Key → place and number of all, each child behind the one that it names as previous; a circle stays as in the file."""
    keys = {child.key for child in children}
    followers: dict[str, list[str]] = defaultdict(list)
    for child in children:
        followers[child.previous if child.previous in keys else ""].append(child.key)
    ordered: dict[str, None] = {}
    waiting = followers[""][::-1]
    while waiting:
        key = waiting.pop()
        ordered[key] = None
        waiting += followers[key][::-1]
    ordered |= dict.fromkeys(child.key for child in children)
    return {key: (place, len(ordered)) for place, key in enumerate(ordered)}


def _spread(document: _Document) -> dict[str, int | None]:
    """Slot → milliseconds; a run of unknown slots between two known ones of its chain of annotations is spread evenly."""
    slots = dict(document.slots)
    chains: dict[str, dict[str, str]] = defaultdict(dict)
    for each in document.annotations.values():
        if each.slots and any(slots.get(slot, 0) is None for slot in each.slots):
            chains[each.tier][each.slots[0]] = each.slots[1]
    for _depth in range(DEEPEST):  # the slots of a tier may be known only when those of the tier above it are
        runs = [_run(first, after, slots) for after in chains.values() for first in after]
        if sum(_fill(run, slots) for run in runs if len(run) > 2) == 0:
            break
    order = list(slots)
    known = [place for place, slot in enumerate(order) if slots[slot] is not None]
    for left, right in pairwise(known):  # what no chain places lies between its neighbours in the file
        _fill(order[left : right + 1], slots)
    return slots


def _run(first: str, after: dict[str, str], slots: dict[str, int | None]) -> list[str]:
    """A known slot, the unknown ones behind it, and the known one at the end; empty where the first is not known."""
    if slots.get(first) is None:
        return []
    run = {first: None}
    while (following := after.get(next(reversed(run)))) and following not in run:
        run[following] = None
        if slots.get(following) is not None:
            break
    return list(run)


def _fill(run: list[str], slots: dict[str, int | None]) -> bool:
    """Spread the unknown slots of a run over its time; whether there were any."""
    start, end = slots.get(run[0]), slots.get(run[-1])
    if start is None or end is None:
        return False
    unknown = [(place, slot) for place, slot in enumerate(run) if slots.get(slot, 0) is None]
    for place, slot in unknown:
        slots[slot] = start + (end - start) * place // (len(run) - 1)
    return bool(unknown)
