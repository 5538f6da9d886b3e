"""Prepare this folder to run the program: environment, locked packages, system libraries.

    python3 packaging/setup_env.py [--tests] [--display]

--tests also looks for what the tests use besides: a PostgreSQL server, an X server without a screen.
--display also makes sure that there is a desktop to open a window on.
Nothing is done twice: what was installed from an unchanged constraints.txt is left alone.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
CONSTRAINTS = ROOT / "constraints.txt"
STAMP = VENV / "front-desk-installed"
TRIED = VENV / "front-desk-apt-tried"
TRY_AGAIN_AFTER = 24 * 3600  # seconds between two attempts to install what the tests can do without

# What Qt's window, offscreen and printing parts load, with Debian's package for each.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libcups.so.2": "libcups2",
}
TEST_TOOLS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "openbox": "openbox",
    "pdftotext": "poppler-utils",
    "cupsd": "cups-daemon",
    "lpadmin": "cups-client",
}
SYSTEM_PROGRAMS = "/usr/sbin"  # where some of them lie, whether or not it is on the path


class SetupError(Exception):
    """What stands in the way, in one sentence, with what to do about it."""


def say(text: str) -> None:
    print(text, flush=True)


def run(command: Sequence[str | Path], **environment: str) -> int:
    return subprocess.run(list(command), check=False, cwd=ROOT, env={**os.environ, **environment}).returncode


def is_debian() -> bool:
    return sys.platform == "linux" and shutil.which("apt-get") is not None


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install_with_apt(packages: Sequence[str]) -> bool:
    """Install Debian packages as root; answers whether it worked."""
    say(f"Installing with apt-get: {' '.join(packages)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "-qq", "update"], **quiet)  # stale lists may still do
    command = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages]
    return run(command, **quiet) == 0


def apt_line(packages: Sequence[str]) -> str:
    return f"sudo apt-get install {' '.join(packages)}"


def check_python() -> None:
    if sys.version_info < (3, 11):
        raise SetupError(
            f"Front Desk needs Python 3.11 or newer, this is {sys.version.split()[0]}: "
            "install a newer one, or name it with `make PYTHON=/path/to/python3 ...`."
        )


def make_environment() -> None:
    """Make .venv, or make it anew where it does not run any more."""
    if PYTHON.exists() and works([PYTHON, "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]):
        return
    if not works([sys.executable, "-c", "import ensurepip, venv"]):
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not (is_debian() and is_root() and install_with_apt([package])):
            raise SetupError(f"This Python cannot make environments, install what it lacks: {apt_line([package])}")
    say(f"Making .venv with Python {sys.version.split()[0]}")
    if run([sys.executable, "-m", "venv", "--clear", VENV]) != 0:
        raise SetupError("Python could not make the environment .venv, its own message stands above.")


def works(command: Sequence[str | Path]) -> bool:
    try:
        return subprocess.run(list(command), check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def install_packages() -> None:
    """Install what constraints.txt names, once for each state of that file."""
    wanted = hashlib.sha256(CONSTRAINTS.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    say("Installing the locked packages, which takes some minutes the first time")
    command: list[str | Path] = [PYTHON, "-m", "pip", "install", "-qq", "--no-compile"]
    if run([*command, "--require-hashes", "-r", CONSTRAINTS]) != 0:
        raise SetupError("pip could not install the packages of constraints.txt, its own message stands above.")
    # Without byte code a start takes three times as long.
    folders = [*VENV.glob("lib/python3*/site-packages"), *VENV.glob("Lib/site-packages")]
    command = [PYTHON, "-m", "compileall", "-q", "-q", "-j", "0"]
    run([*command, *folders])
    STAMP.write_text(wanted, encoding="utf-8")


def compile_program() -> None:
    folders = [ROOT / name for name in ("desk_app", "db") if (ROOT / name).is_dir()]
    if run([PYTHON, "-m", "compileall", "-q", *folders]) != 0:
        raise SetupError("The program's own sources do not compile, the place stands above.")


def missing_libraries() -> list[str]:
    """Name the shared libraries of Qt that cannot be loaded here."""
    missing = []
    for name in QT_LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def install_libraries() -> None:
    """Make Qt's system libraries be there, or say how."""
    if sys.platform != "linux":
        return
    missing = missing_libraries()
    if missing and is_debian() and is_root():
        install_with_apt([QT_LIBRARIES[name] for name in missing])
        missing = missing_libraries()
    if missing and is_debian():
        line = apt_line([QT_LIBRARIES[name] for name in missing])
        raise SetupError(f"Qt needs system libraries that are missing here, install them: {line}")
    if missing:
        raise SetupError(f"Qt needs system libraries, install the packages that hold {', '.join(missing)}.")


def missing_test_packages() -> list[str]:
    """Name the packages whose programs the tests use and that are not here."""
    path = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}{SYSTEM_PROGRAMS}"
    missing = [package for program, package in TEST_TOOLS.items() if shutil.which(program, path=path) is None]
    if not any(Path("/usr/lib/postgresql").glob("*/bin/postgres")) and shutil.which("postgres") is None:
        missing.append("postgresql")
    return missing


def install_test_tools() -> None:
    """Fetch what the tests use besides; for whatever stays missing they have a fallback or skip."""
    missing = missing_test_packages()
    if missing and is_debian() and is_root() and may_try(missing):
        if not install_with_apt(missing):
            for package in missing:
                install_with_apt([package])
        missing = missing_test_packages()
    if missing:
        line = f" ({apt_line(missing)})" if is_debian() else ""
        say(f"Not here, so tests use a fallback or are skipped: {', '.join(missing)}{line}")


def may_try(packages: Sequence[str]) -> bool:
    """Answer whether these were not asked for in vain within the last day; notes the attempt."""
    attempt = " ".join(packages)
    recent = TRIED.exists() and time.time() - TRIED.stat().st_mtime < TRY_AGAIN_AFTER
    if recent and TRIED.read_text(encoding="utf-8") == attempt:
        return False
    TRIED.write_text(attempt, encoding="utf-8")
    return True


def check_display() -> None:
    chosen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform == "linux" and not chosen:
        raise SetupError(
            "There is no desktop to open a window on: start it from a desktop session, or with "
            "`xvfb-run make run` on a machine without a screen."
        )


def main() -> int:
    parser = argparse.ArgumentParser(description="Prepare this folder to run Front Desk.")
    parser.add_argument("--tests", action="store_true", help="also fetch what the tests use")
    parser.add_argument("--display", action="store_true", help="also ask for a desktop to open a window on")
    options = parser.parse_args()
    try:
        check_python()
        if options.display:
            check_display()
        make_environment()
        install_packages()
        compile_program()
        install_libraries()
        if options.tests:
            install_test_tools()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
