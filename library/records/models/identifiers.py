"""Permanent identifiers: short names without meaning, with a check character; given once, never used again. They fit into an ARK.

The alphabet is NOID's "betanumeric" (no vowels, no l): a name cannot spell a word, and the check character catches every
single wrong letter and every swap of neighbours (J. Kunze, "Noid", section on check characters; 29 is prime).
"""

import secrets

from django.conf import settings
from django.db import models

from library.many_rows import insert_many

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"
SHOULDER = "v1"  # names the minter; a second minter would take another
LENGTH = 7  # 29**7 = 17 billion names


def own_key(office_code: str, code: str) -> str:
    """The own code of an office as the library keeps it: unique in the whole library, because the office stands before it."""
    return f"{office_code}/{code.strip()}"


def check_character(name: str) -> str:
    """The character that completes ``name``: sum of position times ordinal, modulo 29."""
    return ALPHABET[sum(place * max(ALPHABET.find(letter), 0) for place, letter in enumerate(name, start=1)) % len(ALPHABET)]


def new_name() -> str:
    """A random name with its check character. The caller must look into MintedIdentifier whether it is free."""
    name = _name_of(secrets.randbelow(len(ALPHABET) ** LENGTH))
    return name + check_character(name)


def name_at(fraction: float) -> str:
    """The point at a fraction (from 0, below 1) of the order of all names; no name itself, for it has no check character."""
    return _name_of(int(fraction * len(ALPHABET) ** LENGTH))


def _name_of(number: int) -> str:
    """The name without its check character that stands at this place of all names."""
    letters = []
    for _place in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return SHOULDER + "".join(reversed(letters))


def is_well_formed(name: str) -> bool:
    """Whether the name could have been minted here: right length, letters and check character."""
    return len(name) == len(SHOULDER) + LENGTH + 1 and all(letter in ALPHABET for letter in name) and check_character(name[:-1]) == name[-1]


def ark(name: str) -> str:
    """The ARK of a name, or an empty text while no name assigning authority number has been granted (setting ARK_NAAN)."""
    return f"ark:/{settings.ARK_NAAN}/{name}" if settings.ARK_NAAN else ""


class MintedIdentifier(models.Model):
    """Every name that was ever given. Rows are never deleted, so no name is given twice."""

    name = models.CharField(max_length=20, primary_key=True)
    minted_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


def mint() -> str:
    """A permanent name that was never given before. It is stored before it is used."""
    while True:
        name, created = MintedIdentifier.objects.get_or_create(name=new_name())
        if created:
            return name.name


def mint_many(count: int) -> list[str]:
    """``count`` permanent names, sorted, in few queries; for bulk loading."""
    names: set[str] = set()
    while len(names) < count:
        candidates = {new_name() for _ in range(count - len(names))}
        candidates -= set(MintedIdentifier.objects.filter(name__one_of=candidates).values_list("name", flat=True))
        insert_many(MintedIdentifier, [{"name": name} for name in candidates])
        names |= candidates
    return sorted(names)
