"""Arranges what tests need, with as few rows as the behaviour asks for."""

from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from library.accounts.models import Community, Office, User
from library.accounts.roles import BY_CODE, load_roles
from library.records.actions.create import create
from library.records.actions.publish import publish
from library.records.models import Record
from library.records.models.choices import Confidence
from library.records.signals import announced_once
from library.vocabularies.models import EthnicGroup, Source, Term, Vocabulary

_numbers = count(1)


def make_office(code: str = "tinh-15", parent: Office | None = None) -> Office:
    """An office under the ministry (made when needed), by its code."""
    if code == "bo":
        return Office.objects.get_or_create(code="bo", defaults={"name_vi": "Bộ", "level": "ministry"})[0]
    parent = parent or make_office("bo")
    return Office.objects.get_or_create(code=code, defaults={"name_vi": f"Sở {code}", "level": "province", "parent": parent})[0]


def make_user(role: str = "", office: Office | None = None, communities: tuple[Community, ...] = (), **fields: Any) -> User:
    """A person with a role (see library/accounts/roles.py), an office and communities."""
    user = User.objects.create_user(username=f"user-{next(_numbers)}", password="secret-secret", office=office, **fields)
    if role:
        if not Group.objects.filter(name=BY_CODE[role].name).exists():
            load_roles()
        user.groups.add(Group.objects.get(name=BY_CODE[role].name))
    for community in communities:
        user.communities.add(community)
    return user


def make_community(slug: str = "nguoi-muong-hoa") -> Community:
    """A community of origin."""
    return Community.objects.get_or_create(slug=slug, defaults={"name_vi": f"Cộng đồng {slug}"})[0]


def make_term(vocabulary: str, code: str, label: str = "") -> Term:
    """A term of a vocabulary, both made when needed."""
    owner, _created = Vocabulary.objects.get_or_create(code=vocabulary, defaults={"label_vi": vocabulary})
    return Term.objects.get_or_create(vocabulary=owner, code=code, defaults={"label_vi": label or code})[0]


def make_group(code: str = "08", name: str = "Mông", name_en: str = "Hmong") -> EthnicGroup:
    """One of the 54 groups."""
    return EthnicGroup.objects.get_or_create(
        code=code, defaults={"name_vi": name, "name_en": name_en, "slug": f"nhom-{code}", "confidence": "high"}
    )[0]


def make_source(code: str = "NQ202") -> Source:
    """A source that may be cited."""
    return Source.objects.get_or_create(code=code, defaults={"title": f"Nguồn {code}"})[0]


def new_record(title: str = "Lễ hội Gầu Tào", **fields: Any) -> Record:
    """An unsaved record with all that publishing asks of the core; ``details``, groups and access may be given."""
    many = {name: fields.pop(name) for name in ("groups", "communities", "places", "former_units", "languages") if name in fields}
    record = Record(
        record_type=fields.pop("record_type", "heritage-element"),
        title_vi=title,
        summary_vi=fields.pop("summary_vi", "Người Mông mở hội đầu năm."),
        rights=fields.pop("rights", None) or make_term("rights_statements", "CNE"),
        office=fields.pop("office", None) or make_office(),
        confidence=fields.pop("confidence", Confidence.HIGH),
        details=fields.pop("details", [{"type": "heritage_element", "value": {"category": "le-hoi"}}]),
        **fields,
    )
    record.groups = many.pop("groups", None) or [make_group()]
    for name, values in many.items():
        setattr(record, name, values)
    record.sources.add(record.sources.model(source=make_source()))
    return record


def make_record(title: str = "Lễ hội Gầu Tào", *, published: bool = True, user: User | None = None, **fields: Any) -> Record:
    """A saved record, published through the verb unless told otherwise."""
    with transaction.atomic(), announced_once():
        record = create(new_record(title, **fields))
        return publish(record, user=user) if published else record
