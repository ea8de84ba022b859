"""Houses, communal houses, towers."""

from library.vocabularies.loading.rows import Row

from ..drafts import UNDETERMINED, Draft, Lookups, described, names
from .things import materials_of, other_materials


def architecture_draft(row: Row, lookups: Lookups) -> Draft:
    """The draft of one kind of building. Materials are terms; those that the list lacks are a note."""
    materials = row.text("materials_vi")
    return Draft(
        record_type="architecture",
        details={"kind": row.required("kind"), "material": materials_of(materials, lookups)},
        texts=[*names(row, "vernacular_name", UNDETERMINED), *other_materials("Vật liệu khác", materials, lookups)],
        **described(row, lookups),
    )
