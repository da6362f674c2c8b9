"""The intake: what was said in one conversation, and what follows from it."""
