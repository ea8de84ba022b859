"""One photograph as the table shows it: its picture, where it stands on its way, what it says of itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from media_pipeline.available_renditions import Picture, picture_of
from media_pipeline.errors import Refused, Waiting, words_for
from media_pipeline.models import Asset, Upload

from ..access import workable_assets
from ..facts import Taken, camera, point, taken
from ..models import LightTable, Photograph

#: Where a photograph stands.
READY, MAKING, ARRIVING, CHOSEN, WAITING, REFUSED, HIDDEN = "ready", "making", "arriving", "chosen", "waiting", "refused", "hidden"
ON_THE_WAY = (MAKING, ARRIVING, CHOSEN, WAITING)


@dataclass(frozen=True, slots=True)
class Shot:
    """A photograph with all that its place on the table shows. ``turn``: degrees still to turn the picture that is shown."""

    row: Photograph
    state: str
    message: str
    picture: Picture | None
    turn: int
    taken: Taken | None
    point: tuple[float, float] | None
    camera: str

    @property
    def usable(self) -> bool:
        """Whether it can become part of a record, now or once it has arrived."""
        return self.state not in (REFUSED, HIDDEN)


def shots_of(table: LightTable, user: Any) -> list[Shot]:
    """All photographs of the table, in their order. What the person may not work with shows its name only."""
    rows = table.photographs.select_related("asset__original", "upload", "lot").prefetch_related("asset__derivatives")
    allowed = set(workable_assets(user).filter(pk__in=table.photographs.exclude(asset=None).values("asset")).values_list("pk", flat=True))
    return [_shot(row, allowed) for row in rows]


def _shot(row: Photograph, allowed: set[int]) -> Shot:
    asset = row.asset
    if asset is not None and asset.pk not in allowed:
        return Shot(row, HIDDEN, _("Tệp này không mở cho bạn."), None, 0, None, None, "")
    state, message = _state(row)
    if asset is None:
        return Shot(row, state, message, None, 0, None, None, "")
    tags = asset.private_meta if row.lot is None or row.lot.record_id is None else {}
    return Shot(row, state, message, picture_of(asset), (row.turn - asset.turn) % 360, taken(tags), point(tags), camera(tags))


def _state(row: Photograph) -> tuple[str, str]:
    if row.problem:
        return REFUSED, str(Refused(row.problem).message)
    if row.asset is not None:
        return _state_of_asset(row.asset)
    upload = row.upload
    if upload is None:
        return CHOSEN, _("Chờ tải lên")
    if upload.state == Upload.State.WAITING:
        return WAITING, str(words_for(Waiting(upload.problem).code).what)
    return ARRIVING, _("Đã tải %(percent)d %%") % {"percent": 100 * upload.offset // max(1, upload.declared_size)}


def _state_of_asset(asset: Asset) -> tuple[str, str]:
    if asset.kind != Asset.Kind.IMAGE:
        return REFUSED, _("Không phải ảnh. Tệp nằm trong mục tệp phương tiện.")
    if asset.state == Asset.State.FAILED:
        return REFUSED, str(words_for(asset.problem).what)
    return (READY, "") if asset.current else (MAKING, _("Đang làm ảnh xem"))


def on_the_way(shots: Iterable[Shot]) -> int:
    """How many photographs are still to arrive or to be made."""
    return sum(shot.state in ON_THE_WAY for shot in shots)
