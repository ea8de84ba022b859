"""Finding: analysis, documents, two engines behind one interface, the outbox. A reader of the catalogue, never its owner."""
