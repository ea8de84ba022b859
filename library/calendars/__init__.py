"""Days: the Vietnamese lunar calendar, rules that festivals follow, and uncertain dates (EDTF). Pure; knows no record."""
