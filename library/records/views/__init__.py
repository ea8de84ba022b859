"""Public pages of the catalogue. Each reads through ``Record.objects.visible_to`` and hands frozen values to a template."""

from .record import record_context

__all__ = ["record_context"]
