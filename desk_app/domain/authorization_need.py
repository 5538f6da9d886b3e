"""Whether a visit needs its payer's prior authorization: the one rule, from the procedure and from who pays.

``db.authorization_need`` says the same to the database; a test holds the two against each other.
"""

from __future__ import annotations

from enum import StrEnum

from desk_app.domain.practice import Catalogue, Payer


class AuthorizationNeed(StrEnum):
    """``unknown``: the procedure is one that payers authorize, and who pays is not known; it counts as needed."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"


def authorization_need(procedure_needs: bool, payer: Payer | None) -> AuthorizationNeed:
    """A payer that never asks for it (Medicare, the patient alone) is never asked; else the procedure decides."""
    if not procedure_needs:
        return AuthorizationNeed.NOT_NEEDED
    if payer is None:
        return AuthorizationNeed.UNKNOWN
    return AuthorizationNeed.NOT_NEEDED if payer.needs_authorization is False else AuthorizationNeed.NEEDED


def payer_of(catalogue: Catalogue, chart: str | None, request: str | None = None) -> Payer | None:
    """Who pays: whom the chart names, else whom the request named."""
    code = chart or request
    return next((payer for payer in catalogue.payers if payer.code == code), None) if code else None


def is_needed(catalogue: Catalogue, procedure: str | None, payer: Payer | None) -> bool:
    """The same for a procedure's code; one that is not in the catalogue any more is asked for nothing."""
    known = procedure is not None and catalogue.has_procedure(procedure)
    needs = known and catalogue.procedure(procedure or "").needs_authorization
    return authorization_need(needs, payer) is not AuthorizationNeed.NOT_NEEDED
