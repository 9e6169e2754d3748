"""Bringing deals in from a table file: reading it, trying it, loading it, taking it back."""
