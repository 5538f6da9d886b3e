"""The inbox: who asks for an appointment, what comes next for each, and what could not be read."""
