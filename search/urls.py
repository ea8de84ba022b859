"""Addresses of the search; names carry no namespace, as those of the catalogue."""

from django.urls import path

from . import views

urlpatterns = [
    path("tim-kiem/", views.search_page, name="search"),
    path("tim-kiem/goi-y/", views.suggest, name="search-suggest"),
]
