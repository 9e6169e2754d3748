"""What arrives over HTTP: the open API, site forms, telephony, 1C and the Telegram webhook."""
