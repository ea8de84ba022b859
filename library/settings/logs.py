"""What is logged, and where: everything on one console, the chatter of libraries from warnings on."""

from typing import Any


def to_console(level: str) -> dict[str, Any]:
    """The setting LOGGING: lines of this level and above."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {name: {"level": "WARNING"} for name in ("axes", "wagtail", "django_tasks")},
    }
