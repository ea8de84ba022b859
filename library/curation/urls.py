"""Editorial pages: Wagtail's serving, taken out of ATOMIC_REQUESTS, which on SQLite would lock the database for every reader."""

from django.db import transaction
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail import views

urlpatterns = [
    re_path(wagtail_urls.serve_pattern, transaction.non_atomic_requests(views.serve), name="wagtail_serve"),
    path("", include(wagtail_urls)),  # logging in to a private page
]
