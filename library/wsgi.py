"""The WSGI door; a server names its settings itself, the default is production."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings.base")
application = get_wsgi_application()
