"""Example records for the tests of public pages, and the text of an answer."""

from django.utils import timezone

from library.accounts.models import User
from library.records.models import Record, RecordMedia
from media_pipeline.models import Asset, Blob
from tests.factories import make_office, make_user

FESTIVAL = {
    "calendar": "vn-lunar",
    "date_rule": {"calendar": "vn-lunar", "start_month": 1, "start_day": 8, "around": False},
    "rule_text": {"text": "mùng 8 tháng Giêng", "lang": "vi"},
    "cycle": "yearly",
    "attendance": {"rule": "everyone"},
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
