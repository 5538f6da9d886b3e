"""Fields for a birth date and a phone number; what was stored and not touched stays to the letter."""

from __future__ import annotations

from datetime import date, timedelta

from desk_app.application.phone_words import shown_number
from desk_app.application.wording import birth_date
from desk_app.domain.records import Phone
from desk_app.domain.typed_dates import typed_birth_date
from desk_app.interop.phones import parse_phone
from desk_app.ui.widgets.fields import TextEdit

NO_BIRTH_DATE = "This is no birth date; write 3/12/1951."
NO_PHONE = "Ten digits are needed, with the area code."
OLDEST = timedelta(days=366 * 125)


class BirthEdit(TextEdit):
    """A birth date, or the words of somebody who wrote none."""

    def __init__(self, today: date) -> None:
        super().__init__(placeholder="3/12/1951")
        self._today, self._shown = today, ""
        self._born: date | None = None

    def show_birth(self, born: date | None, words: str = "") -> None:
        self._born = born
        self.show_text(birth_date(born) or words)
        self._shown = self.value()

    def born(self) -> date | None:
        if self.value() == self._shown:
            return self._born
        found = typed_birth_date(self.value(), self._today)
        return found if found is not None and self._today - OLDEST <= found <= self._today else None

    def is_understood(self) -> bool:
        return self.value() in ("", self._shown) or self.born() is not None


class PhoneEdit(TextEdit):
    """A phone number; one that is stored keeps its label and the words it was written in."""

    def __init__(self, region: str) -> None:
        super().__init__()
        self._region = region
        self._phone: Phone | None = None
        self._shown = ""

    def show_phone(self, phone: Phone | None) -> None:
        self._phone = phone
        self.show_text(shown_number(phone) if phone else "")
        self._shown = self.value()

    def phone(self) -> Phone | None:
        if self.value() == self._shown:
            return self._phone
        return parse_phone(self.value(), self._region, self._phone.label if self._phone else "")

    def is_understood(self) -> bool:
        found = self.phone()
        return self.value() in ("", self._shown) or (found is not None and bool(found.e164))
