"""How a child says what is wrong with a file; ``sandbox.FAULTS`` turns the word into the exception."""


class ChildFault(Exception):
    """A fault by its word (refused, damaged, protected, limit), its code and a technical detail."""

    def __init__(self, kind: str, code: str, detail: str = "") -> None:
        super().__init__(kind, code, detail)
        self.kind, self.code, self.detail = kind, code, detail
