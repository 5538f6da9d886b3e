"""Requests from the practice's web form: mails in several layouts, and the form's CSV export."""
