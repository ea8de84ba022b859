"""Addresses of the catalogue's public pages; names carry no namespace, so that models and templates say what they mean."""

from django.urls import path

from .views import crawlers, feeds, festivals, groups, home, listing, provinces, record

urlpatterns = [
    path("", home.home, name="home"),
    path("ban-ghi/<str:identifier>/", record.record, name="record"),
    path("tu-lieu/", listing.records, name="records"),
    path("dan-toc/", groups.groups, name="groups"),
    path("dan-toc/<slug:slug>/", groups.group, name="group"),
    path("tinh/", provinces.province_list, name="provinces"),
    path("tinh/<slug:slug>/", provinces.province, name="province"),
    path("lich-le-hoi/", festivals.calendar, name="festivals"),
    path("moi-dang.atom", feeds.newest, name="feed"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", crawlers.sitemap_section, name="sitemap-section"),
]
