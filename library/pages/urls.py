"""Addresses of the catalogue's public pages; names carry no namespace, so that models and templates say what they mean."""

from django.urls import path

from .views import any_record, crawlers, feeds, groups, home, listing, record, share_cards, timeline, words
from .views.festivals import calendar, files
from .views.places import communes, former, near, provinces

PASSPORT, CARDS = "records/passport/passport.html", "records/passport/cards.html"

urlpatterns = [
    path("", home.home_page, name="home"),
    path("ban-ghi/<str:identifier>/", record.record_page, name="record"),
    path("ban-ghi/<str:identifier>/the-chia-se.png", share_cards.record, name="record-card"),
    path("ban-ghi/<str:identifier>/ho-chieu/", record.passport_page, {"template": PASSPORT}, name="passport"),
    path("ban-ghi/<str:identifier>/ho-chieu/the/", record.passport_page, {"template": CARDS}, name="product-cards"),
    path("dan-toc/<slug:slug>/the-chia-se.png", share_cards.group, name="group-card"),
    path("tinh/<slug:slug>/the-chia-se.png", share_cards.province, name="province-card"),
    path("xa/<slug:slug>/the-chia-se.png", share_cards.commune, name="commune-card"),
    path("the-chia-se/chuyen/<slug:slug>.png", share_cards.story, name="story-card"),
    path("the-chia-se.png", share_cards.library, name="library-card"),
    path("ban-ghi/<str:identifier>/lich.ics", files.festival_file, name="festival-file"),
    path("tu-lieu/", listing.record_list, name="records"),
    path("tu-lieu/bat-ky/", any_record.any_record, name="any-record"),
    path("dan-toc/", groups.group_list, name="groups"),
    path("dan-toc/<slug:slug>/", groups.group_portal, name="group"),
    path("dan-toc/<slug:slug>/lich-le-hoi.ics", files.group_file, name="group-festivals-file"),
    path("dan-toc/<slug:slug>/nghe.rss", feeds.sound_feed, name="group-sounds"),
    path("tinh/", provinces.province_list, name="provinces"),
    path("tinh/gan-toi.json", near.communes_file, name="places-near"),
    path("tinh/<slug:slug>/", provinces.province_page, name="province"),
    path("tinh/<slug:slug>/lich-le-hoi.ics", files.province_file, name="province-festivals-file"),
    path("xa/<slug:slug>/", communes.commune_page, name="commune"),
    path("tinh-cu/", former.former_province_list, name="former-provinces"),
    path("tinh-cu/<slug:slug>/", former.former_province_page, name="former-province"),
    path("huyen-cu/<slug:slug>/", former.former_district_page, name="former-district"),
    path("lich-le-hoi.ics", files.whole_file, name="festivals-file"),
    path("lich-le-hoi/", calendar.festival_calendar, name="festivals"),
    path("dong-thoi-gian/", timeline.timeline, name="timeline"),
    path("dong-thoi-gian/<slug:slug>/", timeline.timeline_century, name="timeline-century"),
    path("tu-ngu/", words.words_page, name="words"),
    path("tu-ngu/<slug:code>/", words.concept_page, name="concept"),
    path("tu-dien/<slug:code>/", words.word_list_page, name="word-list"),
    path("moi-dang.atom", feeds.newest_feed, name="feed"),
    path("nghe.rss", feeds.sound_feed, name="sounds"),
    path("robots.txt", crawlers.robots_txt, name="robots"),
    path("sitemap.xml", crawlers.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", crawlers.sitemap_section, name="sitemap-section"),
]
