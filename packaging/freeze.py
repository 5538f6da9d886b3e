"""Makes the frozen one-folder build in ``dist/front-desk`` and lets it test itself.

Run by ``make frozen``. One folder, not one file: it starts as fast as from source, and Qt stays replaceable (LGPL).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "front-desk"
FOLDER = ROOT / "dist" / NAME
LAZY = ("desk_app", "db", "holidays", "phonenumbers.data", "sqlcipher3", "pypdf", "highspy")
"""Packages that import their own modules by name, where the freezer cannot see it."""

UNUSED = ("tkinter", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtNetwork", "pytest", "hypothesis", "mypy")


def build() -> None:
    """One PyInstaller run over ``main.py``."""
    separator = os.pathsep
    options = ["--noconfirm", "--clean", "--onedir", "--name", NAME, "--log-level", "WARN"]
    options += ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build"), "--specpath", str(ROOT / "build")]
    options += ["--add-data", f"{ROOT / 'resources'}{separator}resources"]
    options += ["--add-data", f"{ROOT / 'db' / 'migrations'}{separator}db/migrations"]
    for package in LAZY:
        options += ["--collect-submodules", package]
    for module in UNUSED:
        options += ["--exclude-module", module]
    subprocess.run([sys.executable, "-m", "PyInstaller", *options, str(ROOT / "main.py")], check=True, cwd=ROOT)


def test() -> int:
    """Starts the frozen program's own self-test, away from the source tree."""
    program = FOLDER / (f"{NAME}.exe" if os.name == "nt" else NAME)
    return subprocess.run([str(program), "--self-test"], cwd=FOLDER, check=False).returncode


def main() -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    build()
    size = sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file() and not file.is_symlink())
    print(f"{FOLDER.relative_to(ROOT)}: {size / 1e6:.0f} MB")
    return test()


if __name__ == "__main__":
    sys.exit(main())
