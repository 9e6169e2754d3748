"""Views: pure functions from a DTO to a screen."""
