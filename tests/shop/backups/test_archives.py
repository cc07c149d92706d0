"""Archives that somebody or something has changed are refused before anything is touched."""

import io
import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from shop.backups.archive import MANIFEST, written
from shop.backups.errors import BackupError
from shop.backups.making import doubted
from shop.backups.place import Place
from shop.backups.restoring import restore

Change = Callable[[tarfile.TarInfo, bytes], tuple[tarfile.TarInfo, bytes] | None]


def rewritten(archive: Path, change: Change, *more: tarfile.TarInfo) -> Path:
    """The same archive with each member as `change` makes it, and with `more`."""
    target = archive.with_name("changed.tar")
    with tarfile.open(archive) as old, tarfile.open(target, "w") as new:
        for member in [*more, *old.getmembers()]:
            source = old.extractfile(member) if member not in more else None
            kept = change(member, source.read() if source else b"")
            if kept:
                kept[0].size = len(kept[1])
                new.addfile(kept[0], io.BytesIO(kept[1]))
    return target


def same(member: tarfile.TarInfo, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
    return member, content


def assert_refused(path: Path, place: Place, words: str) -> None:
    with pytest.raises(BackupError, match=words):
        restore(path, place, force=True)
    assert place.database.is_empty()
    assert list(place.file_names()) == []


@pytest.mark.parametrize(
    "name", ["../outside.txt", "/etc/cron.d/x", "files/default/../../x", "files\\x", "./manifest"]
)
def test_names_that_lead_elsewhere(archive: Path, elsewhere: Place, name: str) -> None:
    assert_refused(rewritten(archive, same, tarfile.TarInfo(name)), elsewhere, "which no backup")


def test_links(archive: Path, elsewhere: Place) -> None:
    link = tarfile.TarInfo("files/default/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    assert_refused(rewritten(archive, same, link), elsewhere, "which no backup")


def test_file_that_the_manifest_does_not_know(archive: Path, elsewhere: Place) -> None:
    stranger = tarfile.TarInfo("files/default/new.txt")
    assert_refused(rewritten(archive, same, stranger), elsewhere, "not what the manifest says")


def test_file_that_was_changed(archive: Path, elsewhere: Place) -> None:
    def other_picture(member: tarfile.TarInfo, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
        return member, b"X" + content[1:] if "original_images" in member.name else content

    assert_refused(rewritten(archive, other_picture), elsewhere, "not what the manifest says")


def test_file_that_is_missing(archive: Path, elsewhere: Place) -> None:
    changed = rewritten(archive, lambda m, c: None if "papers" in m.name else (m, c))
    assert_refused(changed, elsewhere, "not what the manifest says")


def test_archive_without_its_end(archive: Path, elsewhere: Place) -> None:
    changed = rewritten(archive, lambda m, c: None if m.name == MANIFEST else (m, c))
    assert_refused(changed, elsewhere, "no manifest")
    half = archive.with_name("half.tar")
    half.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    assert_refused(half, elsewhere, "no whole archive|no manifest")


def test_file_for_a_storage_that_is_not_there(archive: Path, elsewhere: Place) -> None:
    del elsewhere.storages["private"]
    assert_refused(archive, elsewhere, "no place for")


def test_no_archive_at_all(elsewhere: Place, tmp_path: Path) -> None:
    assert_refused(tmp_path / "none.tar", elsewhere, "no archive")


def test_an_archive_has_its_name_only_once_all_of_it_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, str]] = []
    fsync, rename = os.fsync, Path.rename

    def settled(descriptor: int) -> None:
        done.append(("on the disk", Path(f"/proc/self/fd/{descriptor}").readlink().name))
        fsync(descriptor)

    def named(path: Path, target: Path) -> Path:
        done.append(("named", target.name))
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", settled)
    monkeypatch.setattr(Path, "rename", named)
    with written(tmp_path / "phien-cho.tar", "") as archive:
        archive.add("a file", io.BytesIO(b"of the shop"))
    assert done == [
        ("on the disk", ".phien-cho.tar.part"),
        ("named", "phien-cho.tar"),
        ("on the disk", tmp_path.name),
    ]
    with doubted(tmp_path / "phien-cho.tar"):
        done.clear()
    assert done[-2:] == [("named", "phien-cho.tar"), ("on the disk", tmp_path.name)]
