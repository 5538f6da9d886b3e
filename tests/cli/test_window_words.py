"""Which words open the window, and that the commands are described whenever anything else is there."""

from __future__ import annotations

import pytest

from desk_app.cli.parser import build_parser, parse


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--demo"],
        ["--database", "init"],
        ["--database=x.db", "--user", "A. Reyes"],
        ["--self-test"],
        ["--view-only"],
    ],
)
def test_these_words_are_the_windows_own(words: list[str]) -> None:
    assert vars(parse(words)) == vars(build_parser().parse_args(words))
    assert parse(words).command is None


@pytest.mark.parametrize("words", [["--help"], ["nonsense"], ["--databse", "x.db"], ["--database"], ["--demo", "x"]])
def test_anything_else_is_judged_by_the_whole_parser(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(words)
    short = capsys.readouterr()
    with pytest.raises(SystemExit) as again:
        build_parser().parse_args(words)
    assert (ended.value.code, short) == (again.value.code, capsys.readouterr())


def test_a_command_is_parsed_as_ever() -> None:
    assert parse(["--database", "x.db", "check", "--json"]).command == "check"
