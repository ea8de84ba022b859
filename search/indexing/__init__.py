"""What the indexes are told: documents, passages, outbox, rebuild, reconciliation, and the knowledge learned from public text."""
