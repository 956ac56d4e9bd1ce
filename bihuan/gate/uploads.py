"""Large uploads wait in a file that has no name: what a kill leaves behind is nothing that anybody could read.

Hides the temporary file. What is larger than any paper may be is refused while it still arrives.
"""

import tempfile
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from bihuan.lib.paper.container import PACKED_LIMIT


class NamelessUpload(FileUploadHandler):
    """Takes in what the memory's handler left: sealed papers must not lie in the temporary folder in the clear."""

    kept: IO[bytes]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.kept = tempfile.TemporaryFile()  # noqa: SIM115 -- open until the page has read it

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece."""
        if start + len(raw_data) > PACKED_LIMIT:
            self.kept.close()
            raise RequestDataTooBig
        self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        """The whole file, from its beginning."""
        self.kept.seek(0)
        return UploadedFile(
            self.kept,
            self.file_name,
            self.content_type or "",
            file_size,
            self.charset,
            self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """The connection broke: nothing stays."""
        if hasattr(self, "kept"):
            self.kept.close()
