"""What is seen: one module a screen, its style sheet beside it."""
