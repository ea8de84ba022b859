"""The files of an import on their way into the library, each once, before the rows that name them: a file takes its time."""

from collections.abc import Iterable
from typing import Any

from background.leases import keep
from media_pipeline.errors import Refused
from media_pipeline.intake.ingest import ingest

from ..errors import SheetError
from ..models import Import, ImportedFile
from ..sheets.sources import Media


class Files:
    """What became of the files of one import."""

    def __init__(self, job: Import, media: Media) -> None:
        self.job, self.media = job, media

    def take(self, names: Iterable[str]) -> None:
        """Gives the files to the media pipeline. Raises Waiting, and LeaseLostError before a file is taken twice."""
        wanted = list(dict.fromkeys(names))
        known = set(ImportedFile.objects.filter(owner=self.job, name__in=wanted).values_list("name", flat=True))
        for name in wanted:
            if name not in known:
                keep(self.job)
                self._take(name)

    def _take(self, name: str) -> None:
        asset, problem = None, ""
        try:
            with self.media.open(name) as stream:
                asset = ingest(stream, name.rpartition("/")[2], user=self.job.user)
        except (Refused, SheetError) as refused:
            problem = str(refused.message)
        ImportedFile.objects.get_or_create(owner=self.job, name=name, defaults={"asset": asset, "problem": problem})

    def refused(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Name and reason of those that were not taken."""
        rows = ImportedFile.objects.filter(owner=self.job, name__in=list(names)).exclude(problem="")
        return list(rows.values_list("name", "problem"))

    def links(self, names: list[str], wanted: Iterable[str], words: dict[str, list[str]]) -> list[dict[str, Any]]:
        """Rows of a record's files, for those that are wanted, with the words that stand beside their names."""
        rows = ImportedFile.objects.filter(owner=self.job, name__in=list(wanted), problem="").exclude(asset=None)
        assets = dict(rows.values_list("name", "asset_id"))
        return [
            {"asset_id": assets[name], **{key: texts[at] for key, texts in words.items() if at < len(texts)}}
            for at, name in enumerate(names)
            if name in assets
        ]
