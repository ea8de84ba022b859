"""Addresses of media: one door for every byte."""

from django.urls import path

from . import gate

app_name = "media"

urlpatterns = [
    path("<uuid:asset_uuid>/<str:file_name>", gate.file, name="file"),
]
