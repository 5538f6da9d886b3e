"""Public holidays of a region, from the ``holidays`` library, which is imported when it is first asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from desk_app.domain.faults import WrongInput

_REGION = re.compile(r"([A-Z]{2,3})(?:-(\w.*))?")
"""The library takes more for a country than countries: any name of its own modules."""


class LibraryHolidays:
    """Regions are a country, or a country and its subdivision: ``US``, ``US-MA``."""

    def holidays(self, region: str | None, first: date, last: date) -> Mapping[date, str]:
        """The holidays of ``[first, last]``; none without a region. Raises WrongInput for a region nobody knows."""
        if not region:
            return {}
        named = _REGION.fullmatch(region)
        if named is None:
            raise WrongInput("unknown_region", region=region)
        try:
            years = [_of_year(named[1], named[2], year) for year in range(first.year, last.year + 1)]
        except (NotImplementedError, KeyError, ValueError):
            raise WrongInput("unknown_region", region=region) from None
        return {day: name for found in years for day, name in found.items() if first <= day <= last}


@lru_cache(maxsize=32)
def _of_year(country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
    """Asked for with every turn of a month."""
    import holidays

    found = holidays.country_holidays(country, subdiv=subdivision, years=year)
    return {day: name for day, name in found.items() if day.year == year}
