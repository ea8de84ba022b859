"""The icon of the library on the screen of a telephone, and the cover of its podcasts: the knot on indigo, between two woven hems.

The knot stands within the circle that launchers leave of an icon (W3C manifest, maskable: 80 % of its width).
"""

from io import BytesIO

from PIL import Image

from .band import band
from .share_card import DYE, GOLD, LAC, woven

SIZES = (192, 512)  # pixels
COVER = 1400  # pixels, the least that Apple's directory of podcasts takes
STITCHES = 42  # across the icon: the knot has 25
HEM, KNOT = "l.d.l", "D"


def icon_name(size: int) -> str:
    """The name of its file."""
    return f"icon-{size}.png"


def icon(size: int) -> bytes:
    """The icon as a PNG file of ``size`` × ``size`` pixels."""
    stitch = size / STITCHES
    image = Image.new("RGB", (size, size), DYE)
    hem, knot = woven(band("hem", HEM), LAC, stitch / 2), woven(band("knot-3", KNOT), GOLD, stitch)
    for x in range(0, size, hem.width):
        image.paste(hem, (x, 0))
        image.paste(hem, (x, size - hem.height))
    image.paste(knot, ((size - knot.width) // 2, (size - knot.height) // 2))
    file = BytesIO()
    image.quantize(8, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
