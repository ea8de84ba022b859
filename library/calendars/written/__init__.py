"""Dates as people write them ("12/3/2025", "khoảng 1930", "rằm tháng 7 âm lịch 1975"), turned into EDTF and said back. Pure."""
