"""The words by which the parts of a lead line are known: sources and the labels of forms."""

import re
from enum import StrEnum
from typing import Final

from db.repositories.needles import slips
from services.near import LONG


class Source(StrEnum):
    """Where a lead came from; the value is the code that is stored."""

    SITE = "site"
    CALL = "call"
    REFERRAL = "referral"
    AVITO = "avito"
    INSTAGRAM = "instagram"
    VK = "vk"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    ADS = "ads"
    EXHIBITION = "exhibition"
    WALK_IN = "walk_in"
    OTHER = "other"


# Understood after "с", "от", "from" or where nothing else stands between two commas.
_NAMES: Final = {
    Source.SITE: r"(?:нашего )?сайт[ауе]?|лендинг[ау]?|(?:our )?(?:web)?-?site|landing(?: page)?",
    Source.CALL: r"(?:входящ\w{2,3} )?звон(?:ок|ка|ку)|телефону|(?:phone |incoming )?call|phone",
    Source.REFERRAL: (
        r"рекомендаци[ияюй]|совету|знакомых|сарафан(?:а|у|ного радио|ному радио|ное радио)?"
        r"|referral|recommendation"
    ),
    Source.AVITO: r"авито|avito",
    Source.INSTAGRAM: r"инстаграмм?[ауе]?|инст[аыеу]|instagram|insta",
    Source.VK: r"вк|вконтакт[еа]|vk|vkontakte",
    Source.TELEGRAM: r"телеграмм?[ауе]?|телег[аиеу]|тг|telegram|tg",
    Source.WHATSAPP: r"в[ао](?:тс|тц|ц)апп?[ауе]?|whats ?app",
    Source.EMAIL: r"почт[ыеа]|[иеэ]-?мейл[ау]?|e-?mail|mail",
    Source.ADS: (
        r"реклам[ыеау]|(?:яндекс[ .-]?)?директ[ау]?|таргет[ау]?|баннер[ау]?|листовк[иеа]|объявлени[яюе]"
        r"|(?:google |facebook )?ads?|adverts?|advertising"
    ),
    Source.EXHIBITION: r"выставк[иеа]|exhibition|expo|trade ?show|fair",
    Source.WALK_IN: r"улицы|офиса|салона|шоурума|street|walk-?in",
}
# Understood wherever they stand.
_PHRASES: Final = {
    Source.CALL: r"входящий звонок|позвонил[аи]?(?: сам[аи]?)?|incoming call|inbound call|called in",
    Source.REFERRAL: (
        r"(?:посоветовал|порекомендовал)[аи]?|сарафанное радио|(?:referred|recommended) by|word of mouth"
    ),
    Source.WALK_IN: r"(?:за|при)(?:шел|шла|шли) (?:к нам )?в (?:офис|салон|шоурум)|walked in",
    Source.ADS: r"яндекс[ .-]?директ|google ads",
    Source.EXHIBITION: r"на выставке|at (?:the |an )?(?:exhibition|expo|trade ?show|fair)",
}
_FROM: Final = r"(?:с|со|из|от|через|по|from|via|through|by)(?: the| an?)?"


def _groups(table: dict[Source, str]) -> str:
    return "|".join(f"(?P<{source}>{names})" for source, names in table.items())


SOURCES_IN_TEXT: Final = (
    re.compile(rf"(?<!\w){_FROM} (?:{_groups(_NAMES)})(?![\w-])"),
    re.compile(rf"(?<!\w)(?:{_groups(_PHRASES)})(?![\w-])"),
)
SOURCE_ALONE: Final = re.compile(rf"[ .]*(?:{_FROM} )?(?:{_groups(_NAMES)})[ .]*")

# What a message that brings a lead may begin with.
LEAD_PREFIX: Final = re.compile(
    r"[ \n]*(?:нов(?:ый|ая) |new )?(?:лид|заявка|lead|request)(?: ?[:.№\n-][ \n]*| (?=с сайта|from ))"
)
_LABELS: Final = {
    "name": r"имя|фио|клиента?|контакт(?:ное лицо)?|зовут|name|client|customer|contact(?: person)?",
    "phone": (
        r"(?:мой |его |ее )?(?:тел(?:ефон)?|моб(?:ильный)?|номер(?: телефона)?|т)"
        r"|phone(?: number)?|tel|mobile"
    ),
    "sum": r"сумма|бюджет|цена|стоимость|чек|amount|budget|price|sum",
    "source": r"источник|откуда|канал|source|channel",
    "email": r"почта|e-?mail|имейл|емейл",
    "username": r"телеграм|тг|ник|telegram|tg|username",
    "comment": r"комментарий|коммент|примечание|сообщение|заметка|comment|note|message",
    "title": r"товар|продукт|интерес|интересует|тема|услуга|запрос|product|interest|subject|service|title",
}
LABEL: Final = re.compile(
    r" *(?:"
    + "|".join(f"(?P<{field}>{names})" for field, names in _LABELS.items())
    + r") ?(?::|=| - |- )[ ]*"
)
# The same words right before what they name need no colon: "тел. 8916...", "бюджет 150к".
LABEL_BEFORE: Final = {
    field: re.compile(rf"(?<!\w)(?:{names})[ .:=-]{{0,3}}$") for field, names in _LABELS.items()
}
ABOUT_BEFORE: Final = re.compile(
    r"(?:(?<!\w)(?:до|от|около|примерно|порядка|где-то|не больше|не более|up to|about|around|over|under|from)"
    r"|[~≈]) ?$"
)


def source_named(said: str) -> Source | None:
    """The source that folded words name where nothing but a source is expected; a slip is forgiven there."""
    named = SOURCE_ALONE.fullmatch(said)
    if named is not None:
        return Source(str(named.lastgroup))
    near = (SOURCE_ALONE.fullmatch(one) for one in slips(said.strip(" ."), LONG))
    meant = {str(found.lastgroup) for found in near if found is not None}
    return Source(meant.pop()) if len(meant) == 1 else None
