"""Places: the maps of today and of before July 2025, and the page of each province, commune, former province and former district."""
