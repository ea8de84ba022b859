"""Running the library on a server: backup and restore, moving between databases, metrics. Nothing of the catalogue imports it."""
