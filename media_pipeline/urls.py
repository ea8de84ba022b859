"""Addresses of media: delivery of files and tiles, and resumable upload."""

from django.urls import path

from .delivery import file_view, tile_view
from .intake import api

app_name = "media"

urlpatterns = [
    path("uploads/", api.collection, name="uploads"),
    path("uploads/<uuid:upload_id>", api.one, name="upload"),
    path("uploads/<uuid:upload_id>/finish", api.finish, name="finish_upload"),
    path("<uuid:asset_uuid>/tiles/info.json", tile_view.info, name="tile_info"),
    path("<uuid:asset_uuid>/tiles/<path:tile>", tile_view.tile, name="tile"),
    path("<uuid:asset_uuid>/<str:file_name>", file_view.file, name="file"),
]
