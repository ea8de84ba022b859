"""Addresses of the search; names carry no namespace, as those of the catalogue."""

from django.urls import path, re_path

from . import views
from .pages import inside_record
from .results.export import FORMATS
from .saved import views as saved

urlpatterns = [
    path("tim-kiem/", views.search_page, name="search"),
    path("tim-kiem/chi-tiet/", views.detailed_page, name="search-detailed"),
    re_path(rf"^tim-kiem/xuat/(?P<format_code>{'|'.join(FORMATS)})/$", views.export, name="search-export"),
    path("tim-kiem/luu/", saved.save, name="saved-search-save"),
    path("tim-kiem/da-luu/", saved.saved, name="saved-searches"),
    path("tim-kiem/da-luu/<int:pk>/", saved.change, name="saved-search-change"),
    path("tim-kiem/da-luu/<int:pk>/xoa/", saved.delete, name="saved-search-delete"),
    path("tim-kiem/thoi-bao/<str:token>/", saved.stop, name="saved-search-stop"),
    path("ban-ghi/<str:identifier>/trong/", inside_record.inside, name="search-inside"),
    path("tim-kiem/gia-tri/<slug:param>/", views.facet_values, name="search-values"),
    path("tim-kiem/opensearch.xml", views.opensearch, name="opensearch"),
    path("tim-kiem/goi-y/", views.suggest, name="search-suggest"),
]
