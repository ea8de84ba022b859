"""How records, peoples and provinces are shown: lines, files, words in two languages. Public pages and stories use the same."""
