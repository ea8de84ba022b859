"""The sprite of a film: the sheet of small pictures from ffmpeg, encoded once as JPEG and once as WebP."""

from pathlib import Path
from typing import Any

from ...derivative_names import SPRITE_SHEETS
from .opening import decoder_errors, load, opened
from .picture import ENCODERS, fresh, verify


def work(request: dict[str, Any]) -> dict[str, Any]:
    """``path`` of a BMP, ``folder``, ``qualities`` → outputs."""
    with opened(request["path"], "BMP") as image, decoder_errors():
        image.load()
        sheet = fresh(image.convert("RGB"), keep_transparency=False)
    outputs = []
    for short, quality in request["qualities"].items():
        kind, mime, options = ENCODERS[short]
        path = Path(request["folder"]) / SPRITE_SHEETS[short]
        load(kind)
        sheet.save(path, kind, quality=quality, **options)
        verify(path, kind, sheet.size)
        outputs.append({"name": SPRITE_SHEETS[short], "path": str(path), "mime": mime, "width": sheet.width, "height": sheet.height})
    return {"outputs": outputs}
