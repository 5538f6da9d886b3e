"""Every figure of the benchmarks, each beside its baseline in the same run: ``run.py [NAME …] [--small]``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[0] = str(ROOT)

NAMES = (
    "day_read",
    "slot_search",
    "slot_index",
    "find_slot_shown",
    "booking",
    "short_notice",
    "replan",
    "flow_refresh",
    "outlook",
    "call_list",
    "call_pass",
    "patient_search",
    "day_change",
    "week_change",
    "month_load",
    "reports",
    "dragging",
    "day_sheet",
    "print_memory",
    "beds_plan",
    "assignment",
    "start",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the figures and answers 1 where a target is missed."""
    args = _arguments(argv)
    from tests.benchmarks.big_practice import default_folder
    from tests.benchmarks.setting import Setting
    from tests.benchmarks.timing import report

    missed = 0
    with tempfile.TemporaryDirectory(prefix="front-desk-benchmarks-", dir=args.folder) as scratch:
        setting = Setting(args.folder or default_folder(), Path(scratch), args.small)
        for name in args.names or NAMES:
            for figure in import_module(f"tests.benchmarks.{name}").measure(setting):
                missed += figure.is_met is False
                print(report(figure), flush=True)
    print(f"{missed} targets missed" if missed else "every target met")
    return 1 if missed else 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(NAMES)}")
    parser.add_argument("--small", action="store_true", help="a small database, to try: its figures mean little")
    parser.add_argument("--folder", type=Path, default=None, help="where the generated database is kept")
    args = parser.parse_args(argv)
    if unknown := set(args.names) - set(NAMES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if args.folder is not None:
        args.folder.mkdir(parents=True, exist_ok=True)
    return args


if __name__ == "__main__":
    sys.exit(main())
