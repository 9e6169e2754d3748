"""How one's own settings look."""

from handlers.screen import Screen
from keyboards import profile as keys
from keyboards.people import role_label
from keyboards.profile import ProfileCb
from keyboards.tongue import Html, Tongue, esc, join
from services.access import Action, Actor, Reach
from services.dto.people import Profile
from services.zones import city_of


def profile(card: Profile, actor: Actor, t: Tongue) -> Screen:
    """One's own settings."""
    lines = [
        t.html("👤 <b>{name}</b>", name=card.name),
        esc(" · ".join([role_label(card.role, t), *card.departments])),
        t.html("🌐 Language: {language}", language=language_name(card.language, t)),
        t.html("🕒 Time zone: {zone}", zone=city_of(card.time_zone, t.language)),
    ]
    keyboard = keys.profile(
        card,
        t,
        may_edit_company=actor.may(Action.COMPANY_EDIT),
        may_edit_pipelines=actor.may(Action.PIPELINE_EDIT),
        may_edit_fields=actor.may(Action.FIELD_EDIT),
        sees_bin=bool(actor.reach(Action.LEAD_DELETE) & (Reach.HEADED | Reach.ALL)),
    )
    return Screen(join(lines), keyboard, subject=("profile", card.id))


def own_zones(t: Tongue) -> Screen:
    """Which time zone is yours?"""
    return Screen(_which_zone(t), keys.zones(t))


def which_name(t: Tongue) -> Screen:
    """What is your name?"""
    return Screen(t.html("How shall colleagues see you? Send your name."), keys.only_back(ProfileCb(), t))


def language_name(language: str, t: Tongue) -> str:
    """A language in words."""
    return t("Russian") if language == "ru" else t("English")


def _which_zone(t: Tongue) -> Html:
    return t.html("Which time zone? Choose a city or send another one: <i>Berlin</i>, <i>UTC+5</i>.")
