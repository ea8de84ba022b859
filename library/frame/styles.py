"""The one stylesheet of the site, joined from library/static_src/css. A folder is a cascade layer, a file is a component.

One file means one request on a slow connection; the sources are one small file for each component. `manage.py build_assets`
writes the result, and a test compares it with the sources.
"""

import re
from pathlib import Path
from urllib.parse import quote

from .drawing.band import Band, band

LIBRARY = Path(__file__).resolve().parent.parent
SOURCES = LIBRARY / "static_src" / "css"
STYLESHEET = LIBRARY / "static" / "css" / "site.css"
MARK = LIBRARY / "static" / "img" / "mark.svg"

THREAD, GOLD, BLACK, DYE = "#e9dfc8", "#e2ac4b", "#000", "#212f57"
HARMLESS = " =:/'"  # what may stand unquoted in a data URI between double quotes
KNOT = "0 0 25 25"  # one large diamond with both its edges


def stylesheet() -> str:
    """All layers in their order, comments and indentation removed."""
    folders = sorted(folder for folder in SOURCES.iterdir() if folder.is_dir())
    names = [folder.name.partition("-")[2] for folder in folders]
    layers = [f"@layer {name} {{\n{_joined(folder)}}}\n" for name, folder in zip(names, folders, strict=True)]
    return "".join([f"@layer {', '.join(names)};\n", f"@layer tokens {{\n{_threads()}}}\n", *layers])


def mark() -> str:
    """The library's mark, a knot on indigo, as an SVG file."""
    knot = band("knot-3", "D")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 26 27" shape-rendering="crispEdges">'
        f'<path fill="{DYE}" d="M-1-1h26v27h-26z"/>'
        f'<path fill="{THREAD}" d="{knot.figure}"/><path fill="{GOLD}" d="{knot.accent}"/></svg>\n'
    )


def _joined(folder: Path) -> str:
    text = "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.css")))
    lines = (line.strip() for line in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def _threads() -> str:
    """The woven bands that the frame repeats, as custom properties."""
    hem, selvedge = band("hem", "l.d.l"), band("hem", "d")
    return (
        f":root {{\n--hem: {_uri(hem, THREAD, GOLD)};\n--knot: {_uri(band('knot-3', 'D'), THREAD, GOLD, KNOT)};\n"
        f"--selvedge: {_uri(selvedge, BLACK, BLACK)};\n}}\n"
    )


def _uri(woven: Band, figure: str, accent: str, box: str = "") -> str:
    second = f"<path fill='{accent}' d='{woven.accent}'/>" if woven.accent else ""
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{box or f'0 0 {woven.width} {woven.height}'}' shape-rendering='crispEdges'>"
        f"<path fill='{figure}' d='{woven.figure}'/>{second}</svg>"
    )
    return f'url("data:image/svg+xml,{quote(svg, safe=HARMLESS)}")'
