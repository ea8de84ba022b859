"""The staff's screens as people use them, by what is written on them: signing in, the form of a record, the menu of a form."""

from pathlib import Path
from typing import Any

TITLE = "Hội Xuống chợ Tả Phìn"
PICTURE = "Đám đông trên bãi chợ"  # what the form says of the picture, for those who cannot see it
RECORDS = "/admin/snippets/records/record/"


def sign_in(page: Any, url: str, name: str, password: str) -> None:
    """Signs in and waits for the first page of the admin."""
    page.goto(f"{url}/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def describe_record(page: Any, url: str, picture: Path, title: str = TITLE) -> None:
    """Fills the form of a new record, with a file; what is done with the form is left to the caller."""
    page.goto(f"{url}{RECORDS}add/")
    page.get_by_role("link", name="Di sản phi vật thể").click()
    page.fill("[name=title_vi]", title)
    page.fill("[name=summary_vi]", "Người Mông ở Tả Phìn mở hội đầu xuân.")
    page.select_option("[name=details-0-value-category]", label="Lễ hội truyền thống")
    open_tab(page, "Của ai, ở đâu")
    page.get_by_role("combobox").first.fill("mong")
    page.get_by_role("option", name="Mông", exact=True).wait_for()
    page.keyboard.press("Enter")
    open_tab(page, "Ảnh, tiếng, phim")
    add_file(page, picture, PICTURE)
    add_source(page)


def add_source(page: Any) -> None:
    """Says where the record comes from, and how sure it is."""
    open_tab(page, "Nguồn")
    page.get_by_role("button", name="Thêm nguồn").click()
    page.fill("[name=sources-0-citation]", "Sổ tay của xã Tả Phìn, 2024")
    page.select_option("[name=confidence]", "high")


def open_tab(page: Any, name: str) -> None:
    """Opens a tab of a form."""
    page.get_by_role("tab", name=name).click()


def add_file(page: Any, path: Path, words: str, number: int = 0) -> None:
    """Uploads a file into the open form of a record, as its file ``number``, and says what it shows."""
    page.get_by_role("button", name="Thêm tệp").click()
    page.get_by_role("button", name="Chọn tệp").last.click()
    dialogue = page.locator(".modal-content")
    dialogue.get_by_role("tab", name="Tải lên").click()
    dialogue.locator("input[type=file]").set_input_files(path)
    dialogue.locator("form:has(input[type=file]) [type=submit]").click()
    dialogue.wait_for(state="hidden")
    page.fill(f"[name=media-{number}-alt_vi]", words)


def drop_folder(page: Any, folder: Path, onto: Any) -> None:
    """Drops a folder of the desk onto a part of the page, as the browser tells the page of what a mouse brings."""
    box = onto.bounding_box()
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    mouse = page.context.new_cdp_session(page)
    for moment in ("dragEnter", "dragOver", "drop"):
        data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
        mouse.send("Input.dispatchDragEvent", {"type": moment, **place, "data": data})


def open_menu(page: Any) -> None:
    """Opens the menu at the foot of a form."""
    page.locator("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]").last.click()


def choose_in_menu(page: Any, words: str) -> None:
    """Opens the menu of the form and presses the button with exactly these words, which leads back to the list of records."""
    open_menu(page)
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_url(f"**{RECORDS}")


def decide(page: Any, words: str, reason: str = "") -> None:
    """Decides on the open reading sheet by the button with these words, and waits for the page "my work"."""
    if reason:
        page.get_by_label("Lý do trả lại, hoặc góp ý").fill(reason)
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_url("**/admin/my-work/")


def faults_of(page: Any, axe: Any) -> list[str]:
    """What axe finds on the page, on a phone and on a desk; and whether the page is wider than the screen."""
    faults: list[str] = []
    for width in (360, 1366):
        page.set_viewport_size({"width": width, "height": 900})
        faults += axe(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"wider than {width}")
    return faults
