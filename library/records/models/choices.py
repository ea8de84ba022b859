"""The closed lists of the core fields. Their values are stored in the database."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from library import access

NOT_EVALUATED = "CNE"  # rights are never blank: unknown is "copyright not evaluated" (domain handbook, section 9)


class AccessLevel(models.TextChoices):
    """Who may see a record or a file, from open to closed (domain handbook, section 9)."""

    PUBLIC = access.PUBLIC, _("Mọi người")
    SIGNED_IN = access.SIGNED_IN, _("Người đã đăng nhập")
    COMMUNITY = access.COMMUNITY, _("Cộng đồng chủ thể")
    STAFF = access.STAFF, _("Cơ quan phụ trách")
    WITHDRAWN = access.WITHDRAWN, _("Đã gỡ xuống")


class ReviewState(models.TextChoices):
    """The step of the office's work that the record has reached."""

    DRAFT = "draft", _("Bản nháp")
    IN_REVIEW = "in_review", _("Chờ duyệt")
    RETURNED = "returned", _("Trả lại")
    NEEDS_CHECKING = "needs_checking", _("Cần kiểm tra")
    PUBLISHED = "published", _("Đã đăng")
    WITHDRAWN = "withdrawn", _("Đã gỡ")

    @property
    def step(self) -> "ReviewState":
        """The state as staff count them. "Needs checking" is none: it is a mark of quality on what is published."""
        return ReviewState.PUBLISHED if self is ReviewState.NEEDS_CHECKING else self

    @classmethod
    def steps(cls) -> "list[ReviewState]":
        """The five states of the office's work."""
        return [state for state in cls if state is state.step]


class Confidence(models.TextChoices):
    """How sure we are of name, group, place, date (vocabulary ``confidence``)."""

    HIGH = "high", _("Cao")
    MEDIUM = "medium", _("Vừa")
    LOW = "low", _("Thấp")


class Vitality(models.TextChoices):
    """How alive the practice is today."""

    ALIVE = "alive", _("Đang thực hành")
    RARE = "rare", _("Ít người còn làm")
    REMEMBERED = "remembered", _("Chỉ còn trong trí nhớ")
    REVIVED = "revived", _("Được phục hồi")
    UNKNOWN = "unknown", _("Chưa rõ")


def level_mark(level: str) -> str:
    """The words for what is not open to everybody, in the language that is spoken now; empty where it is."""
    return "" if level == access.PUBLIC else gettext("Chỉ hiện cho: %(level)s") % {"level": AccessLevel(level).label}


LEVEL_CHOICES = AccessLevel.choices[:4]  # what a person may choose; only the action ``withdraw`` sets "withdrawn"
