"""Files and wire formats, in and out."""
