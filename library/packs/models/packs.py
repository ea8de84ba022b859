"""A pack: whose records it holds, how heavy it is, in which language it speaks. Its numbered issues stand beside it (``issues.py``)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectKind(models.TextChoices):
    """What a pack is about. ``key`` of the pack names one of the kind: see ``subjects.py``."""

    PEOPLE = "people", _("Dân tộc")
    PLACE = "place", _("Tỉnh, xã")
    STORY = "story", _("Chuyện")
    COLLECTION = "collection", _("Bộ sưu tập")


class Weight(models.TextChoices):
    """How much of the files goes along; each weight holds what the one before it holds."""

    TEXT = "text", _("Chữ và từ")
    PICTURES = "pictures", _("Chữ, từ, ảnh nhỏ")
    SOUND = "sound", _("Chữ, từ, ảnh nhỏ, tiếng")
    FILM = "film", _("Chữ, từ, ảnh nhỏ, tiếng, phim nhỏ")

    @property
    def rank(self) -> int:
        """0 for the lightest."""
        return Weight.values.index(self.value)


class Pack(models.Model):
    """One choice of a reader or of staff. Equal choices are one pack, so the number of files that can be ordered is finite."""

    kind = models.CharField(max_length=10, choices=SubjectKind.choices)
    key = models.CharField(max_length=80)  # slug of a people, key of a place or of a page, identifier of a collection
    weight = models.CharField(_("nặng nhẹ"), max_length=10, choices=Weight.choices)
    language = models.CharField(_("ngôn ngữ"), max_length=10, default="vi")
    name = models.CharField(max_length=300)  # of the subject, in the language of the pack, as it was when last built
    numbers = models.PositiveIntegerField(default=0)  # how many issues have been offered

    class Meta:
        verbose_name = _("gói mang về")
        verbose_name_plural = _("các gói mang về")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "key", "weight", "language"], name="one_pack_per_choice")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_weight_display()}"

    @property
    def subject(self) -> str:
        """What it is about, as forms name it (``subjects.py``)."""
        return f"{self.kind}:{self.key}"
