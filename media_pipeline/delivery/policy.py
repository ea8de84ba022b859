"""The access policy of files: the setting MEDIA_ACCESS_POLICY names the function that answers it, for delivery, links and admin alike.

The function is ``readable(user, asset, parts) -> the parts that this person may read``; a part is a derivative, a track or the original.
"""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from ..models import Asset

DECISION_SECONDS = 15


def readable(user: Any, asset: Asset, parts: Collection[str]) -> frozenset[str]:
    """The parts that this person may read now. The policy is asked once for all of them."""
    answer: frozenset[str] = import_string(settings.MEDIA_ACCESS_POLICY)(user, asset, parts)
    return answer


def workable(user: Any, assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """Those that a member of staff may work with; ``MEDIA_ADMIN_FILTER`` is the dotted name of the function that filters them."""
    if not settings.MEDIA_ADMIN_FILTER:
        return assets
    filtered: QuerySet[Asset] = import_string(settings.MEDIA_ADMIN_FILTER)(user, assets)
    return filtered


def may_replace(user: Any, asset: Asset) -> bool:
    """Whether this person may put another file in the place of the asset now."""
    return user.has_perm("media_pipeline.change_asset") and workable(user, Asset.objects.filter(pk=asset.pk)).exists()


def may_read(user: Any, asset: Asset, part: str) -> bool:
    """Whether this person may read one part. The answer is remembered for a few seconds, because a player asks for many ranges."""
    key = f"media-access:{asset.uuid}:{part}:{getattr(user, 'pk', None)}"
    remembered = cache.get(key)
    if remembered is None:
        remembered = part in readable(user, asset, {part})
        cache.set(key, remembered, DECISION_SECONDS)
    return bool(remembered)
