"""The JSON field that stores the fields of a record's own type."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

from ..profiles import all_profiles
from ..profiles.blocks import struct_block


class ProfileField(StreamField):
    """A stream with exactly one StructBlock: the fields of the record's own profile.

    The blocks are made from the files in collections/profiles and are not written into migrations: a new field needs no migration.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__([], min_num=0, max_num=1, blank=True, default=list, **{k: v for k, v in kwargs.items() if k in {"verbose_name"}})

    @cached_property
    def stream_block(self) -> StreamBlock:
        block = StreamBlock([(profile.block_name, struct_block(profile)) for profile in all_profiles()])
        block.set_meta_options({"min_num": 0, "max_num": 1, "required": False})
        return block

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name = self.name
        return name, f"{type(self).__module__}.{type(self).__qualname__}", [], {"verbose_name": self.verbose_name}
