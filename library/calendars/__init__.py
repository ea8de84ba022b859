"""Calendars: the Vietnamese lunar calendar, date rules of festivals, and uncertain dates (EDTF). Pure; knows no record."""
