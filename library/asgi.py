"""The ASGI application. The default settings are those of production; a server may name others."""

import os

from django.core.asgi import get_asgi_application

from library.start import collect_rarely, keep_what_is_loaded, refuse_unsafe_start

collect_rarely()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings.base")
application = get_asgi_application()
refuse_unsafe_start()
keep_what_is_loaded()
