"""Makes records for the search bench: titles and texts out of Vietnamese syllables in a natural distribution, with facets.

As long as the records of the starter collection are on average: 7 words of title, 11 of names, 28 of body.
"""

import random
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

from search.analysis import keys_of
from search.engines.base import SearchDocument

COMMON = (
    "lễ hội người của và ở trong nhà làng bản rông sàn mừng lúa mới cầu mưa cúng rừng tết năm xuân múa hát then khèn trống "
    "chiêng cồng đàn tính bầu áo váy khăn vải lanh chàm thêu dệt nhuộm bạc đan mây tre gốm rèn thuốc cây rẫy ruộng bậc thang "
    "nương suối sông núi đá cưới xin ma chay thầy mo già làng trưởng họ tổ tiên thần linh lời ca dân truyện cổ sử thi tiếng "
    "nói chữ viết sách cổ tranh thờ bánh chưng xôi nếp rượu cần thịt gác bếp chợ phiên ngựa trâu đâm đua thuyền kéo co ném "
    "còn đu quay đánh quay cà kheo"
)
PEOPLES = [
    "Mông",
    "Tày",
    "Nùng",
    "Dao",
    "Thái",
    "Mường",
    "Chăm",
    "Khmer",
    "Hoa",
    "Ê Đê",
    "Gia Rai",
    "Ba Na",
    "Xơ Đăng",
    "Cơ Ho",
    "La Chí",
    "Hà Nhì",
]
KINDS = ("heritage-element", "festival", "costume", "lexeme", "product", "ritual", "performance", "document")
PLACE_NAMES, PLACE_WORDS, PLACES_NAMED = 3_355, 3, 3
PLACES = tuple(str(number) for number in range(1, 35))
LANGUAGES = tuple(f"lang-{number}" for number in range(40))
FACETS = ("type", "groups", "places", "language")


def documents(count: int, body_words: int = 28, seed: int = 7) -> Iterator[SearchDocument]:
    """So many records, always the same for one seed."""
    choose = random.Random(seed)
    words = Words(choose)
    named = [words.some(PLACE_WORDS).title() for _ in range(PLACE_NAMES)]
    for number in range(1, count + 1):
        people = choose.choice(PEOPLES)
        yield SearchDocument(
            id=number,
            texts={
                "title": (f"{words.some(choose.randint(2, 5)).capitalize()} của người {people}",),
                "names": (people, *choose.sample(named, PLACES_NAMED)),
                "body": (words.some(body_words),),
            },
            access_tokens=("public",) if choose.random() < 0.95 else ("signed_in",),
            facets={
                "type": (choose.choice(KINDS),),
                "groups": (people,),
                "places": tuple(choose.sample(PLACES, choose.randint(1, 2))),
                "language": (choose.choice(LANGUAGES),),
            },
            updated=f"2026-01-{number % 28 + 1:02d}",
            title_sort=f"{number:09d}",
        )


def queries(count: int, words_in_each: int, seed: int = 11) -> list[str]:
    """Queries of so many words of the same distribution, half of them without marks."""
    choose = random.Random(seed)
    words = Words(choose)
    typed = [words.some(words_in_each) for _ in range(count)]
    return [" ".join(word.fold for word in keys_of(text)) if number % 2 else text for number, text in enumerate(typed)]


class Words:
    """Words and pairs of words as Vietnamese prose has them.

    Single words follow Zipf's law (the common ones of the list, then rare ones made of letters); three times out of four a word is
    followed by one of the twelve that like to follow it. Measured on 981,000 syllables of ``shared/relevance``: 313,600 different
    pairs, 28,600 in the first 50,000; these give 313,500 and 28,500. Without the liking there would be 763,000.
    """

    RARE, EXPONENT, SHIFT, FOLLOWED, FOLLOWERS = 60_000, 1.1, 10, 0.75, 12

    def __init__(self, choose: random.Random) -> None:
        self._choose = choose
        letters = "bcdđghklmnprstvx", "aăâeêioôơuưàáảãạ"
        rare = ("".join(choose.choice(kind) for kind in letters * 2) for _ in range(self.RARE))
        self._all = [*COMMON.split(), *rare]
        self._sums = list(accumulate(1 / (rank + self.SHIFT) ** self.EXPONENT for rank in range(len(self._all))))
        self._followers: dict[str, list[str]] = {}
        self._last = self._any()

    def some(self, count: int) -> str:
        """So many words."""
        return " ".join(self._next() for _ in range(count))

    def _next(self) -> str:
        if self._choose.random() < self.FOLLOWED:
            if self._last not in self._followers:
                self._followers[self._last] = [self._any() for _ in range(self.FOLLOWERS)]
            self._last = self._followers[self._last][int(self.FOLLOWERS * self._choose.random() ** 2)]
        else:
            self._last = self._any()
        return self._last

    def _any(self) -> str:
        return self._all[bisect(self._sums, self._choose.random() * self._sums[-1])]
