"""Addresses of media: one door for every byte out, one for bytes that come in pieces."""

from django.urls import path

from . import gate, tile_gate, upload_api

app_name = "media"

urlpatterns = [
    path("uploads/", upload_api.begin, name="uploads"),
    path("uploads/<uuid:upload_id>", upload_api.one, name="upload"),
    path("uploads/<uuid:upload_id>/finish", upload_api.finish, name="finish_upload"),
    path("<uuid:asset_uuid>/tiles/info.json", tile_gate.info, name="tile_info"),
    path("<uuid:asset_uuid>/tiles/<path:tile>", tile_gate.tile, name="tile"),
    path("<uuid:asset_uuid>/<str:file_name>", gate.file, name="file"),
]
