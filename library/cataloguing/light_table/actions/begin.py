"""The action that sets up a light table."""

from typing import Any

from django.db import transaction

from library.accounts.models import User
from library.records.models.choices import NOT_EVALUATED
from library.vocabularies.merges import find_term

from ..access import require_use
from ..models import LightTable


def begin(user: Any) -> LightTable:
    """A new table of the person's office; the empty one that is there already when the button is pressed twice."""
    require_use(user)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        empty = LightTable.objects.filter(user=user, office=user.office, photographs=None).first()
        if empty is not None:
            return empty
        rights = find_term("rights_statements", NOT_EVALUATED)
        return LightTable.objects.create(user=user, office=user.office, rights=rights)
