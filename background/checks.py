"""What ``doctor`` says of the background work: which lines of the tables fail now."""

from django.utils.translation import gettext as _

from . import states


def doctor() -> list[dict[str, str]]:
    """One check, as ``{"name", "status": "ok|failed", "detail", "effect"}``."""
    failing = [f"{state}: {state.last_error.splitlines()[0][:200]} (×{state.failures})" for state in states.failing()]
    if not failing:
        return [{"name": "background", "status": "ok", "detail": "", "effect": ""}]
    effect = _("Các việc nền này đang lỗi và tự thử lại; những việc khác vẫn chạy.")
    return [{"name": "background", "status": "failed", "detail": "; ".join(failing), "effect": effect}]
