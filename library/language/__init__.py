"""Vietnamese as a language: folding of marks, alphabetical order. Pure; knows no model."""
