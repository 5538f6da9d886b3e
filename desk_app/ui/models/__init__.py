"""Qt's item models over read models: they are the view models, there is no second layer."""
