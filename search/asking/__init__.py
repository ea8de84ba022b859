"""From a reader's request to records: understand, plan, ask an engine, read again from the database under the access rule."""
