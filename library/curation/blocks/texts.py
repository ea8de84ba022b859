"""The blocks that the text of an editorial page is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_BLOCKS = [
    ("heading", blocks.CharBlock(label=_("đề mục"), max_length=200, template="curation/blocks/heading.html")),
    ("text", blocks.RichTextBlock(label=_("đoạn văn"), features=["bold", "italic", "ul", "ol", "link"])),
    ("note", blocks.RichTextBlock(label=_("lời nhắn"), features=["bold", "link"], template="curation/blocks/note.html")),
]
