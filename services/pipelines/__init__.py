"""Pipelines as owner and heads make them: what a valid one is, its stages, and where deals go."""
