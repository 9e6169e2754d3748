"""Custom fields: what the company has made of them, how they are filled, copied, found and counted."""
