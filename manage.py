#!/usr/bin/env python
"""Django's command line. Settings default to development; a server names its own in DJANGO_SETTINGS_MODULE."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings.dev")
    from library.start import collect_rarely

    collect_rarely()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
