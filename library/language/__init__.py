"""Vietnamese as a language: folding of marks, alphabetical order. Pure; it knows no model."""
