"""Repositories: frozen domain values in and out, rows and their images behind."""
