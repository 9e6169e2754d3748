"""What leaves in tables: deals, leads, contacts and companies, one row each, for people and programs."""
