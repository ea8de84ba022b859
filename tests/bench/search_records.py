"""Makes records for the search bench: titles and texts out of Vietnamese syllables in a natural distribution, with facets."""

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
PLACES = tuple(str(number) for number in range(1, 35))
LANGUAGES = tuple(f"lang-{number}" for number in range(40))
FACETS = ("type", "groups", "places", "language")


def documents(count: int, body_words: int = 60, seed: int = 7) -> Iterator[SearchDocument]:
    """So many records, always the same for one seed."""
    choose = random.Random(seed)
    words = _Words(choose)
    for number in range(1, count + 1):
        people = choose.choice(PEOPLES)
        yield SearchDocument(
            id=number,
            texts={
                "title": (f"{words.some(choose.randint(2, 5)).capitalize()} của người {people}",),
                "names": (people,),
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
    words = _Words(choose)
    typed = [words.some(words_in_each) for _ in range(count)]
    return [" ".join(word.fold for word in keys_of(text)) if number % 2 else text for number, text in enumerate(typed)]


class _Words:
    """Words drawn by Zipf's law: the common ones of the list, then 20,000 rare ones made of letters."""

    def __init__(self, choose: random.Random) -> None:
        self._choose = choose
        rare = ("".join(choose.choice("bcdđghklmnprstvx") + choose.choice("aăâeêioôơuưàáảãạ") for _ in range(2)) for _ in range(20_000))
        self._all = [*COMMON.split(), *rare]
        self._sums = list(accumulate(1 / (rank + 10) for rank in range(len(self._all))))

    def some(self, count: int) -> str:
        """So many words."""
        total = self._sums[-1]
        return " ".join(self._all[bisect(self._sums, self._choose.random() * total)] for _ in range(count))
