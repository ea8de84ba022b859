"""Photographs that are there twice: with the same bytes, or alike by look; on the table, and among the files that the person may see."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from media_pipeline.available_renditions import Picture, picture_of
from media_pipeline.looks import pairs_alike
from media_pipeline.models import Asset

from ..access import workable_assets
from .shots import Shot


@dataclass(frozen=True, slots=True)
class Double:
    """A photograph and another one like it. ``same``: the same bytes. ``url``: the other one's page, when it is not on the table."""

    shot: Shot
    other_name: str
    other_picture: Picture | None
    same: bool
    url: str = ""

    @property
    def words(self) -> str:
        """What is to be said at the photograph."""
        if self.url:
            return _("Đã có trong thư viện") if self.same else _("Giống ảnh trong thư viện")
        return (_("Trùng %(name)s") if self.same else _("Giống %(name)s")) % {"name": self.other_name}


def doubles(shots: Sequence[Shot], user: Any) -> list[Double]:
    """Every pair once, the less sharp photograph first, as the one to put aside; then those that the library has."""
    free = [shot for shot in shots if shot.usable and shot.row.asset and not shot.row.set_aside and not _in_record(shot)]
    return [*_on_the_table(free), *_in_the_library(free, shots, user)]


def _in_record(shot: Shot) -> bool:
    return shot.row.lot is not None and shot.row.lot.record_id is not None


def _on_the_table(shots: Sequence[Shot]) -> list[Double]:
    assets = [shot.row.asset for shot in shots if shot.row.asset]
    places: dict[int, list[int]] = defaultdict(list)
    for place, asset in enumerate(assets):
        places[asset.original_id].append(place)
    same = {pair for rows in places.values() for pair in combinations(rows, 2)}
    pairs = []
    for one, other in sorted(same | set(pairs_alike([asset.look for asset in assets]))):
        less, more = sorted((shots[one], shots[other]), key=_sharpness)
        pairs.append(Double(less, more.row.name, more.picture, (one, other) in same))
    return pairs


def _sharpness(shot: Shot) -> tuple[int, int, int]:
    """More points, then more bytes; of equal ones the later is the copy."""
    asset = shot.row.asset
    assert asset is not None
    return (asset.width or 0) * (asset.height or 0), asset.original.size, -shot.row.pk


def _in_the_library(free: Sequence[Shot], shots: Sequence[Shot], user: Any) -> list[Double]:
    own = {shot.row.asset_id for shot in shots if shot.row.asset_id}
    originals, near = defaultdict(list), defaultdict(list)
    for shot in free:
        assert shot.row.asset is not None
        originals[shot.row.asset.original_id].append(shot)
        for pk in shot.row.near:
            near[pk].append(shot)
    visible = workable_assets(user).exclude(pk__in=own).prefetch_related("derivatives")
    same = [(asset, shot, True) for asset in visible.filter(original__in=list(originals)) for shot in originals[asset.original_id]]
    named = {(asset.pk, shot.row.pk) for asset, shot, _same in same}
    like = [(asset, shot, False) for asset in visible.filter(pk__in=list(near)) for shot in near[asset.pk]]
    rows = [*same, *((asset, shot, exact) for asset, shot, exact in like if (asset.pk, shot.row.pk) not in named)]
    return [_of_library(asset, shot, exact) for asset, shot, exact in rows]


def _of_library(asset: Asset, shot: Shot, same: bool) -> Double:
    return Double(shot, asset.display_name, picture_of(asset), same, reverse("media_admin:inspect", args=[asset.pk]))
