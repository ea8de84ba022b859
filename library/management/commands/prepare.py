"""Prepares an installation so that it can serve: database, authorities, words, roles, pages, starter collection, static files, index.

Safe to repeat: every step changes only what is missing or stale.
"""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from background.garbage import collected_rarely

OBJECTS_BETWEEN_COLLECTIONS = 100_000  # Python's 700 cost a quarter of the migrations: each makes the classes of the models anew


class Command(BaseCommand):
    help = "Chuẩn bị cơ sở dữ liệu, dữ liệu chuẩn, từ ngữ, vai trò, trang, tệp tĩnh và chỉ mục tìm kiếm."

    def handle(self, *args: Any, **options: Any) -> None:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        with collected_rarely(OBJECTS_BETWEEN_COLLECTIONS):
            for step, arguments in self.steps():
                self.stdout.write(f"· {step}", ending="\n")
                self.stdout.flush()
                call_command(step, **arguments)

    def steps(self) -> list[tuple[str, dict[str, Any]]]:
        """The commands, in the order in which one needs the other."""
        steps: list[tuple[str, dict[str, Any]]] = [
            ("migrate", {"verbosity": 0, "interactive": False}),
            ("load_authorities", {"if_changed": True}),
            ("load_words", {"if_changed": True}),
            ("load_roles", {}),
            ("load_pages", {}),
        ]
        if settings.DEMO:
            steps += [("load_starter", {"if_changed": True}), ("load_stories", {"if_changed": True}), ("load_demo_users", {})]
        steps.append(("pack_static", {}))
        steps.append(("fill_festival_days", {}))
        commands = get_commands()
        return [(step, arguments) for step, arguments in [*steps, ("ensure_index", {})] if step in commands]
