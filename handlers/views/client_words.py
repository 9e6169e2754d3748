"""Words for the codes of clients."""

from keyboards.tongue import Html, Tongue
from services.dto.clients import ClientField, ClientKind, ClientType, PointLabel


def type_name(code: ClientType, t: Tongue) -> str:
    """A type of client."""
    return types(t)[code]


def types(t: Tongue) -> dict[ClientType, str]:
    """All types of clients."""
    return {
        ClientType.NEW: t("New"),
        ClientType.REGULAR: t("Regular"),
        ClientType.KEY: t("Key client"),
        ClientType.DEMANDING: t("Demanding"),
        ClientType.PARTNER: t("Partner"),
        ClientType.FORMER: t("Former"),
    }


def labels(t: Tongue) -> dict[PointLabel, str]:
    """What phones and addresses are for."""
    return {
        PointLabel.MOBILE: t("mobile"),
        PointLabel.WORK: t("work"),
        PointLabel.HOME: t("home"),
        PointLabel.OTHER: t("other"),
    }


def question(field: ClientField, t: Tongue) -> str:
    """What is asked about a field that is typed."""
    return {
        ClientField.NAME: t("👤 What is the name?"),
        ClientField.POSITION: t("💼 What is their position? A dash “-” takes it away."),
        ClientField.USERNAME: t("💬 Send the Telegram name: @ivan. A dash “-” takes it away."),
        ClientField.BIRTHDAY: t(
            "🎂 When were they born? 12.05.1980, or 12.05 without the year. “-” takes it away."
        ),
        ClientField.INN: t("🔢 Send the INN: 10 digits, or 12 of a sole trader. A dash “-” takes it away."),
        ClientField.KPP: t("🔢 Send the KPP: 9 characters. A dash “-” takes it away."),
        ClientField.ADDRESS: t("📍 What is the address? A dash “-” takes it away."),
        ClientField.INDUSTRY: t("🏭 What do they do? A dash “-” takes it away."),
        ClientField.NOTE: t("🗒 What should one know about them? A dash “-” takes it away."),
    }[field]


def ask_new(kind: ClientKind, t: Tongue) -> str:
    """What is asked of a new client."""
    if kind is ClientKind.CONTACT:
        return t(
            "Send a contact, or a name with a phone, an e-mail or a @username: Ivan Petrov +7 916 123-45-67."
        )
    return t(
        "Type the name; an INN, phones and e-mails may follow: Romashka LLC 7707083893 info@example.com."
    )


def which_firm(words: str, t: Tongue, *, known: bool) -> Html:
    """How a company is chosen; `known`: whether there is one that fits the words."""
    if words and not known:
        return t.html("I know no company like “{words}”. Type another name or an INN.", words=words)
    return t.html("Choose one, or type a part of its name or its INN.")
