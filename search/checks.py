"""What doctor and the readiness page say of the search: the engines, their indexes, the outbox."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from library.health import Check

from .engines.base import EngineUnavailable
from .engines.registry import engine, engine_names, lexicon_path
from .indexing.outbox import dead_letters, pending
from .indexing.vectors.attached import records_to_read
from .models import RecordVector
from .semantic.embedder import ModelUnavailable
from .semantic.installed import embedder

LATE_AFTER = timedelta(minutes=5)


def doctor() -> list[Check]:
    """Every check of the search."""
    engines = [_engine(place, engine_name) for place, engine_name in enumerate(engine_names())]
    return [*engines, outbox_age(), refused(), lexicon(), *semantic()]


def readiness() -> list[Check]:
    """What has to work for the site to answer well: the engine that is asked first, and an outbox that moves."""
    return [_engine(0, engine_names()[0]), outbox_age()]


def outbox_age() -> Check:
    """How long the oldest change has waited for an index."""
    oldest = pending().order_by("created_at").values_list("created_at", flat=True).first()
    count = pending().count()
    detail = _("%(count)s thay đổi đang chờ") % {"count": count}
    if oldest is not None and timezone.now() - oldest > LATE_AFTER:
        return Check(
            name="search-outbox",
            status="failed",
            detail=detail,
            effect=_("Tìm kiếm chưa thấy những thay đổi mới. Tiến trình nền còn chạy không?"),
        )
    return Check(name="search-outbox", status="ok", detail=detail, effect="")


def refused() -> Check:
    """Changes that an index refused for good."""
    count = dead_letters().count()
    if count:
        detail = _("%(count)s thay đổi bị chỉ mục từ chối") % {"count": count}
        return Check(
            name="search-dead-letters",
            status="failed",
            detail=detail,
            effect=_("Những tư liệu này không tìm thấy được. Xem mục Tìm kiếm trong trang quản trị."),
        )
    return Check(name="search-dead-letters", status="ok", detail=_("không có"), effect="")


def lexicon() -> Check:
    """Whether spelling was learned from the library's own text."""
    if lexicon_path().exists():
        return Check(name="search-lexicon", status="ok", detail=str(lexicon_path()), effect="")
    effect = _("Tìm không dấu vẫn được, nhưng chưa đoán lại dấu và chưa sửa lỗi gõ.")
    return Check(name="search-lexicon", status="missing", detail=_("chưa học từ kho tư liệu"), effect=effect)


def semantic() -> list[Check]:
    """Whether the model of search by meaning reads, and how many records it has read. Nothing where it is off."""
    model = embedder()
    if model is None:
        return []
    detail = _("đã đọc nghĩa %(read)s trên %(records)s tư liệu") % {"read": RecordVector.objects.count(), "records": records_to_read()}
    try:
        model.question("")
    except ModelUnavailable as error:
        effect = _("Câu hỏi dài chỉ được xếp theo từ, không theo nghĩa.")
        return [Check(name="search-semantic", status="failed", detail=str(error), effect=effect)]
    return [Check(name="search-semantic", status="ok", detail=detail, effect="")]


def _engine(place: int, engine_name: str) -> Check:
    """The first engine must answer; one that steps in may be missing."""
    name = f"search-{engine_name}"
    try:
        health = engine(engine_name).health()
    except EngineUnavailable as error:
        ok, detail = False, str(error)
    else:
        ok, detail = health.ok, _("%(count)s tư liệu; %(detail)s") % {"count": health.documents, "detail": health.detail}
    if ok:
        return Check(name=name, status="ok", detail=detail, effect="")
    if place:
        return Check(name=name, status="missing", detail=detail, effect=_("Không có chỉ mục dự phòng khi máy tìm kiếm chính nghỉ."))
    return Check(name=name, status="failed", detail=detail, effect=_("Trang tìm kiếm không trả lời; duyệt theo mục vẫn được."))
