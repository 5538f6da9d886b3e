"""Sheets: what they say (``content``), where on which page (``pages``), how they get on paper (``painting``)."""
