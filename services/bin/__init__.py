"""Deleting deals, leads, contacts and companies, and bringing them back."""
