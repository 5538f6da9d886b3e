"""``requests import`` and ``requests list``."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict

from desk_app.application.incoming import ImportResult
from desk_app.application.sentences import sentence
from desk_app.application.use_cases.import_requests import import_requests
from desk_app.cli import output, values
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.domain.statuses import RequestStatus
from desk_app.interop.worker import read_requests


def importing(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    incoming = read_requests(args.paths, desk.catalogue(), desk.now())
    results: list[ImportResult] = []
    for outcome in import_requests(desk, incoming):
        results.append(outcome.value)
        _progress(len(results))
    return Answer({"items": [asdict(result) for result in results]}, [_line(result) for result in results])


def _progress(count: int) -> None:
    if sys.stderr.isatty() and count % 20 == 0:
        print(f"\r{count} items read", end="", file=sys.stderr, flush=True)


def _line(result: ImportResult) -> str:
    if result.result == "set_aside":
        return f"{result.source}: set aside: {sentence(result.reason or '')}"
    if result.result == "duplicate":
        joined = f" of request {result.request}" if result.request else ", seen before"
        return f"{result.source}: duplicate{joined}"
    perhaps = f", perhaps the same person as request {result.possible_duplicate_of}"
    return f"{result.source}: created request {result.request}{perhaps if result.possible_duplicate_of else ''}"


def listing(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    group = values.word(RequestStatus, args.status).value if args.status else "open"
    now, zone = desk.now(), desk.zone()
    lines = desk.queries.requests(group, now)
    records = desk.queries.request_records([line.request_id for line in lines])
    told = [output.request_json(line, records[line.request_id], zone) for line in lines if line.request_id in records]
    return Answer({"requests": told}, [_told(item) for item in told] or ["No requests."])


def _told(item: output.Json) -> str:
    action = item["next_action"]
    due = f"{action['kind']} by {action['due']}" if action else "no next action"
    name = item["patient"]["name"] if item["patient"] else item["contact"]["name"]
    what = item["procedure"] or item["procedure_text"] or "procedure not chosen"
    return f"{item['id']:>6}  {item['status']:<22} {item['urgency']:<8} {name}: {what}; {due}"
