"""What the desk can do. Each use case is one function: one transaction, one audit event, one step of undo."""
