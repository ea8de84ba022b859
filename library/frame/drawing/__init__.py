"""Figures computed as SVG geometry: woven bands, the moon, the map. Pure: numbers in, path data out; no request, no database."""
