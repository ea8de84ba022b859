"""The ASGI door; a server names its settings itself, the default is production."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings.base")
application = get_asgi_application()
