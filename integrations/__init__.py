"""Protocols and formats of other systems; nothing here knows our rules or our database."""
