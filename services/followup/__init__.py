"""What is done by itself so that no client is forgotten: calls that are owed, birthdays, still deals."""
