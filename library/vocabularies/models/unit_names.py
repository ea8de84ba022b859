"""What a Vietnamese unit is called in English: its name keeps its marks, its kind is said in English."""

KINDS = {  # the order matters: a longer kind before one that it begins with
    "đặc khu": "special zone",
    "thành phố": "city",
    "thị trấn": "township",
    "thị xã": "town",
    "phường": "ward",
    "huyện": "district",
    "quận": "district",
    "xã": "commune",
}


def english_name(label: str) -> str:
    """``Xã Cán Cấu`` → ``Cán Cấu commune``, ``Phường 1`` → ``Ward 1``; as it is where it names no kind."""
    for kind, english in KINDS.items():
        if label.lower().startswith(f"{kind} "):
            name = label[len(kind) + 1 :]
            return f"{english.capitalize()} {name}" if name.isdecimal() else f"{name} {english}"
    return label
