"""Fields that most companies need, ready to be taken by one tap, in the company's language."""

from dataclasses import dataclass

from services.dto.fields import FieldKind, FieldSubject


@dataclass(frozen=True, slots=True)
class Wording:
    """A ready field in one language."""

    name: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """A ready field: for whom, and how it is called."""

    code: str
    kind: FieldKind
    subjects: tuple[FieldSubject, ...]
    words: dict[str, Wording]

    def wording(self, language: str) -> Wording:
        """In this language, else in English."""
        return self.words.get(language, self.words["en"])


_ALL = tuple(FieldSubject)
_CLIENTS = (FieldSubject.CONTACT, FieldSubject.FIRM)

READY = (
    Ready(
        "client_type",
        FieldKind.CHOICE,
        _ALL,
        {
            "en": Wording("Client type", ("Person", "Sole trader", "Company", "Public body", "Dealer")),
            "ru": Wording("Тип клиента", ("Физлицо", "ИП", "Компания", "Госзаказчик", "Дилер")),
        },
    ),
    Ready(
        "industry",
        FieldKind.CHOICE,
        _ALL,
        {
            "en": Wording(
                "Industry",
                ("Trade", "Manufacturing", "Construction", "Services", "Transport", "IT", "Other"),
            ),
            "ru": Wording(
                "Отрасль",
                ("Торговля", "Производство", "Строительство", "Услуги", "Транспорт", "ИТ", "Другое"),
            ),
        },
    ),
    Ready(
        "sales_channel",
        FieldKind.CHOICE,
        (FieldSubject.LEAD, FieldSubject.DEAL),
        {
            "en": Wording("Sales channel", ("Direct sales", "Website", "Marketplace", "Dealers", "Tender")),
            "ru": Wording("Канал продаж", ("Прямые продажи", "Сайт", "Маркетплейс", "Дилеры", "Тендер")),
        },
    ),
    Ready(
        "character",
        FieldKind.CHOICES,
        _CLIENTS,
        {
            "en": Wording("Client's character", ("New", "Demanding", "Pays well")),
            "ru": Wording("Характер клиента", ("Новый", "Требовательный", "Хорошо платит")),
        },
    ),
    Ready(
        "potential",
        FieldKind.CHOICE,
        _ALL,
        {
            "en": Wording("Potential", ("High", "Medium", "Low")),
            "ru": Wording("Потенциал", ("Высокий", "Средний", "Низкий")),
        },
    ),
)


def ready_for(subject: FieldSubject) -> tuple[Ready, ...]:
    """The ready fields of a kind of subject."""
    return tuple(one for one in READY if subject in one.subjects)


def find_ready(subject: FieldSubject, code: str) -> Ready | None:
    """A ready field by its code."""
    return next((one for one in ready_for(subject) if one.code == code), None)
