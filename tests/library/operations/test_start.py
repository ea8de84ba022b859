"""What a web process takes out of Python's garbage collection."""

import gc

from library.start import FULL_COLLECTIONS, KeepCaches


def test_what_the_first_pages_load_is_kept_after_the_first_full_collections_only():
    before, keep = gc.get_freeze_count(), KeepCaches()
    gc.callbacks.append(keep)
    try:
        gc.collect(1)
        assert gc.get_freeze_count() == before
        for _ in range(FULL_COLLECTIONS):
            assert keep in gc.callbacks
            gc.collect()
        assert gc.get_freeze_count() > before
        assert keep not in gc.callbacks
    finally:
        gc.unfreeze()
