"""News of the catalogue becomes rows of the outbox, in the transaction of whoever made the news; what curators set is read again."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from library.accounts.models import Community, Office
from library.accounts.signals import office_moved
from library.records.models import Record
from library.records.signals import record_changed
from library.vocabularies.models import AdminUnit, EthnicGroup, GroupName, Term

from .indexing import knowledge
from .indexing.outbox import announce
from .models import CuratedQuestion, IndexEvent

KIND_OF: dict[type[Model], str] = {
    EthnicGroup: IndexEvent.Kind.GROUP,
    GroupName: IndexEvent.Kind.GROUP_NAME,
    AdminUnit: IndexEvent.Kind.UNIT,
    Community: IndexEvent.Kind.COMMUNITY,
    Term: IndexEvent.Kind.TERM,
}


@receiver(record_changed)
def records_changed(record_ids: list[int], **kwargs: Any) -> None:
    """Every action and every bulk path of the catalogue sends this."""
    announce(record_ids)


@receiver(post_save, sender=EthnicGroup)
@receiver(post_save, sender=GroupName)
@receiver(post_save, sender=AdminUnit)
@receiver(post_save, sender=Community)
@receiver(post_save, sender=Term)
def thing_renamed(sender: type[Model], instance: Model, created: bool, **kwargs: Any) -> None:
    """One row for the thing; the drainer finds its records. A new thing has none yet."""
    if not created:
        announce([instance.pk], KIND_OF[sender])


@receiver(office_moved)
def office_has_new_path(office: Office, **kwargs: Any) -> None:
    """One row for the whole subtree, however many records it has: the drainer finds them, in chunks."""
    announce([office.pk], IndexEvent.Kind.OFFICE)


@receiver(post_save, sender=Record)
def person_renamed(instance: Record, created: bool, **kwargs: Any) -> None:
    """Documents hold the names of the people in them; whoever is named as one, whatever the type of the record."""
    if not created and instance.parts.exists():
        announce([instance.pk], IndexEvent.Kind.PERSON)


@receiver(post_save, sender=CuratedQuestion)
@receiver(post_delete, sender=CuratedQuestion)
def question_curated(**kwargs: Any) -> None:
    """This process reads what curators set again at once, the others within seconds."""
    transaction.on_commit(knowledge.forget)
