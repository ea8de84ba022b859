"""Pages that have no words of their own, and the machine that reads them."""

import io
import shutil
import subprocess

import pytest
from PIL import Image, ImageDraw, ImageFont

from media_pipeline.jobs import plan
from media_pipeline.models import Asset

FONT = "DejaVuSans.ttf"
PAGES = ["Lễ hội Gầu Tào của người Mông\nmở vào đầu tháng Giêng", "Tiếng khèn gọi bạn\nvang qua sườn núi"]


def scan(text: str, font_name: str = FONT) -> Image.Image:
    """A page as a scanner gives it: black words on white, 150 dots an inch."""
    try:
        font = ImageFont.truetype(font_name, 40)
    except OSError:
        pytest.skip(f"{font_name} is not on this machine: no page could be drawn, nothing was tested here")
    page = Image.new("L", (1240, 600), "white")
    ImageDraw.Draw(page).multiline_text((80, 80), text, fill="black", font=font, spacing=24)
    return page


def book(kind: str, pages: list[str] = PAGES, font_name: str = FONT) -> bytes:
    """Scanned pages as one PDF or TIFF."""
    first, *others = (scan(text, font_name) for text in pages)
    buffer = io.BytesIO()
    first.save(buffer, kind, save_all=True, append_images=others, resolution=150)
    return buffer.getvalue()


def ask(asset: Asset, language: str = "vie") -> None:
    """What the admin does when a person chooses the language."""
    asset.refresh_from_db()
    asset.ocr_language = language
    asset.save(update_fields=["ocr_language"])
    plan.enqueue(asset)
    plan.refresh(asset)


def require_model(language: str) -> None:
    """Skip where tesseract or its model is missing."""
    program = shutil.which("tesseract")
    if not program or language not in subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=True).stdout:
        pytest.skip(f"tesseract with its model for {language} is not on this machine; nothing was tested here")


@pytest.fixture
def vietnamese() -> None:
    """Tesseract with its Vietnamese model."""
    require_model("vie")
