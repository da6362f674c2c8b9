"""Invented contacts, to try the program out with: no real person, place or call is in them."""
