"""The rules, one file per subject. Services know no Telegram and no text."""
