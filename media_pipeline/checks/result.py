"""The result of one check, as a value."""

from dataclasses import dataclass

OK, MISSING, FAILED, OFF = "ok", "missing", "failed", "off"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of one check: what was looked at, its status, and what that costs the site."""

    name: str
    status: str
    detail: str = ""
    effect: str = ""
