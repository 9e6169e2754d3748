"""Queries, one module per area. Every list starts from what its reader may see."""
