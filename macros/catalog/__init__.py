"""What does it mean: the frozen model, with evidence, ratings and rankings."""
