"""Two people save one record again and again at the same time: each save that is taken had the text before it seen."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from library.records.models import Record
from tests.factories import make_group, make_office, make_record, make_term, make_user
from tests.library.cataloguing.form.test_form import LIST, _form

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SAVES = 30  # of each person


@dataclass(frozen=True)
class Save:
    """A save that was taken: the version that the person had seen, and the text."""

    seen: int
    text: str


def _newest(record: Record) -> dict[str, str]:
    """What a form says that is opened now."""
    revision = Record.objects.get(pk=record.pk).latest_revision
    return {"loaded_revision_id": str(revision.pk), "loaded_revision_created_at": revision.created_at.isoformat()}


def _save_often(record: Record, person: Any, form: dict[str, Any]) -> tuple[list[Save], int]:
    """(the saves that were taken, how often the person was told of the other's text); every second form saves itself."""
    client, saves, refusals = Client(), [], 0
    client.force_login(person)
    address, seen = reverse(f"{LIST}:edit", args=[record.pk]), _newest(record)
    try:
        while len(saves) < SAVES:
            text, json = f"{person.username} {len(saves)}", len(saves) % 2 == 0
            answer = client.post(address, form | seen | {"credit": text}, headers={"accept": "application/json"} if json else {})
            if answer.status_code == 400:
                refusals += 1
            else:
                assert answer.status_code in {200, 302}
                saves.append(Save(int(seen["loaded_revision_id"]), text))
            seen = _newest(record)
        return saves, refusals
    finally:
        connection.close()


def test_no_text_is_lost_in_silence() -> None:
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    record = make_record("Hội cũ", published=False)
    record.sources.all().delete()
    record.save_revision(user=make_user("reviewer", make_office()))
    people = [make_user("reviewer", make_office()) for _number in range(2)]
    form = _form("Hội cũ", group=make_group())
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda person: _save_often(record, person, form), people))
    saves = {save.text: save for each, _refusals in results for save in each}
    revisions = list(record.revisions.order_by("pk"))[1:]
    texts = [revision.content["credit"] for revision in revisions]
    assert sorted(texts) == sorted(saves)
    assert len(texts) == 2 * SAVES
    lost = [
        texts[place + 1]
        for place, (one, other) in enumerate(pairwise(revisions))
        if one.user_id != other.user_id and saves[texts[place + 1]].seen < one.pk
    ]
    assert lost == []
    assert sum(refusals for _saves, refusals in results) > 0, "the two never met, so nothing was tried"
