"""Addresses of what works without a network, in each language; the service worker stands at the root, outside of them (library/urls.py)."""

from django.urls import path

from . import views

urlpatterns = [
    path("manifest.webmanifest", views.web_manifest, name="manifest"),
    path("giu-lai/", views.kept_page, name="kept"),
    path("khong-co-mang/", views.unreachable_page, name="unreachable"),
]
