"""Years named in the cycle of sixty ("năm Ất Mão"): the name is compared with the number beside it, or asked about."""

import re

from django.utils.translation import gettext as _

from ..lunar import BRANCHES, STEMS
from .text import UnclearDateError, plain

OLDEST, NEWEST = 1860, 2040  # years that are offered for a name alone
STEM = {plain(name): place for place, name in enumerate(STEMS)}
BRANCH: dict[str, tuple[int, ...]] = {}
for _place, _name in enumerate((*BRANCHES, "Tí", "", "", "Mẹo", "", "Tị")):  # the last six are other spellings of the first six
    BRANCH[plain(_name)] = (*BRANCH.get(plain(_name), ()), _place % 12)
_NAMED = re.compile(rf"(?:nam )?\b(?P<stem>{'|'.join(STEM)}) (?P<branch>{'|'.join(filter(None, BRANCH))})\b,?")
_YEAR = re.compile(r"(?<![0-9/.-])[0-9]{4}|(?<=[/.-])[0-9]{4}")


def without_cycle(text: str, typed: str) -> tuple[str, bool]:
    """(the text without the name of its year, whether there was one).

    Raises UnclearDateError for a name without a number, which comes every sixty years, and for a name that is another year's.
    """
    match = _NAMED.search(text)
    if match is None:
        return text, False
    stem = STEM[match["stem"]]
    branch = next((place for place in BRANCH[match["branch"]] if place % 2 == stem % 2), None)
    if branch is None:  # only names of one parity go together
        other = BRANCHES[BRANCH[match["branch"]][0]]
        raise UnclearDateError(_("Không có năm %(name)s.") % {"name": f"{STEMS[stem]} {other}"})
    name = f"{STEMS[stem]} {BRANCHES[branch]}"
    rest = f"{text[: match.start()]} nam {text[match.end() :]}"
    years = [int(digits) for digits in _YEAR.findall(rest)]
    if not years:
        known = [year for year in range(OLDEST, NEWEST) if _is_named(year, stem, branch)]
        raise UnclearDateError(
            _("Năm %(name)s sáu mươi năm mới có một lần. Là năm nào?") % {"name": name}, tuple(f"{typed} ({year})" for year in known)
        )
    if not _is_named(years[0], stem, branch):
        right = f"{STEMS[(years[0] + 6) % 10]} {BRANCHES[(years[0] + 8) % 12]}"
        sentence = _("Năm %(year)s là %(right)s, không phải %(name)s.") % {"year": years[0], "right": right, "name": name}
        nearest = min((year for year in range(OLDEST, NEWEST) if _is_named(year, stem, branch)), key=lambda year: abs(year - years[0]))
        raise UnclearDateError(sentence, (typed.replace(str(years[0]), str(nearest)),))
    return _without_brackets(rest), True


def _without_brackets(text: str) -> str:
    """``nam (1975)`` → ``nam 1975``."""
    return re.sub(r"\bnam (?:nam )+", "nam ", " ".join(re.sub(r"[()\[\]]", " ", text).split()))


def _is_named(year: int, stem: int, branch: int) -> bool:
    return (year + 6) % 10 == stem and (year + 8) % 12 == branch
