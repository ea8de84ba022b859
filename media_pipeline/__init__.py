"""Takes a file, keeps it, and makes what a phone on a weak link can play. Knows neither the catalogue nor search."""
