"""Media delivery and the real admin, without the public site."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("media/", include("media_pipeline.urls")),
]
