"""What the templates of the light table look up: the words at a photograph, the width of a picture that fits the grid."""

from collections.abc import Mapping

from django import template

from media_pipeline.available_renditions import Picture

register = template.Library()
WIDE_ENOUGH = 400  # points of a place on the grid, also on a dense screen


@register.filter
def of(rows: Mapping[int, list[str]], key: int) -> list[str]:
    """What belongs to a key; nothing for a key that there is not."""
    return rows.get(key, [])


@register.simple_tag
def grid_picture(picture: Picture) -> str:
    """The address of the JPEG for a place on the grid."""
    files = dict(picture.sources)["image/jpeg"]
    return next((each for each in files if each.width >= WIDE_ENOUGH), files[-1]).url
