"""What a record must have before it is published: the required fields of the core and of its profile. Only reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin

from library.vocabularies.lookup import term_rows
from library.vocabularies.models import Term

from ..profiles import missing_required, profile
from ..terms.details import codes_in

# Required core fields (domain handbook, section 8, "Common core") and the record types that need no group.
REQUIRED_CORE = ("title_vi", "summary_vi", "groups", "sources")
WITHOUT_GROUP = {"person", "place", "document", "organisation"}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that publishing asks of a record.

    ``field``: the field of the form; ``part``: the key of the field of the profile inside ``details``, else empty. ``label`` names it,
    ``sentence`` asks for it, and ``met`` says whether the record has it. ``by_reviewers``: it is theirs to meet, not the author's.
    """

    field: str
    label: str
    sentence: str
    met: bool
    part: str = ""
    by_reviewers: bool = False


def requirements(record: DraftStateMixin) -> list[Requirement]:
    """All that publishing asks of a record of this type, in the order of the form."""
    return [*_core(record), *_own(record), *_terms(record), *_rows(record)]


def _core(record: DraftStateMixin) -> Iterator[Requirement]:
    yield Requirement("title_vi", _("Tên"), _("Tư liệu cần có tên."), bool(record.title_vi.strip()))
    if record.record_type != "lexeme":
        yield Requirement("summary_vi", _("Tóm tắt"), _("Hãy viết một hai câu tóm tắt."), bool(record.summary_vi.strip()))


def _own(record: DraftStateMixin) -> Iterator[Requirement]:
    own = profile(record.record_type)
    missing = {field.key for field in missing_required(own, record.details)}
    for field in own.fields:
        if field.required:
            label = str(field.label)
            yield Requirement("details", label, _("Còn thiếu: %(fields)s.") % {"fields": label}, field.key not in missing, field.key)


def _terms(record: DraftStateMixin) -> Iterator[Requirement]:
    """Only terms that a vocabulary has are published: one that is suggested or was refused is nobody's facet."""
    for vocabulary, code in sorted(codes_in(profile(record.record_type), record.details.get_prep_value())):
        term = next((each for each in term_rows(vocabulary) if each.code == code), None)
        if term is not None and term.state != Term.State.APPROVED:
            sentence = _("Thuật ngữ “%(term)s” chưa được duyệt.") % {"term": term.name}
            waits = term.state == Term.State.SUGGESTED
            yield Requirement("details", _("Thuật ngữ “%(term)s”") % {"term": term.name}, sentence, False, by_reviewers=waits)


def _rows(record: DraftStateMixin) -> Iterator[Requirement]:
    if record.record_type not in WITHOUT_GROUP:
        yield Requirement("groups", _("Dân tộc"), _("Hãy chọn ít nhất một dân tộc."), bool(record.groups.all()))
    pictures = [row for row in record.media.all() if row.asset_id and row.asset.kind == "image"]
    if pictures:
        described = all(row.alt_vi.strip() for row in pictures)
        yield Requirement("media", _("Lời tả ảnh"), _("Mỗi ảnh cần lời tả ảnh, cho người không nhìn thấy ảnh."), described)
    yield Requirement("sources", _("Nguồn"), _("Hãy ghi ít nhất một nguồn."), bool(record.sources.all()))


def missing_for_publication(record: DraftStateMixin) -> dict[str, str]:
    """Form field → sentence for the reader, for each requirement that is not met; empty when the record may be published."""
    return _sentences([each for each in requirements(record) if not each.met])


def missing_for_review(record: DraftStateMixin) -> dict[str, str]:
    """The same for sending a record for review: what reviewers will decide on may still be open."""
    return _sentences([each for each in requirements(record) if not each.met and not each.by_reviewers])


def _sentences(missing: list[Requirement]) -> dict[str, str]:
    sentences: dict[str, list[str]] = {}
    for each in missing:
        said = sentences.setdefault(each.field, [])
        if not each.part:
            said.append(each.sentence)
    if parts := [each.label for each in missing if each.part]:
        sentences["details"].insert(0, _("Còn thiếu: %(fields)s.") % {"fields": ", ".join(parts)})
    return {field: " ".join(said) for field, said in sentences.items()}


def check_publishable(record: DraftStateMixin) -> None:
    """Raises ValidationError with a sentence for each field that is missing."""
    _check(missing_for_publication(record))


def check_reviewable(record: DraftStateMixin) -> None:
    """Raises ValidationError with a sentence for each field that its author has to fill in before she sends it."""
    _check(missing_for_review(record))


def _check(sentences: dict[str, str]) -> None:
    if sentences:
        raise ValidationError(sentences)
