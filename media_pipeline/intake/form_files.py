"""Receives the large files of a form on this disk. A disk that takes no more is told by the form; Django by itself would answer 500."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest

from ..errors import Waiting
from ..processes import scratch


class FormFileHandler(TemporaryFileUploadHandler):
    """Writes to a temporary file; after the first failure it reads on and writes no more, so that the other fields still arrive."""

    problem: Waiting | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open a temporary file."""
        try:
            with scratch.disk_errors_as_waiting():
                super().new_file(*args, **kwargs)
        except Waiting as waiting:
            self.problem = waiting

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write the next bytes."""
        if self.problem:
            return
        try:
            with scratch.disk_errors_as_waiting():
                super().receive_data_chunk(raw_data, start)
        except Waiting as waiting:
            self.problem = waiting

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file, or None where it could not be written whole."""
        if not self.problem:
            try:
                with scratch.disk_errors_as_waiting():
                    return super().file_complete(file_size)
            except Waiting as waiting:
                self.problem = waiting
        return None


def problem_of(request: HttpRequest) -> Waiting | None:
    """Why the files of this form could not be written to the disk; None when they were."""
    handlers = request.upload_handlers if request.method == "POST" else ()
    return next((handler.problem for handler in handlers if isinstance(handler, FormFileHandler) and handler.problem), None)
