"""Names of administrative units: the kind in front ("xã", "huyện") may be there or not."""

import re

from media_pipeline.text.folding import fold

KIND = re.compile(r"^(?:thanh pho|thi xa|thi tran|dac khu|tinh|huyen|quan|phuong|xa) (?=\D)")
_ABBREVIATED = re.compile(r"^(tp|tx|tt|x|p|h|q|t)\.? ?(?=[^\W\d])(?<=[. ])")


def plain_name(name: str) -> str:
    """Letters and numbers only, lower case, without marks: ``xa ta phin``."""
    return " ".join(re.sub(r"[^\w]+", " ", fold(name)).split())


def bare_name(name: str) -> str:
    """The plain name without its kind: ``ta phin``."""
    return KIND.sub("", plain_name(_ABBREVIATED.sub("", fold(name))))
