"""Words of the staff's screens that are no single string of ours: names in two languages, numbers, titles of tabs, refused logins."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.admin.compare import comparison_class_registry

from library.accounts.models import Community, Office
from library.records.models.links import RecordSource
from media_pipeline.admin.job_notes import note
from media_pipeline.models import Asset, MediaJob, TextTrack
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("thing", [Office, Community])
def test_a_name_is_shown_in_the_language_of_the_reader_and_in_vietnamese_where_there_is_no_other(thing):
    with translation.override("en"):
        assert str(thing(name_vi="Sở Văn hóa Lào Cai", name_en="Culture office of Lào Cai")) == "Culture office of Lào Cai"
        assert str(thing(name_vi="Sở Văn hóa Lào Cai")) == "Sở Văn hóa Lào Cai"
    with translation.override("vi"):
        assert str(thing(name_vi="Sở Văn hóa Lào Cai", name_en="Culture office of Lào Cai")) == "Sở Văn hóa Lào Cai"


def test_words_that_a_person_wrote_are_not_called_a_maker():
    with translation.override("en"):
        assert str(TextTrack.Source.HUMAN.label) == "made by a person"


def test_a_number_has_a_comma_in_vietnamese_and_a_point_in_english():
    job = MediaJob(state=MediaJob.State.DONE, cpu_s=1.9)
    for language, words in (("vi", "1,9 giây CPU"), ("en", "1.9 s CPU")):
        with translation.override(language):
            assert note(job, Asset(), None) == words


def test_the_titles_of_the_admin_name_the_library(client):
    assert "<title>Đăng nhập - Thư viện số</title>" in client.get(reverse("wagtailadmin_login")).content.decode()
    client.force_login(make_user("administrator"))
    title = re.search(r"<title>(.*?)</title>", client.get(reverse("wagtailadmin_home")).content.decode(), re.DOTALL)
    assert title is not None and "Wagtail" not in title[1] and "Thư viện số" in title[1]


@pytest.mark.parametrize("address", ["wagtailadmin_login", "sign-in"])
def test_a_refused_login_is_told_in_a_whole_sentence(client, address):
    page = client.post(reverse(address), {"username": "ai-do", "password": "sai-roi"}).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng. Mời bạn thử lại." in page


def test_a_comparison_shows_an_empty_day_as_empty_and_a_day_in_words():
    field = RecordSource._meta.get_field("accessed")
    compare = comparison_class_registry.get(field)
    assert "None" not in compare(field, RecordSource(), RecordSource()).htmldiff()
    day = RecordSource(accessed=datetime.date(2026, 3, 5))
    with translation.override("vi"):
        diff = compare(field, RecordSource(), day).htmldiff()
    assert "5 tháng 3 năm 2026" in diff and "None" not in diff


def test_an_account_without_name_or_mail_address_saves_its_language(client):
    user = make_user("cataloguer")
    client.force_login(user)
    form = {"name_email-first_name": "", "name_email-last_name": "", "name_email-email": "", "locale-preferred_language": "en"}
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    assert "localtime" not in page
    form |= {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    assert client.post(reverse("wagtailadmin_account"), form).status_code == 302
    user.refresh_from_db()
    assert user.wagtail_userprofile.preferred_language == "en"
