"""Addresses of packs; names carry no namespace, as those of the other public pages."""

from django.urls import path

from .views import files, public

urlpatterns = [
    path("goi/", public.pack_list, name="packs"),
    path("goi/dat/", public.order, name="pack-order"),
    path("goi/da-rut.js", files.withdrawn_list, name="packs-withdrawn"),
    path("goi/khoa.pem", files.signature_key, name="packs-key"),
    path("goi/<int:pk>/", public.pack_page, name="pack"),
    path("goi/<int:pk>/so-<int:number>.zip", files.whole_file, name="pack-file"),
    path("goi/<int:pk>/so-<int:number>-moi.zip", files.new_file, name="pack-new"),
    path("goi/<int:pk>/so-<int:number>.zim", files.zim_file, name="pack-zim"),
]
