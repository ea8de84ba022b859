"""Care of vocabularies: list, form, merging, suggestions."""
