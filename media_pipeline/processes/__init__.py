"""Child processes: how they are started, limited, watched and ended. Nothing else runs another program."""
