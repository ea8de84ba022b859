"""The actions that change a record: create, publish, withdraw, exchange a file. Every screen, importer and command calls these."""
