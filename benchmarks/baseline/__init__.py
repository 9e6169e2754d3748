"""The least that the same work can cost: a bare aiogram bot without any of our own code."""
