"""What a web server's process asks before it serves. Knows no model: it is imported before the apps are ready."""

from django.core import checks
from django.core.exceptions import ImproperlyConfigured


def refuse_unsafe_start() -> None:
    """Raises ImproperlyConfigured, with every reason, where a check of ``library.start_checks`` fails."""
    errors = [message for message in checks.run_checks(tags=["start"]) if message.is_serious()]
    if errors:
        reasons = "\n".join(f"{error.id}: {error.msg} {error.hint}" for error in errors)
        raise ImproperlyConfigured(f"The library does not start.\n{reasons}")
