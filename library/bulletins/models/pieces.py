"""The pieces of a bulletin in their order: words with a voice, or the sound of a record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from library.records.models import Record
from media_pipeline.models import Asset

from .bulletins import Bulletin


class Voice(models.TextChoices):
    """Who says the words of a piece."""

    PERSON = "person", _("Người đọc: ghi âm tại đây hoặc tải tệp lên")
    MACHINE = "machine", _("Giọng máy")


class Piece(models.Model):
    """Words (``record`` was never set), or the sound of a record from second to second.

    ``asset`` is the file that is heard: the voice of a person, or a file of the record; a machine voice has none. The row stays without
    its record or file when they are deleted, so that the bulletin is known to be incomplete.
    """

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="pieces")
    position = models.PositiveSmallIntegerField()
    is_words = models.BooleanField()
    text = models.TextField(_("lời nói"), blank=True, max_length=4000)  # what is said, word for word
    voice = models.CharField(_("giọng"), max_length=10, choices=Voice.choices, blank=True)
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asset = models.ForeignKey(Asset, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    start_s = models.PositiveIntegerField(_("từ giây"), default=0)
    end_s = models.PositiveIntegerField(_("đến giây"), null=True, blank=True)  # None: to the end

    class Meta:
        ordering = ["bulletin", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:60] if self.is_words else str(self.record or "–")

    @property
    def by_machine(self) -> bool:
        """Whether a machine reads the words."""
        return self.is_words and self.voice == Voice.MACHINE
