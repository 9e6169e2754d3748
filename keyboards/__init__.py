"""Callback data and inline keyboards; a button appears only where the DTO lets its reader press it."""
