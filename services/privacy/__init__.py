"""Personal data of clients: consent, handing out, erasure (152-FZ; GDPR articles 7, 15, 17, 20)."""
