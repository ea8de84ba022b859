"""What a story is told of, as an officer brings it in: a record with a picture, a film and a sound, and a word of the dictionary."""

from pathlib import Path
from typing import Any

from media_pipeline.processes import ffmpeg
from media_pipeline.processes.sandbox import ProcessLimits, run
from tests.browser.staff_screens import RECORDS, add_file, add_source, choose_in_menu, describe_record, open_tab

FESTIVAL, WORD = "Hội Gầu Tào", "hli"
SPOKEN = ("Trống đã vang", "Cây nêu dựng lên", "Khách xa về hội")
SECONDS = 9
FILM = (
    *("-f", "lavfi", "-i", f"testsrc2=size=320x240:rate=10:duration={SECONDS}"),
    *("-f", "lavfi", "-i", f"sine=frequency=440:duration={SECONDS}", "-c:v", "libx264", "-preset", "ultrafast"),
    *("-pix_fmt", "yuv420p", "-c:a", "aac"),
)
SOUND = ("-f", "lavfi", "-i", f"sine=frequency=330:duration={SECONDS}")


def clip(path: Path, arguments: tuple[str, ...]) -> Path:
    """A film or a sound that ffmpeg draws."""
    command = [ffmpeg.binaries()[0], "-hide_banner", "-loglevel", "error", "-y", *arguments, str(path)]
    process = run(command, folder=path.parent, limits=ProcessLimits())
    assert process.returncode == 0, process.stderr
    return path


def publish_festival(page: Any, url: str, picture: Path) -> None:
    """A record with three files; its film is the first of its recordings, its sound the second."""
    describe_record(page, url, picture, FESTIVAL)
    open_tab(page, "Ảnh, tiếng, phim")
    add_file(page, clip(picture.parent / "hoi.mp4", FILM), "Người già đánh trống", 1)
    add_file(page, clip(picture.parent / "trong.wav", SOUND), "Tiếng trống", 2)
    choose_in_menu(page, "Đăng")


def publish_word(page: Any, url: str) -> None:
    """A word with its meaning in both languages."""
    page.goto(f"{url}{RECORDS}add/?type=lexeme")
    page.fill("[name=title_vi]", WORD)
    for name, words in (("headword-text", WORD), ("headword-lang", "hmn-Latn"), ("orthography-name", "chữ Mông"), ("variety-name", "Mông")):
        page.fill(f"[name=details-0-value-{name}]", words)
    page.locator("[data-contentpath=senses] button.c-sf-add-button").first.click()
    page.fill("[name=details-0-value-senses-0-value-vi]", "mặt trăng")
    page.fill("[name=details-0-value-senses-0-value-en]", "moon")
    open_tab(page, "Của ai, ở đâu")
    page.get_by_role("combobox").first.fill("mong")
    page.get_by_role("option", name="Mông", exact=True).wait_for()
    page.keyboard.press("Enter")
    add_source(page)
    choose_in_menu(page, "Đăng")


def write_words(page: Any, url: str, kind: str) -> None:
    """Writes the words of a recording, which the machine spreads over its time; ``kind``: how the list of files calls it."""
    page.goto(f"{url}/admin/media/?kind={kind}")
    page.locator("main table tbody a").first.click()
    page.get_by_role("link", name="Thêm lời").click()
    page.fill("[name=text]", "\n".join(SPOKEN))
    page.get_by_role("button", name="Thêm lời").click()
    page.locator(".cues > li").nth(len(SPOKEN) - 1).wait_for()
