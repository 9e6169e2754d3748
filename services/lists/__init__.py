"""Lists that people put together: filters, the views that they keep, and deeds with many deals at once."""
