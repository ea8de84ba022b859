"""Prints the health checks: what works, what is missing and the effect on the site, in plain words or as JSON."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from library.health import Check, run_checks

SIGNS = {"ok": "✓", "missing": "○", "off": "–", "failed": "✗"}


class Command(BaseCommand):
    help = "Khám máy: có gì, thiếu gì, và thiếu thì trang web mất gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="một đối tượng JSON cho máy đọc")
        parser.add_argument("--language", choices=["vi", "en"], default="vi")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            checks = run_checks()
            ok = all(check["status"] != "failed" for check in checks)
            report = json.dumps({"ok": ok, "checks": checks}, ensure_ascii=False, indent=2) if options["json"] else _in_words(checks)
            self.stdout.write(report)
        if not ok:
            sys.exit(1)


def _in_words(checks: list[Check]) -> str:
    width = max(len(check["name"]) for check in checks)
    lines = []
    for check in checks:
        lines.append(f"{SIGNS[check['status']]} {check['name']:<{width}}  {check['detail']}")
        if check["effect"]:
            lines.append(f"  {'':<{width}}  → {check['effect']}")
    return "\n".join(lines)
