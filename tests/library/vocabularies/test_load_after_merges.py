"""The files of collections still hold terms that were merged here; loading them again does not bring those back."""

import pytest

from library.cataloguing.terms.actions.merge import begin_merge
from library.cataloguing.terms.actions.work import advance_merges
from library.vocabularies.load import load_authorities
from library.vocabularies.models import EthnicGroup, Term
from tests.factories import make_office, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("authorities")]


def test_a_merged_language_stays_merged_and_peoples_keep_the_one_that_it_leads_to(folder):
    people = EthnicGroup.objects.exclude(languages=None).order_by("pk")[0]
    old = people.languages.order_by("pk")[0]
    new = Term.objects.filter(vocabulary=old.vocabulary).exclude(pk__in=people.languages.all()).order_by("pk")[0]
    begin_merge(old, new, user=make_user("administrator", make_office()))
    while advance_merges():
        pass
    load_authorities(folder)
    old.refresh_from_db()
    assert old.merged_into == new
    assert new in people.languages.all()
    assert old not in people.languages.all()
