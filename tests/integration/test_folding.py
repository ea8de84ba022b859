"""Names fold in PostgreSQL as they do in our own code, without an extension."""

import unicodedata

import psycopg
import pytest

from media_pipeline.text.folding import fold
from media_pipeline.text.names import POSTGRESQL

NAMES = ["Trống đồng Đông Sơn", "Đắk Lắk", "ƀơ̆ng", "Nguyễn Ánh’s K'Ho", "ẤẦẨẪẬ ỮỰ", "Điện-Biên", unicodedata.normalize("NFD", "Hát then")]


@pytest.mark.service("postgres")
@pytest.mark.parametrize("name", NAMES)
def test_postgresql_folds_names_as_we_do(postgres_url: str, name: str) -> None:
    with psycopg.connect(postgres_url) as server:
        row = server.execute("SELECT " + POSTGRESQL % {"expressions": "%s::text"}, [name]).fetchone()  # type: ignore[arg-type]
    assert row is not None
    assert " ".join(row[0].split()) == fold(name)
