"""What newcomers and strangers hear."""

from keyboards.people import role_label
from keyboards.tongue import Html, Tongue
from services.access import Actor


def welcome(actor: Actor, t: Tongue) -> Html:
    """To somebody who has just joined."""
    return t.html("👋 Welcome, {name}! You are in: {role}.", name=actor.name, role=role_label(actor.role, t))


def stranger(t: Tongue) -> Html:
    """To somebody whom the company does not know."""
    return t.html(
        "This bot works for the people of one company. Are you one of them? Ask for an invitation link."
    )


def unknown_chat(t: Tongue) -> Html:
    """To a group that the bot does not belong to."""
    return t.html("Sorry, I only work in the team chats of my own company. Goodbye!")
