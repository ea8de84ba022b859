"""The WSGI application. The default settings are those of production; a server may name others."""

import os

from django.core.wsgi import get_wsgi_application

from library.sending import Sending
from library.start import collect_rarely, keep_what_is_loaded, refuse_unsafe_start

collect_rarely()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings.base")
application = Sending(get_wsgi_application())
refuse_unsafe_start()
keep_what_is_loaded()
