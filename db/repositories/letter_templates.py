"""The practice's own letters, one by one; one that was put back to the usual text stays, void."""

from __future__ import annotations

from sqlalchemy import select

from db.rows import Rows
from db.rule_rows import letter_template_of, letter_template_row
from db.schema.practice import letter_template
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind, LetterTemplate


class SqlLetterTemplateRepository:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def own(self, kind: LetterKind, language: LetterLanguage) -> LetterTemplate | None:
        number = self._number(LetterTemplate(kind, language, "", "").key)
        row = self._rows.peek("letter_template", number) if number is not None else None
        return letter_template_of(row) if row is not None and not row["void"] else None

    def put(self, template: LetterTemplate) -> None:
        row, number = letter_template_row(template), self._number(template.key)
        if number is None:
            position = {each: place for place, each in enumerate(_ORDER)}
            self._rows.add("letter_template", {**row, "position": position[template.kind, template.language]})
            return
        before = self._rows.peek("letter_template", number)
        assert before is not None
        self._rows.save("letter_template", number, before["version"], {**row, "void": 0})

    def remove(self, template: LetterTemplate) -> None:
        number = self._number(template.key)
        assert number is not None
        row = self._rows.get("letter_template", number)
        self._rows.save("letter_template", number, row["version"], {"void": 1})

    def _number(self, key: str) -> int | None:
        query = select(letter_template.c.id).where(letter_template.c.code == key)
        return self._rows.connection.execute(query).scalar()


_ORDER = tuple((kind, language) for kind in LetterKind for language in LetterLanguage)
