"""What is asked, as engine-neutral values: request, plan, clauses, the words to mark. Pure: no engine, no database."""
