"""One tar file with everything: the database's copy, the files, at its end the manifest.

Written and read as a stream, so that it may pass through gpg and nothing lies about in the open.
"""

import hashlib
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from shop.backups.errors import BackupError
from shop.backups.facts import Facts
from shop.backups.files import CHUNK, rename

FORMAT = 1
MANIFEST = "manifest.json"
#: Larger files than this wait on disk, not in memory, on their way.
IN_MEMORY = 8 * CHUNK
#: Larger manifests are not believed.
MANIFEST_MOST = 256 * 1024 * 1024


@dataclass
class Entry:
    size: int
    sha256: str


@dataclass
class Manifest:
    """What the archive holds and where it comes from."""

    made_at: str
    engine: str
    versions: dict[str, str]
    #: Tells another SECRET_KEY, under which hashes and second steps cannot be read.
    key_mark: str
    facts: Facts
    entries: dict[str, Entry] = field(default_factory=dict)
    format: int = FORMAT

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        try:
            read: dict[str, Any] = json.loads(text)
            if read["format"] != FORMAT:
                raise BackupError(f"This shop does not know archives of format {read['format']}.")
            return cls(
                **{
                    **read,
                    "facts": Facts(**read["facts"]),
                    "entries": {name: Entry(**each) for name, each in read["entries"].items()},
                }
            )
        except (ValueError, TypeError, KeyError) as fault:
            raise BackupError(f"The manifest cannot be read: {fault}") from fault


class _Counted:
    """A pipe that knows how far it is, which is all that tarfile asks of what it writes to."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.position = 0

    def write(self, data: bytes) -> int:
        self.position += self.stream.write(data)
        return len(data)

    def tell(self) -> int:
        return self.position


class Writer:
    """Adds files to an archive and remembers their sums; large ones pass through `folder`."""

    def __init__(self, stream: IO[bytes], folder: Path) -> None:
        self.folder = str(folder)
        self.tar = tarfile.open(fileobj=_Counted(stream), mode="w")  # type: ignore[call-overload] # noqa: SIM115
        self.entries: dict[str, Entry] = {}

    def add(self, name: str, source: Any) -> None:
        """`source` is read to its end first: a file may grow while it is read."""
        digest = hashlib.sha256()
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=self.folder) as whole:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                whole.write(chunk)
            size = whole.tell()
            whole.seek(0)
            self._put(name, size, whole)
        self.entries[name] = Entry(size, digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        manifest.entries = self.entries
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=self.folder) as whole:
            size = whole.write(manifest.as_json())
            whole.seek(0)
            self._put(MANIFEST, size, whole)
        self.tar.close()

    def _put(self, name: str, size: int, source: Any) -> None:
        member = tarfile.TarInfo(name)
        member.size = size
        member.mode = 0o600
        self.tar.addfile(member, source)


@contextmanager
def written(path: Path, recipient: str) -> Iterator[Writer]:
    """An archive at `path` once all of it is written, encrypted for `recipient` if one is named."""
    part = path.with_name(f".{path.name}.part")
    try:
        if recipient:
            command = ["gpg", "--batch", "--yes", "--quiet", "--trust-model", "always"]
            command += ["--encrypt", "--recipient", recipient, "--output", str(part)]
            with _gpg(command, stdin=subprocess.PIPE) as gpg:
                assert gpg.stdin is not None
                with suppress(BrokenPipeError):  # gpg says why
                    yield Writer(gpg.stdin, path.parent)
                with suppress(BrokenPipeError):
                    gpg.stdin.close()
                _ended_well(gpg)
        else:
            with part.open("wb") as stream:
                part.chmod(0o600)
                yield Writer(stream, path.parent)
        part.chmod(0o600)
        rename(part, path)
    finally:
        part.unlink(missing_ok=True)


def can_read(path: Path, recipient: str) -> bool:
    """Whether this machine holds what opens the archive: the private key may lie elsewhere."""
    if path.suffix != ".gpg":
        return True
    asked = ["gpg", "--batch", "--list-secret-keys", recipient]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Each file of the archive with its content, in order, each to be read before the next.

    Raises BackupError for what no backup holds: links, devices, names that lead elsewhere.
    """
    if not path.is_file():
        raise BackupError(f"There is no archive at {path}.")
    seen = set()
    with _opened(path) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in tar:
            name = member.name
            content = tar.extractfile(member) if member.isreg() else None
            if content is None or name in seen or not _is_plain(name):
                raise BackupError(f"The archive holds {name!r}, which no backup does.")
            seen.add(name)
            yield name, content


def checked_manifest(path: Path, bar: Any) -> Manifest:
    """The manifest, once every file of the archive was read and found as it says.

    `bar` is told how many bytes were read. Raises BackupError.
    """
    found: dict[str, Entry] = {}
    manifest = None
    try:
        for name, content in members(path):
            if name == MANIFEST:
                manifest = Manifest.from_json(content.read(MANIFEST_MOST))
                continue
            digest, size = hashlib.sha256(), 0
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                bar.update(len(chunk))
            found[name] = Entry(size, digest.hexdigest())
    except (tarfile.TarError, EOFError, OSError) as fault:
        raise BackupError(f"{path} is no whole archive: {fault}") from fault
    if manifest is None:
        raise BackupError(f"{path} has no manifest: its writing was broken off.")
    if wrong := sorted(
        name
        for name in {*found, *manifest.entries}
        if found.get(name) != manifest.entries.get(name)
    ):
        raise BackupError(
            f"{len(wrong)} files of {path} are not what the manifest says: {', '.join(wrong[:5])}"
        )
    return manifest


def _is_plain(name: str) -> bool:
    """Whether the name stays below where it is put."""
    parts = PurePosixPath(name).parts
    return (
        bool(parts)
        and not name.startswith("/")
        and ".." not in parts
        and str(PurePosixPath(name)) == name
        and not any(sign in name for sign in ("\\", "\0"))
    )


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if path.suffix != ".gpg":
        with path.open("rb") as stream:
            yield stream
        return
    with _gpg(["gpg", "--quiet", "--decrypt", str(path)], stdout=subprocess.PIPE) as gpg:
        assert gpg.stdout is not None
        yield gpg.stdout
        while gpg.stdout.read(CHUNK):
            pass
        _ended_well(gpg)


@contextmanager
def _gpg(command: list[str], **pipes: int) -> Iterator[subprocess.Popen[bytes]]:
    try:
        gpg = subprocess.Popen(command, stderr=subprocess.PIPE, **pipes)  # type: ignore[call-overload]
    except FileNotFoundError:
        raise BackupError("gpg is not installed: install Debian's package gnupg.") from None
    with gpg:
        try:
            yield gpg
        except BaseException:
            gpg.kill()
            raise


def _ended_well(gpg: subprocess.Popen[bytes]) -> None:
    said = gpg.stderr.read().decode(errors="replace") if gpg.stderr else ""
    if gpg.wait():
        raise BackupError(f"gpg: {said.strip()[-500:]}")
