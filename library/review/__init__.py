"""The review of records from office to office: who decides, by when, and what a decision does. It knows no screen."""
