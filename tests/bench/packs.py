"""How fast a pack of one people with sound is built, beside what copying the same files into a plain ZIP takes, in one run.

    python -m tests.bench.packs [RECORDS [SECONDS]]

Each record has one recording of so many seconds at 24 kbit/s: random bytes, since nothing is decoded. Both read the same bytes from the
same storage; the pack also renders pages, hashes every file, signs and stores the result. The goal is 20 MB of pack a second.
"""

import os
import sys
import tempfile
import zipfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings.test")
BYTES_A_SECOND = 24_000 // 8
GOAL = 20.0  # MB a second
MB = 1e6
DEFAULTS = (300, 180)  # records, seconds of sound


def fill(records: int, seconds: int) -> str:
    """Public records of one people with a recording each; returns the subject."""
    from django.core.management import call_command
    from django.utils import timezone

    from library.records.models import RecordMedia
    from media_pipeline.models import Asset, Blob
    from media_pipeline.storage import derivative_key, main_storage
    from media_pipeline.storage.hashing import sha256_of
    from tests.factories import make_group, make_record

    call_command("migrate", verbosity=0)
    storage = main_storage()
    storage.prepare()
    group = make_group()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(records):
            record = make_record(f"Bài hát số {number}", summary_vi="Người Mông hát khi lên nương. " * 8, groups=[group])
            path = Path(folder) / f"{number}"
            path.write_bytes(os.urandom(seconds * BYTES_A_SECOND))
            sha256, size = sha256_of(path), path.stat().st_size
            original = Blob.objects.create(area="original", sha256=sha256, size=size, key=f"o/{number}", mime="audio/wav")
            facts = {"duration_ms": seconds * 1000}
            asset = Asset.objects.create(kind="audio", original=original, name_as_given="bai.wav", format="wav", state="ready", **facts)
            key = derivative_key(asset.uuid, "r" * 16, "a24", sha256, "opus")
            storage.put(key, path, sha256, "audio/ogg")
            blob = Blob.objects.create(area="derivative", sha256=sha256, size=size, key=key, mime="audio/ogg")
            facts |= {"blob": blob, "mime": "audio/ogg", "size_bytes": size, "average_bitrate": 24000, "verified_at": timezone.now()}
            asset.derivatives.create(name="a24", role="sound", recipe="audio", recipe_hash="r" * 64, **facts)
            RecordMedia.objects.create(record=record, asset=asset, alt_vi="Tiếng hát", credit="Giàng A Páo")
    return f"people:{group.slug}"


def copy_plainly(target: Path) -> None:
    """The same sound files, stored in a ZIP without anything else."""
    from media_pipeline.models import Derivative
    from media_pipeline.storage import main_storage

    with zipfile.ZipFile(target, "w") as archive:
        for derivative in Derivative.objects.select_related("blob"):
            with archive.open(str(derivative.blob.sha256), "w") as entry:
                for chunk in main_storage().stream(derivative.blob.key):
                    entry.write(chunk)


def build_pack(subject_value: str) -> int:
    """One pack from the order to the file in the storage; returns its bytes."""
    from library.packs.actions.order import order_as_reader
    from library.packs.actions.work import advance_packs
    from library.packs.models import PackIssue
    from library.packs.subjects import subject_of

    subject = subject_of(subject_value)
    assert subject is not None
    order_as_reader(subject, "sound", "vi")
    while advance_packs():
        pass
    issue = PackIssue.objects.get()
    assert issue.state == "ready", issue.problem
    return issue.size


def main() -> None:
    """Prints the table."""
    import django

    django.setup()
    from django.urls import reverse

    from tests.bench.measuring import Clock, peak_mb

    given = [int(number) for number in sys.argv[1:3]]
    records, seconds = (*given, *DEFAULTS[len(given) :])
    subject = fill(records, seconds)
    reverse("home")  # a worker has read the map of the site long ago
    plain, built = Clock(), Clock()
    with tempfile.TemporaryDirectory() as folder:
        copy_plainly(Path(folder) / "warm.zip")
        with plain:
            copy_plainly(Path(folder) / "plain.zip")
        size = (Path(folder) / "plain.zip").stat().st_size
    with built:
        packed = build_pack(subject)
    print(f"{records} records, {seconds} s of sound each, {packed / MB:.0f} MB")
    for name, clock, length in (("plain ZIP", plain, size), ("pack", built, packed)):
        print(f"{name:10} {length / MB / clock.cpu:8.1f} MB/s of CPU {length / MB / clock.wall:8.1f} MB/s {clock.cpu:8.2f} s of CPU")
    print(
        f"goal {GOAL:.0f} MB/s; {1000 * (built.cpu - plain.cpu) / records:.1f} ms of CPU a record over the plain copy; peak {peak_mb()} MB"
    )


if __name__ == "__main__":
    main()
