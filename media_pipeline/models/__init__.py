"""Tables of the pipeline: stored bytes, assets and derivatives, jobs and uploads, text tracks."""

from .assets import Asset, Derivative
from .blobs import Blob, BlobCopy, FixityEvent
from .jobs import MediaJob, Upload
from .tracks import Segment, TextTrack

__all__ = ["Asset", "Blob", "BlobCopy", "Derivative", "FixityEvent", "MediaJob", "Segment", "TextTrack", "Upload"]
