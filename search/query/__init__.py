"""What is asked, as engine-neutral values: plan, clauses, the words to mark. Pure: no engine, no database."""
