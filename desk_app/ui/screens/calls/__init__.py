"""The calls: every kind in one list, best first, by payer or by patient."""
