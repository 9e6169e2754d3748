"""What arrives from Telegram: one file per subject, each a row of small handlers."""
