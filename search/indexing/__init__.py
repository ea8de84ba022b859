"""What goes into the indexes: documents, passages, outbox, rebuild, reconciliation, and the knowledge learned from public text."""
