"""A list of known passwords in one small file: the first bytes of their SHA-1, in order.

Five bytes of a hash tell a thousand million passwords apart but for one in a thousand; looking one
up reads some thirty places of the file, none of which stays in memory.
"""

import hashlib
import mmap
from collections.abc import Iterable
from pathlib import Path
from typing import IO

HEAD = b"PWLIST5\n"
MARK_BYTES = 5


class NotAList(Exception):
    """The file is none that `write_list` wrote."""


def mark_of(password: str) -> bytes:
    return hashlib.sha1(password.encode(), usedforsecurity=False).digest()[:MARK_BYTES]


def write_list(file: IO[bytes], marks: Iterable[bytes]) -> int:
    """Write `marks`, which come in order, once each; how many they were. Raises ValueError."""
    file.write(HEAD)
    last, written = b"", 0
    for mark in marks:
        if mark < last:
            raise ValueError("the hashes are not in order")
        if mark != last:
            file.write(mark)
            written += 1
        last = mark
    return written


class PasswordList:
    """A file opened for looking things up; safe in threads and after a fork."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            if file.read(len(HEAD)) != HEAD:
                raise NotAList(path)
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return (len(self._bytes) - len(HEAD)) // MARK_BYTES

    def __contains__(self, password: str) -> bool:
        mark = mark_of(password)
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._mark(middle) < mark:
                low = middle + 1
            else:
                high = middle
        return low < len(self) and self._mark(low) == mark

    def _mark(self, number: int) -> bytes:
        at = len(HEAD) + number * MARK_BYTES
        return self._bytes[at : at + MARK_BYTES]
