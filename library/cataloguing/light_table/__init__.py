"""The light table: photographs that come by the folder are looked through, sorted, and become draft records."""
