"""What a print of two hundred pages takes at its peak, beside the same with one page, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, report

PAGES, VISITS = 200, 5220
MOST_TIMES = 2.0
CHILD = """
import resource, sys
from pathlib import Path
from desk_app.printing.content.profiles import PROFILES
from desk_app.printing.sheets import content_of, save_pdf
from tests.printing.days import facts, full_day
content = content_of(facts(full_day(int(sys.argv[1]))), "rooms", PROFILES["desk"])
pages = save_pdf(content, Path(sys.argv[2]), "Letter")
print(pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def measure(setting: Setting) -> Iterator[Figure]:
    yield from figures(setting.scratch)


def figures(folder: Path) -> Iterator[Figure]:
    """Peak of resident memory, in megabytes."""
    one_pages, one = _peak(20, folder)
    pages, many = _peak(VISITS, folder)
    if one_pages != 1 or pages < PAGES:
        raise AssertionError(f"{one_pages} and {pages} pages are not 1 and {PAGES}")
    yield Figure("10", f"print of {pages} pages, peak memory", many, one, "one page", MOST_TIMES, unit="MB")


def _peak(visits: int, folder: Path) -> tuple[int, float]:
    words = [sys.executable, "-c", CHILD, str(visits), str(folder / "print.pdf")]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    return int(told[0]), int(told[1]) / 1024


def main() -> None:
    """This figure alone."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for figure in figures(Path(folder)):
            print(report(figure))


if __name__ == "__main__":
    main()
