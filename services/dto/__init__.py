"""What services return: frozen, without text, with the actions that its reader may take."""
