"""Tables of the pipeline: bytes kept, what was made of them, the work on them, the words that belong to them."""

from .assets import Asset, Derivative
from .blobs import Blob, BlobCopy, FixityEvent
from .jobs import MediaJob, Upload
from .tracks import Segment, TextTrack

__all__ = ["Asset", "Blob", "BlobCopy", "Derivative", "FixityEvent", "MediaJob", "Segment", "TextTrack", "Upload"]
