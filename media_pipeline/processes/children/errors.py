"""How a child reports what is wrong with a file. ``sandbox.ERRORS`` turns the kind into the exception."""


class ChildError(Exception):
    """An error: its kind (a key of ``sandbox.ERRORS``), its code and a technical detail."""

    def __init__(self, kind: str, code: str, detail: str = "") -> None:
        super().__init__(kind, code, detail)
        self.kind, self.code, self.detail = kind, code, detail
