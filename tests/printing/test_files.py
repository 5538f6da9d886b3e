"""A file is replaced whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desk_app.domain.faults import StorageUnavailable
from desk_app.printing.files import replace_file

posix = pytest.mark.skipif(os.name != "posix", reason="limits and rights of POSIX")


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """As if the disk were full after so many bytes: the system refuses the rest."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def nobody() -> Iterator[None]:
    """Root may write everywhere, so it becomes somebody else for a moment."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_the_new_file_takes_the_old_ones_place(tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    target.write_bytes(b"old")
    replace_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@posix
def test_on_a_full_disk_the_old_file_stays_and_nothing_lies_about(tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    target.write_bytes(b"old")
    with room_for(1000), pytest.raises(StorageUnavailable) as refused:
        replace_file(target, b"x" * 5000)
    assert refused.value.code == "full"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@posix
def test_without_rights_the_old_file_stays() -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "sheet.pdf"
        target.write_bytes(b"old")
        Path(folder).chmod(0o555)
        with nobody(), pytest.raises(StorageUnavailable) as refused:
            replace_file(target, b"new")
        Path(folder).chmod(0o755)
        assert refused.value.code == "no_rights"
        assert target.read_bytes() == b"old"


def test_a_folder_that_is_missing_or_is_the_target_itself_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable) as missing:
        replace_file(tmp_path / "nowhere" / "sheet.pdf", b"x")
    assert missing.value.code == "missing_folder"
    with pytest.raises(StorageUnavailable) as folder:
        replace_file(tmp_path, b"x")
    assert folder.value.code == "no_rights"


@posix
def test_a_link_keeps_pointing_at_its_file(tmp_path: Path) -> None:
    real, link = tmp_path / "real.pdf", tmp_path / "link.pdf"
    real.write_bytes(b"old")
    link.symlink_to(real)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@posix
def test_a_device_takes_it_as_it_comes() -> None:
    null = Path(os.devnull)
    replace_file(null, b"x")
    assert stat.S_ISCHR(null.stat().st_mode)
