"""Houses, communal houses, towers."""

from library.vocabularies.loading.rows import Row

from ..drafts import UNDETERMINED, Draft, Lookups, described, names, noted
from .things import materials_of


def architecture_draft(row: Row, lookups: Lookups) -> Draft:
    """The draft of one kind of building. Materials are stored as terms, and as a note in the words of the file."""
    return Draft(
        record_type="architecture",
        details={"kind": row.required("kind"), "material": materials_of(row.text("materials_vi"), lookups)},
        texts=[*names(row, "vernacular_name", UNDETERMINED), *noted(row, materials_vi="Vật liệu")],
        **described(row, lookups),
    )
