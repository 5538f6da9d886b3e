"""Taking in files with requests: one after the other, told in the end in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from desk_app.application.desk import Desk
from desk_app.application.incoming import ImportResult
from desk_app.application.outcome import Changes, Outcome
from desk_app.application.use_cases.import_requests import import_requests
from desk_app.application.wording import count
from desk_app.ui.operations.change import Change


def taking_in(paths: Iterable[Path]) -> Change:
    """Reads files and folders; whatever can be read is taken in, the rest set aside with its reason."""
    chosen = tuple(paths)

    def work(desk: Desk) -> Outcome[tuple[ImportResult, ...]]:
        from desk_app.interop.worker import read_requests

        results, changes = [], Changes()
        for outcome in import_requests(desk, read_requests(chosen, desk.catalogue(), desk.now())):
            results.append(outcome.value)
            changes = changes.merged(outcome.changes)
        return Outcome(tuple(results), changes)

    return Change(work, lambda _, outcome: told(outcome.value))


def told(results: Iterable[ImportResult]) -> str:
    """``3 new requests, 1 joined, 2 seen before, 1 set aside``"""
    kinds = Counter(_kind(result) for result in results)
    words = {
        "created": count(kinds["created"], "new request", "new requests"),
        "joined": f"{kinds['joined']} joined to one that was there",
        "seen": f"{kinds['seen']} seen before",
        "set_aside": f"{kinds['set_aside']} set aside",
    }
    return ", ".join(text for kind, text in words.items() if kinds[kind]) or "Nothing to take in"


def _kind(result: ImportResult) -> str:
    if result.result == "duplicate":
        return "seen" if result.reason == "seen" else "joined"
    return result.result
