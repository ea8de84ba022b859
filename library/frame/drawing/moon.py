"""The moon on a day of the lunar month, as seen from Vietnam: it grows on the right."""

MONTH = 29.5  # days
RADIUS = 7
FULL = (14, 15, 16)
NEW = (1, 30)
FULL_DISC = "M8 1a7 7 0 0 1 0 14a7 7 0 0 1 0-14z"


def lit_path(day: int) -> str:
    """SVG path data of the lit part of a disc of radius 7 about (8, 8); empty at new moon.

    ``day`` is the day of the lunar month, 1 to 30; ValueError outside.
    """
    if not 1 <= day <= 30:
        raise ValueError(f"{day} is no day of a lunar month")
    if day in NEW:
        return ""
    if day in FULL:
        return FULL_DISC
    phase = (day - 1) / MONTH
    growing = phase <= 0.5
    terminator = abs(1 - 4 * phase if growing else 4 * phase - 3) * RADIUS  # half width of the shadow's edge
    sweep = int(phase >= (0.25 if growing else 0.75))
    return f"M8 1a{RADIUS} {RADIUS} 0 0 {int(growing)} 0 14a{terminator:.1f} {RADIUS} 0 0 {sweep} 0-14z"
