"""Example records for the tests of public pages, and the text of an answer."""

from typing import Any

from django.utils import timezone

from library.accounts.models import User
from library.lexicon.models import Concept, Word, WordList
from library.records.models import Record, RecordMedia
from library.vocabularies.models import AdminChange, AdminUnit
from media_pipeline.models import Asset, Blob
from tests.factories import make_group, make_office, make_term, make_user

FESTIVAL = {
    "calendar": "vn-lunar",
    "date_rule": {"calendar": "vn-lunar", "start_month": 1, "start_day": 8, "around": False},
    "rule_text": {"text": "mùng 8 tháng Giêng", "lang": "vi"},
    "cycle": "yearly",
    "attendance": {"rule": "everyone"},
}

CONCEPTS = {
    "moon": ("mặt trăng", "moon", "nature"),
    "water": ("nước", "water", "nature"),
    "eat": ("ăn", "to dine", "food"),
    "buffalo": ("trâu", "water buffalo", "animals"),
}


def text(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def make_picture(record: Record, **fields: str) -> None:
    """A picture on a record: rows only."""
    blob = Blob.objects.create(area="original", sha256="0" * 64, size=1, key="o/1", mime="image/jpeg")
    copy = Blob.objects.create(area="derivative", sha256="1" * 64, size=30_000, key="d/1", mime="image/jpeg")
    asset = Asset.objects.create(kind="image", original=blob, name_as_given="1.jpg", format="jpeg", state="ready")
    facts = {"role": "picture", "mime": "image/jpeg", "width": 400, "height": 300, "size_bytes": 30_000, "verified_at": timezone.now()}
    asset.derivatives.create(name="img-400-jpg", recipe="image", recipe_hash="1", blob=copy, **facts)
    RecordMedia.objects.create(record=record, asset=asset, alt_vi="Tệp thử", **fields)


def make_admin() -> User:
    return make_user("administrator", make_office("bo"))


def make_word(form: str, concept: str = "moon", words: str = "muong-hoa-binh", note: str = "", **of_list: Any) -> Word:
    """A word in a list of the Mường, or of the people in ``group``; list and concept are made when needed."""
    group = of_list.pop("group", None) or make_group("06", "Mường", "Muong")
    facts = {"variety": words, "country": "Vietnam", "confidence": "high", "licence": "CC-BY-4.0", "citation": "Sidwell 2021"}
    own, made = WordList.objects.get_or_create(code=words, defaults=facts | of_list)
    if made:
        own.groups.set([group])
    vi, en, field = CONCEPTS[concept]
    labels = {"label_vi": vi, "label_en": en, "field": make_term("meaning_fields", field), "order": len(CONCEPTS)}
    return Word.objects.create(list=own, concept=Concept.objects.get_or_create(code=concept, defaults=labels)[0], form=form, note=note)


def make_units(province: AdminUnit) -> dict[str, AdminUnit]:
    """A commune of the province with a point, the former province and district, and the two former communes that became it."""
    former = AdminUnit.objects.create(level="former_province", code="10", label_vi="Lào Cai", slug="lao-cai")
    district = AdminUnit.objects.create(level="former_district", code="088", label_vi="Thị xã Sa Pa", slug="thi-xa-sa-pa", parent=former)
    old = [
        AdminUnit.objects.create(level="former_commune", code=code, label_vi=name, slug="x", parent=district)
        for code, name in (("03013", "Xã Tả Phìn"), ("03016", "Xã Trung Chải"))
    ]
    commune = AdminUnit.objects.create(
        level="commune", code="03013", label_vi="Xã Tả Phìn", slug="xa-ta-phin", parent=province, latitude=22.4022, longitude=103.8461
    )
    for unit, new, how in ((former, province, "whole"), (old[0], commune, "whole"), (old[1], commune, "part")):
        AdminChange.objects.create(old=unit, new=new, how=how, effective="2025-07-01")
    return {"commune": commune, "former": former, "district": district, "old": old[0]}
