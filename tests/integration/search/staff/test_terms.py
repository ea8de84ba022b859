"""A record is found by every label of its terms, as they are when its document is made: on both engines."""

import pytest
from django.test import Client

from library.cataloguing.terms.actions.merge import begin_merge
from library.cataloguing.terms.actions.work import advance_merges
from library.records.models import Record
from library.vocabularies.lookup import term_labels
from library.vocabularies.models import Term
from search.indexing import outbox
from tests.factories import make_office, make_record, make_term, make_user

from ..searching import drain, titles

pytestmark = pytest.mark.django_db


def _costume(code: str) -> Record:
    details = [{"type": "costume", "value": {"kind": "garment", "wearer": ["women"], "material": [code]}}]
    return make_record("Váy", record_type="costume", details=details)


def test_the_labels_of_a_term_that_was_merged_away_find_the_records_of_the_one_that_stays(site: str, client: Client) -> None:
    old, new = make_term("materials", "gai-dau", "Gai dầu"), make_term("materials", "lanh", "Lanh")
    _costume("lanh")
    _costume("gai-dau")
    begin_merge(old, new, user=make_user("administrator", make_office("bo")))
    while advance_merges():
        pass
    drain(site)
    assert titles(client, "gai dầu") == titles(client, "lanh") == ["Váy", "Váy"]
    assert "Gai dầu" not in client.get("/tim-kiem/", {"q": "gai dau"}).content.decode()


def test_a_document_has_the_labels_of_its_moment_whatever_the_process_still_has_in_its_cache(site: str, client: Client) -> None:
    term = make_term("materials", "gai", "Sợi gai")
    record = _costume("gai")
    assert term_labels("materials")["gai"][0] == "Sợi gai"
    Term.objects.filter(pk=term.pk).update(label_vi="Ramie")  # as another process does it
    outbox.announce([record.pk])
    drain(site)
    assert titles(client, "ramie") == ["Váy"]
