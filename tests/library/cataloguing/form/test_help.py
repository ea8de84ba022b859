"""No field of the form leaves an officer alone: each says what to write and shows an example, in both languages."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from library.cataloguing.forms.panels import EDIT_HANDLER
from library.records.models import Record
from library.records.profiles import all_profiles, core_profile
from library.records.profiles.schema import Field
from tests.factories import make_office, make_term, make_user, new_record

LINE = 100  # letters of one line under a field
INTERNAL = {"DELETE", "ORDER", "id", "record", "comment_notifications", "comments"}
MACHINE_WORDS = re.compile(r"EDTF|BCP|metadata|TK/BC|JSON")


def fields(of: tuple[Field, ...], path: str) -> list[tuple[str, Field]]:
    return [each for field in of for each in ((f"{path}.{field.key}", field), *fields(field.fields, f"{path}.{field.key}"))]


FIELDS = [each for profile in (core_profile(), *all_profiles()) for each in fields(profile.fields, profile.code)]


@pytest.mark.parametrize(("path", "field"), FIELDS, ids=[path for path, _field in FIELDS])
def test_a_field_of_a_profile_has_a_line_of_help_and_an_example_in_both_languages(path: str, field: Field) -> None:
    assert all(0 < len(text) <= LINE for text in (field.help_vi, field.help_en, field.example_vi, field.example_en))
    assert not MACHINE_WORDS.search(field.help_vi + field.help_en)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("vi", "Ví dụ: "), ("en", "For example: ")])
def test_each_core_field_of_the_form_and_of_its_rows_has_help_with_an_example(language: str, word: str) -> None:
    handler = EDIT_HANDLER.bind_to_model(Record)
    with override(language):
        form = handler.get_form_class()(instance=new_record("Hội"), for_user=make_user("cataloguer"))
        rows = {name: formset.empty_form for name, formset in form.formsets.items()}
        every = {**form.fields, **{f"{name}.{key}": field for name, row in rows.items() for key, field in row.fields.items()}}
        without = [
            name
            for name, field in every.items()
            if name.rpartition(".")[2] not in INTERNAL | {"details"} and word not in str(field.help_text)
        ]
        labels = " ".join(str(field.label) for field in every.values())
    assert not without
    assert not MACHINE_WORDS.search(labels)


@pytest.mark.django_db
def test_the_help_of_a_field_stands_in_the_page_in_the_readers_language(client: Client) -> None:
    make_term("rights_statements", "CNE")
    client.force_login(make_user("cataloguer", make_office()))
    page = client.get(reverse("wagtailsnippets_records_record:add"), {"type": "festival"}, follow=True).content.decode()
    assert "Ví dụ: Lễ hội Gầu Tào ở Pha Long." in page
