"""What a photograph says of itself: when and where it was taken. Pure; reads the private tags of an asset, and never writes them on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

TIMES = (("DateTimeOriginal", "OffsetTimeOriginal"), ("DateTimeDigitized", "OffsetTimeDigitized"), ("DateTime", "OffsetTime"))
HERE = timezone(timedelta(hours=7))  # cameras without a zone are taken to go by the time of Vietnam
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
EARLIEST = 1990  # years before: the clock of a camera was never set


@dataclass(frozen=True, slots=True)
class Taken:
    """When a photograph was taken: what the clock of the camera showed, with its zone where the file tells it."""

    clock: datetime
    zone: timezone | None = None

    @property
    def moment(self) -> datetime:
        """The moment, to put photographs in their order."""
        return self.clock.replace(tzinfo=self.zone or HERE).astimezone(UTC)

    @property
    def day(self) -> date:
        return self.clock.date()


def taken(tags: Mapping[str, str]) -> Taken | None:
    """When it was taken; None where the tags say nothing that can be believed."""
    for time, offset in TIMES:
        try:
            clock = datetime.strptime(tags.get(time, "").strip()[:19], "%Y:%m:%d %H:%M:%S")
        except ValueError:
            continue
        if clock.year >= EARLIEST:
            return Taken(clock, _zone(tags.get(offset, "")))
    return None


def _zone(text: str) -> timezone | None:
    match = re.fullmatch(r"([+-])(\d\d):(\d\d)", text.strip())
    if match is None or int(match[2]) > 14:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))


def point(tags: Mapping[str, str]) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; None where the tags have none, or no true ones."""
    latitude = _degrees(tags.get("GPSGPSLatitude", ""), tags.get("GPSGPSLatitudeRef", ""), "S")
    longitude = _degrees(tags.get("GPSGPSLongitude", ""), tags.get("GPSGPSLongitudeRef", ""), "W")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180 or (latitude, longitude) == (0, 0):
        return None
    return latitude, longitude


def _degrees(text: str, reference: str, negative: str) -> float | None:
    parts = [float(number) for number in NUMBER.findall(text)]
    if len(parts) != 3:
        return None
    degrees = parts[0] + parts[1] / 60 + parts[2] / 3600
    return -degrees if reference.strip().upper().startswith(negative) else degrees


def days(moments: "list[Taken]") -> str:
    """The days of photographs as EDTF: one day, or from the first to the last; empty for none."""
    if not moments:
        return ""
    first, last = min(each.day for each in moments), max(each.day for each in moments)
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def camera(tags: Mapping[str, str]) -> str:
    """The camera, as the file names it."""
    make, model = tags.get("Make", "").strip(), tags.get("Model", "").strip()
    return model if model.lower().startswith(make.lower()) else f"{make} {model}".strip()
