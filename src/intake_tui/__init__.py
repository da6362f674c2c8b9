"""Stands beside the first conversation at a crisis centre, and keeps what was said sealed."""

__version__ = "0.1.0"
