"""Addresses of bulletins; names carry no namespace, as those of the other public pages."""

from django.urls import path

from .views import feeds, public

urlpatterns = [
    path("ban-tin/", public.bulletin_list, name="bulletins"),
    path("ban-tin/<int:pk>/", public.bulletin_page, name="bulletin"),
    path("ban-tin/<int:pk>/ban-tin.mp3", public.bulletin_file, name="bulletin-file"),
    path("ban-tin/nghe.rss", feeds.all_places, name="bulletins-feed"),
    path("ban-tin/tinh/<slug:slug>.rss", feeds.of_province, name="province-bulletins-feed"),
    path("ban-tin/xa/<slug:slug>.rss", feeds.of_commune, name="commune-bulletins-feed"),
]
