"""Free keywords of records."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase


class KeywordTag(TagBase):
    """A free keyword. It has its own table, so that these never mix with the tags of editorial pages."""

    free_tagging = True

    class Meta:
        verbose_name = _("từ khóa")
        verbose_name_plural = _("từ khóa")


class RecordTag(ItemBase):
    """That a record has a keyword."""

    tag = models.ForeignKey(KeywordTag, on_delete=models.CASCADE, related_name="tagged_records")
    content_object = ParentalKey("records.Record", on_delete=models.CASCADE, related_name="tagged_items")
