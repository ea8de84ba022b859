"""Tables that people open in a spreadsheet: what a file begins with, and cells that are never formulas."""

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads a CSV file in the machine's old code page
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(text: str) -> str:
    """The text as it may stand in a cell: one that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def text_of_plain_cell(cell: str) -> str:
    """The reverse of ``plain_cell``: the text without the apostrophe that kept it from being a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_STARTS_A_FORMULA) else cell
