"""The forms of sites: which field is the name, which the phone, by what it is called in both languages."""

import re
from collections.abc import Mapping

from integrations.intake.submission import UTM, Submission, keep, lines

HONEYPOTS = ("_gotcha", "_honeypot")
"""Fields that people do not see; who fills them in is a robot."""
REDIRECTS = ("_redirect", "_next")
"""Where the visitor is sent back to."""

_ALIASES = {
    "name": (
        "name fio fullname firstname yourname username clientname contactname contact client"
        " имя фио вашеимя имяклиента клиент контактноелицо каквасзовут"
    ),
    "surname": "lastname surname familyname фамилия",
    "phone": (
        "phone tel telephone mobile mobilephone phonenumber yourphone cell whatsapp"
        " телефон тел номер номертелефона вашномер вашномертелефона ваштелефон моб мобильный"
        " мобильныйтелефон контактныйтелефон"
    ),
    "email": "email mail emailaddress youremail почта имейл емейл элпочта электроннаяпочта вашemail",
    "text": (
        "comment comments message text textarea question body note description yourmessage"
        " комментарий комментарии сообщение вопрос текст пожелания примечание описание"
    ),
    "title": "title subject product service topic тема товар услуга продукт",
    "budget": "budget sum amount price бюджет сумма стоимость цена",
    "currency": "currency валюта",
    "external_id": "externalid orderid номерзаказа",
    "consent": (
        "consent agree agreed agreement personaldata privacy privacypolicy gdpr"
        " согласие согласен согласна соглашение персональныеданные обработкаперсональныхданных"
    ),
    "page_url": "page pageurl url href referer referrer страница",
}
_FIELDS = {alias: field for field, aliases in _ALIASES.items() for alias in aliases.split()}
_NOT_GIVEN = frozenset({"0", "no", "false", "off", "нет"})
_JOINTS = re.compile(r"[\s_\-.*:?!()\[\]]+")


def read(fields: Mapping[str, str], *, without: frozenset[str] = frozenset()) -> Submission:
    """What a form says. Fields `without` are no business of the request; unknown ones join its text."""
    known: dict[str, str] = {}
    rest: dict[str, str] = {}
    utm: dict[str, str] = {}
    for name, value in fields.items():
        plain, said = name.strip().lower(), value.strip()
        if not said or plain.startswith("_") or plain in without:
            continue
        if plain.startswith("utm_"):
            if (mark := plain.removeprefix("utm_")) in UTM:
                utm[mark] = said
            continue
        field = field_of(name)
        if field is None or field in known:
            rest[name.strip()] = said
        else:
            known[field] = said
    whole = " ".join(part for part in (known.pop("name", ""), known.pop("surname", "")) if part)
    consent = known.pop("consent", "no").lower() not in _NOT_GIVEN
    text = "\n".join([*filter(None, (known.pop("text", ""),)), *lines(rest)])
    return Submission(
        name=whole or None, text=text or None, utm=utm, consent=consent, received=keep(fields), **known
    )


def field_of(name: str) -> str | None:
    """What a field is, by its name; numbers at its end tell apart fields of one kind."""
    plain = _JOINTS.sub("", name.lower().replace("ё", "е"))
    return _FIELDS.get(plain) or _FIELDS.get(plain.rstrip("0123456789"))


def is_robot(fields: Mapping[str, str]) -> bool:
    """Whether a field was filled in that no person sees."""
    return any(fields.get(name, "").strip() for name in HONEYPOTS)


def way_back(fields: Mapping[str, str]) -> str | None:
    """The address to which the form asks to send its visitor."""
    return next((fields[name].strip() for name in REDIRECTS if fields.get(name, "").strip()), None)
