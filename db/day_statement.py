"""The select of a day as SQLite is given it: by the desk, and by whoever reads before SQLAlchemy is there.

It is ``db.queries.day.WITH_GONE`` to the word: a test compares the two. ``db.terms`` says what the plus signs are for.
"""

from __future__ import annotations

DAY = """
SELECT appointment.id, appointment.version, appointment.patient_id, patient.family, patient.given, patient.birth_date,
 patient.mrn, patient.sex, appointment.procedure_code, appointment.procedure_name, appointment.levels,
 appointment.level_names, appointment.side, appointment.sedation, appointment.status, appointment.stay,
 appointment.start_s, appointment.end_s, appointment.status_since_s, appointment.hold_until_s,
 CASE WHEN (appointment.authorized_elsewhere = 1) THEN 0
 ELSE CASE WHEN (payer.needs_authorization = 0) THEN 0 ELSE procedure_type.needs_authorization END END AS anon_1,
 payer_authorization.status AS status_1, payer_authorization.valid_to, appointment.escort, appointment.note,
 appointment.override_reason, patient.alerts, appointment.phases, appointment.override_codes,
 CASE WHEN (patient.alerts LIKE '%"anticoagulant"%') THEN
 CASE WHEN ((EXISTS (SELECT * FROM callback
 WHERE callback.appointment_id = appointment.id AND callback.kind = 'preparation'
 AND (callback.status = 'due' OR callback.status = 'claimed') AND callback.void = 0))
 AND NOT (EXISTS (SELECT * FROM readiness
 WHERE readiness.appointment_id = appointment.id AND readiness.gate = 'thinner'
 AND readiness.state IN ('told', 'held') AND readiness.void = 0)))
 THEN 1 ELSE 0 END ELSE 0 END AS anon_2, appointment.further,
 CASE WHEN (NOT (payer_authorization.status = 'approved' OR payer_authorization.status = 'approved_in_part'
 OR payer_authorization.status = 'modified')) THEN ''
 WHEN (payer_authorization.payer_id != payer.id OR payer_authorization.levels < appointment.levels
 OR payer_authorization.units IS NOT NULL AND (payer_authorization.units < appointment.levels
 OR (EXISTS (SELECT * FROM appointment AS other WHERE other.patient_id = appointment.patient_id
 AND other.procedure_code = appointment.procedure_code AND other.id != appointment.id AND other.active = 1)))
 OR payer_authorization.side != '' AND appointment.side != '' AND payer_authorization.side != appointment.side
 OR payer_authorization.clinician_code != ''
 AND appointment.phases NOT LIKE ('%"' || payer_authorization.clinician_code || '"%')
 OR payer_authorization.place != ''
 AND payer_authorization.place != (SELECT practice.name FROM practice LIMIT 1 OFFSET 0)
 OR payer_authorization.cpt != '[]') THEN '9' ELSE coalesce(payer_authorization.valid_from, '') END AS anon_3
FROM appointment
 JOIN patient ON patient.id = appointment.patient_id
 JOIN procedure_type ON procedure_type.code = appointment.procedure_code
 LEFT OUTER JOIN payer ON payer.id = coalesce(patient.payer_id,
 (SELECT request.payer_id FROM request WHERE request.id = appointment.request_id))
 LEFT OUTER JOIN payer_authorization ON payer_authorization.id = (SELECT payer_authorization.id
 FROM payer_authorization
 WHERE payer_authorization.patient_id = appointment.patient_id
 AND payer_authorization.procedure_code = appointment.procedure_code AND payer_authorization.void = 0
 AND (payer_authorization.request_id IS NULL OR appointment.request_id IS NULL
 OR payer_authorization.request_id = appointment.request_id)
 ORDER BY CASE WHEN (payer_authorization.status = 'approved' OR payer_authorization.status = 'approved_in_part'
 OR payer_authorization.status = 'modified') THEN 0 ELSE 1 END, payer_authorization.id DESC LIMIT 1 OFFSET 0)
WHERE appointment.void = 0 AND (appointment.day = (+ :day) OR appointment.day BETWEEN + :before AND + :day
 AND appointment.end_s > (+ :begin) AND appointment.active = 1
 AND (appointment.hold_until_s IS NULL OR appointment.hold_until_s > (+ :now)))
ORDER BY appointment.start_s, appointment.id
"""
