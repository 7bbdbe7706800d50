"""Files that live as long as somebody holds them."""

import os
import tempfile
import weakref
from pathlib import Path


class TemporaryFile:
    """An empty file with a path other processes can open; removed with the last reference to this object."""

    def __init__(self, suffix: str) -> None:
        handle, name = tempfile.mkstemp(prefix="jieli-import-", suffix=suffix)
        os.close(handle)
        self.path = Path(name)
        weakref.finalize(self, self.path.unlink, missing_ok=True)
