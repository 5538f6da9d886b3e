"""The sign of each kind of alert, on cards and on blocks."""

from __future__ import annotations

from desk_app.domain.visit_parts import AlertKind

ALERT_ICONS = {
    AlertKind.ALLERGY: "allergy",
    AlertKind.LATEX: "allergy",
    AlertKind.ANTICOAGULANT: "thinner",
    AlertKind.PACEMAKER: "pacemaker",
    AlertKind.INTERPRETER: "interpreter",
    AlertKind.MOBILITY: "mobility",
}
