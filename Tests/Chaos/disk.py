"""A small disk in memory that can be filled."""

import os
import pathlib
import subprocess


class Disk:
    """A mounted tmpfs; a plain folder, which cannot be filled, where mounting is not allowed."""

    def __init__(self, folder, megabytes):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "onrecord-chaos", self.folder]
        self.isMounted = subprocess.run(mounting, capture_output=True).returncode == 0
        self.filler = self.folder / "filler"

    def fill(self):
        """Takes every byte that is free."""
        with self.filler.open("ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    pass

    def empty(self):
        self.filler.unlink(missing_ok=True)

    def close(self):
        if self.isMounted:
            subprocess.run(["umount", "-l", self.folder], capture_output=True)
            os.rmdir(self.folder)
