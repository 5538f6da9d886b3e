"""What the inspector holds: cards of whatever is selected, and the forms that work beside the screen."""
