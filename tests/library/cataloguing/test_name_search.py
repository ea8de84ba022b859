"""Staff lists find what the public search finds: with marks or without, in capitals, composed or decomposed."""

import unicodedata

import pytest
from django.test import Client
from django.urls import reverse

from library.accounts.models import User
from library.records.models import Record
from library.vocabularies.models import Term
from media_pipeline.models import Asset, Blob
from media_pipeline.text.folding import fold
from media_pipeline.text.names import named_like
from tests.factories import make_community, make_office, make_record, make_term, make_user

pytestmark = pytest.mark.django_db
NAME = "Trống đồng Đông Sơn – K'Ho"
TYPED = ["trống đồng", "trong dong", "TRONG DONG", "Trống ĐỒNG", unicodedata.normalize("NFD", "Trống đồng"), "dong trong", "kho", "son"]
RECORDS = "wagtailsnippets_records_record"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_user(office=make_office(), is_superuser=True))
    return client


def found(staff: Client, address: str, typed: str) -> str:
    answer = staff.get(address, {"q": typed})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("typed", TYPED)
def test_records_are_found_as_people_type(staff: Client, typed: str) -> None:
    record = make_record(NAME)
    make_record("Hát then")
    for address in (reverse(f"{RECORDS}:list"), reverse("wagtailsnippetchoosers_records_record:choose_results")):
        page = found(staff, address, typed)
        assert "Đông Sơn" in page
        assert "Hát then" not in page
    assert "Đông Sơn" in found(staff, reverse(f"{RECORDS}:list"), record.identifier.lower())


@pytest.mark.parametrize("typed", ["Hát then", "hat THEN", unicodedata.normalize("NFD", "hát then")])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_files_are_found_whatever_machine_named_them(staff: Client, typed: str, form: str) -> None:
    blob = Blob.objects.create(area="original", sha256="0" * 64, size=1, key="o/0", mime="audio/wav")
    for name in ("Bài hát then 1.wav", "khác.wav"):
        given = unicodedata.normalize(form, name)
        Asset.objects.create(kind="audio", original=blob, name_as_given=given, format="wav", state="ready", uploaded_by=User.objects.get())
    for address in (reverse("media_admin:index"), reverse("media_chooser:choose_results")):
        page = unicodedata.normalize("NFC", found(staff, address, typed))
        assert "hát then 1" in page
        assert "khác.wav" not in page


@pytest.mark.parametrize("typed", ["Nghệ nhân", "nghe nhan", "NGHE NHAN"])
def test_authorities_are_found_the_same_way(staff: Client, typed: str) -> None:
    make_term("moods", "nn", "Nghệ nhân ưu tú")
    make_term("moods", "kh", "Khác hẳn")
    page = found(staff, reverse("wagtailsnippets_vocabularies_term:list"), typed)
    assert "ưu tú" in page
    assert "Khác hẳn" not in page


@pytest.mark.parametrize("typed", ["Vàng Páo", "vang pao", "PÁO"])
def test_people_and_communities_are_found_the_same_way(staff: Client, typed: str) -> None:
    make_user(office=make_office(), last_name="Vàng", first_name="A Páo")
    community = make_community("vang-pao")
    community.name_vi = "Người Vàng ở Páo"
    community.save()
    assert "A Páo" in found(staff, reverse("wagtailusers_users:index"), typed)
    assert "ở Páo" in found(staff, reverse("communities:index"), typed)


@pytest.mark.parametrize("name", [NAME, "Đắk Lắk", "ƀơ̆ng", "Nguyễn Ánh’s", "ẤẦẨẪẬ", "Điện-Biên"])
def test_the_database_folds_as_we_do(name: str) -> None:
    term = make_term("moods", "x", name)
    assert fold(name) == " ".join(Term.objects.filter(pk=term.pk).values_list("label_vi__folded", flat=True)[0].split())


def test_a_name_of_control_signs_for_patterns_is_a_name() -> None:
    make_record("50% len_tho")
    assert named_like(Record.objects.all(), "50%", "name_key").count() == 1
    assert named_like(Record.objects.all(), "5%l", "name_key").count() == 0
    assert named_like(Record.objects.all(), "  ", "name_key").count() == 1


def test_a_changed_name_is_found_by_its_new_name() -> None:
    record = make_record("Hội cũ")
    record.title_vi = "Lễ mới"
    record.save()
    assert named_like(Record.objects.all(), "le moi", "name_key").count() == 1
    assert named_like(Record.objects.all(), "hoi cu", "name_key").count() == 0
