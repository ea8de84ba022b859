"""The page editor as an editor of stories uses it: a block from the menu, words into its fields, records from the chooser."""

from dataclasses import dataclass
from typing import Any

from tests.browser.waiting import until_true

BLOCKS = "#body-root > [data-streamfield-stream-container] >"


@dataclass(frozen=True)
class Block:
    """A block in the open form, and its number."""

    page: Any
    number: int

    @property
    def part(self) -> Any:
        """The part of the form that holds it."""
        return self.page.locator(f"{BLOCKS} [data-streamfield-child]:has(> [name=body-{self.number}-type])")

    def write(self, **words: str) -> "Block":
        """Writes into its fields, by their names."""
        for name, text in words.items():
            self.page.fill(f"[name=body-{self.number}-value-{name}]", text)
        return self

    def write_paragraphs(self, vietnamese: str, english: str) -> "Block":
        """Writes into its two fields of rich text, which hand their words to the form a moment later."""
        for place, text in enumerate((vietnamese, english)):
            self.part.locator("[contenteditable=true]").nth(place).click()
            self.page.keyboard.insert_text(text)
            until_true(self.page, lambda text=text: any(text in field for field in self._fields()), f"the form has “{text}”")
        return self

    def _fields(self) -> list[str]:
        """What the form would send of this block."""
        return list(self.part.locator("input[type=hidden]").evaluate_all("fields => fields.map(field => field.value)"))

    def choose(self, *titles: str) -> "Block":
        """Takes these records, one for each chooser of the block, from the dialogue."""
        for title in titles:
            self.part.get_by_role("button", name="Chọn tư liệu").locator("visible=true").first.click()
            dialogue = self.page.locator(".modal-content")
            dialogue.get_by_role("link", name=title, exact=True).click()
            dialogue.wait_for(state="detached")
        return self

    def more(self) -> "Block":
        """Adds a line to the list inside it."""
        self.part.locator("button.c-sf-add-button").last.click()
        return self


def add_block(page: Any, label: str) -> Block:
    """Adds a block below all others."""
    number = int(page.input_value("[name=body-count]"))
    page.locator(f"{BLOCKS} * > button.c-sf-add-button").last.click()
    page.locator(".w-combobox__option").get_by_text(label, exact=True).click()
    block = Block(page, number)
    block.part.wait_for()
    return block
