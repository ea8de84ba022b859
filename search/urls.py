"""Addresses of the search; names carry no namespace, as those of the catalogue."""

from django.urls import path, re_path

from . import inside, views
from .export import FORMATS

urlpatterns = [
    path("tim-kiem/", views.search_page, name="search"),
    path("tim-kiem/chi-tiet/", views.detailed_page, name="search-detailed"),
    re_path(rf"^tim-kiem/xuat/(?P<format_code>{'|'.join(FORMATS)})/$", views.export, name="search-export"),
    path("ban-ghi/<str:identifier>/trong/", inside.inside, name="search-inside"),
    path("tim-kiem/goi-y/", views.suggest, name="search-suggest"),
]
