"""How dates and numbers are written and read: day before month in both languages, as people in Vietnam write them."""
