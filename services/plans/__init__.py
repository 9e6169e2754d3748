"""Plans: how much is to be sold in a month, and how far one has come."""
