"""What the columns of a file mean, by the names that people and other programs give them."""

import re
from collections.abc import Sequence

from services.dto.imports import Field
from services.understanding.fold import fold

_ALIASES: dict[Field, str] = {
    Field.EXTERNAL_ID: "opportunity id; deal id; lead id; external id; record id; id; deal number; number"
    "; no; uid; ид; id сделки; ид сделки; код; код сделки; номер; номер сделки; номер заказа; внешний код",
    Field.TITLE: "title; deal; deal name; deal title; opportunity; opportunity name; name; subject; topic"
    "; название; название сделки; сделка; наименование; тема; заголовок",
    Field.OWNER: "sales agent; agent; manager; owner; deal owner; sales rep; salesperson; rep; responsible"
    "; assigned to; assignee; ответственный; менеджер; ответственный менеджер; владелец; продавец"
    "; сотрудник; исполнитель; кто ведет",
    Field.PRODUCT: "product; product name; item; service; products; товар; продукт; услуга; товары"
    "; номенклатура",
    Field.COMPANY: "account; account name; company; company name; organization; organisation; customer"
    "; client; компания; организация; клиент; контрагент; заказчик; покупатель; название компании; юрлицо",
    Field.CONTACT: "contact; contact name; contact person; person; full name; client name; customer name"
    "; контакт; контактное лицо; имя; фио; имя клиента; фио клиента; имя контакта; основной контакт",
    Field.PHONE: "phone; phone number; mobile; mobile phone; tel; telephone; work phone; contact phone"
    "; телефон; номер телефона; моб; мобильный; мобильный телефон; рабочий телефон; тел; телефон клиента",
    Field.EMAIL: "email; e mail; mail; email address; work email; contact email; почта; эл почта"
    "; электронная почта; имейл; емейл; адрес электронной почты",
    Field.STAGE: "stage; deal stage; stage name; status; deal status; pipeline stage; sales stage; этап"
    "; стадия; статус; этап сделки; стадия сделки; статус сделки; этап воронки; состояние",
    Field.OPENED_ON: "engage date; created; created at; created on; create date; creation date; open date"
    "; opened; opened on; start date; date; date created; дата создания; создана; создан; создано"
    "; дата начала; дата открытия; начало; дата; дата обращения; дата заявки",
    Field.CLOSED_ON: "close date; closed; closed at; closed on; closing date; won date; end date"
    "; date closed; дата закрытия; закрыта; закрыт; дата завершения; завершена; дата оплаты; дата продажи",
    Field.AMOUNT: "close value; amount; value; deal value; deal amount; sum; price; total; revenue; budget"
    "; cost; сумма; сумма сделки; бюджет; бюджет сделки; цена; стоимость; итого; выручка; чек",
    Field.CURRENCY: "currency; deal currency; валюта; валюта сделки",
    Field.SOURCE: "source; lead source; deal source; channel; utm source; источник; источник сделки; канал"
    "; источник лида; откуда",
    Field.DEPARTMENT: "department; team; office; regional office; branch; division; отдел; команда; офис"
    "; филиал; подразделение; департамент",
    Field.TAGS: "tags; tag; deal tags; labels; label; hashtags; теги; тег; тэги; тэг; метки; метка"
    "; теги сделки; метки сделки; ярлыки; хештеги; хэштеги",
}
_FIELDS = {fold(alias): field for field, aliases in _ALIASES.items() for alias in aliases.split("; ")}
_PERSON_OR_DEAL = "name"
"""Beside a phone or an address it names whom these reach, unless another column does; else the deal."""
_BETWEEN = re.compile(r"[\s_.,:;/№#\-–—*]+")
_UNIT = re.compile(r"\([^)]*\)|, ?(?:руб|rub|usd|eur|₽|\$|€).*$")


def understand(names: Sequence[str]) -> tuple[Field | None, ...]:
    """For each column its field, or None; of two columns for the same field the first counts."""
    known = [_FIELDS.get(bare(name)) for name in names]
    reached = Field.CONTACT not in known and (Field.PHONE in known or Field.EMAIL in known)
    taken: set[Field] = set()
    fields: list[Field | None] = []
    for name, field in zip(names, known, strict=True):
        if reached and bare(name) == _PERSON_OR_DEAL:
            field = Field.CONTACT
        fields.append(None if field in taken else field)
        if field is not None:
            taken.add(field)
    return tuple(fields)


def corrected(
    fields: Sequence[Field | None], chosen: Sequence[tuple[int, Field | None]]
) -> tuple[Field | None, ...]:
    """The same with what the owner has said of columns: a field that one is given is taken from any other."""
    found = list(fields)
    for place, field in chosen:
        found = [None if field is not None and one is field else one for one in found]
        if place < len(found):
            found[place] = field
    return tuple(found)


def bare(name: str) -> str:
    """Without units, marks and case: "Сумма, руб." and "deal_amount (USD)" are what they say."""
    folded = _UNIT.sub("", fold(name))
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name) if folded.isascii() else ""
    plain = _BETWEEN.sub(" ", folded).strip()
    if plain in _FIELDS or not spaced:
        return plain
    return _BETWEEN.sub(" ", _UNIT.sub("", fold(spaced))).strip()
