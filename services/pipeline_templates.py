"""Ways of selling to begin with: stages with what they ask for, and reasons of loss, in both languages."""

from dataclasses import dataclass

from services.access import StageKind
from services.understanding.fold import fold


@dataclass(frozen=True, slots=True)
class Wording:
    """A template in one language; as many stages as the template has."""

    name: str
    stages: tuple[str, ...]
    loss_reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A pipeline: kind and required fields of its stages in order, and its words."""

    code: str
    stages: tuple[tuple[StageKind, tuple[str, ...]], ...]
    ru: Wording
    en: Wording

    def wording(self, language: str) -> Wording:
        """Its words in a language."""
        return self.ru if language == "ru" else self.en


_PAID = (
    (StageKind.PAYMENT, ("amount", "contact")),
    (StageKind.WON, ("amount",)),
    (StageKind.LOST, ()),
)
SALES = Template(
    "sales",
    ((StageKind.OPEN, ()), (StageKind.OPEN, ()), (StageKind.OPEN, ("amount",)), *_PAID),
    ru=Wording(
        "Продажи",
        ("Новая", "В работе", "Предложение", "Ожидает оплаты", "Оплачена", "Проиграна"),
        ("Дорого", "Ушли к конкуренту", "Не нужно", "Не отвечает", "Не вовремя", "Другое"),
    ),
    en=Wording(
        "Sales",
        ("New", "In work", "Proposal", "Awaiting payment", "Paid", "Lost"),
        ("Price", "Went to a competitor", "No need", "No answer", "Bad timing", "Other"),
    ),
)
SERVICES = Template(
    "services",
    (
        (StageKind.OPEN, ()),
        (StageKind.OPEN, ("contact",)),
        (StageKind.OPEN, ("amount",)),
        (StageKind.OPEN, ()),
        *_PAID,
    ),
    ru=Wording(
        "Услуги",
        ("Заявка", "Консультация", "Смета", "Работы идут", "Ожидает оплаты", "Оплачена", "Отказ"),
        ("Дорого", "Выбрали другого исполнителя", "Не сошлись по срокам", "Не отвечает", "Другое"),
    ),
    en=Wording(
        "Services",
        ("Request", "Consultation", "Estimate", "Work under way", "Awaiting payment", "Paid", "Declined"),
        ("Price", "Chose somebody else", "Dates did not suit", "No answer", "Other"),
    ),
)
REPAIR = Template(
    "repair",
    (
        (StageKind.OPEN, ("contact",)),
        (StageKind.OPEN, ()),
        (StageKind.OPEN, ("amount",)),
        (StageKind.OPEN, ()),
        *_PAID,
    ),
    ru=Wording(
        "Ремонт",
        ("Принято", "Диагностика", "Согласование цены", "Ремонт", "К выдаче и оплате", "Выдано", "Отказ"),
        ("Дорого", "Ремонт невозможен", "Нет запчастей", "Клиент передумал", "Другое"),
    ),
    en=Wording(
        "Repair",
        ("Taken in", "Diagnosis", "Price to agree", "Repair", "Ready, to be paid", "Handed out", "Declined"),
        ("Price", "Beyond repair", "No spare parts", "Changed their mind", "Other"),
    ),
)
HIRING = Template(
    "hiring",
    (
        (StageKind.OPEN, ()),
        (StageKind.OPEN, ("contact",)),
        (StageKind.OPEN, ()),
        (StageKind.OPEN, ()),
        (StageKind.PAYMENT, ("contact",)),
        (StageKind.WON, ()),
        (StageKind.LOST, ()),
    ),
    ru=Wording(
        "Подбор",
        ("Отклик", "Звонок", "Собеседование", "Предложение", "Выход и оплата", "Принят", "Отказ"),
        ("Не подошёл опыт", "Не сошлись в деньгах", "Отказался сам", "Пропал", "Другое"),
    ),
    en=Wording(
        "Hiring",
        ("Application", "Call", "Interview", "Offer", "Start and fee", "Hired", "Declined"),
        ("Experience", "Pay", "Withdrew", "No answer", "Other"),
    ),
)
PURCHASES = Template(
    "purchases",
    (
        (StageKind.OPEN, ()),
        (StageKind.OPEN, ()),
        (StageKind.OPEN, ("amount",)),
        (StageKind.OPEN, ()),
        *_PAID,
    ),
    ru=Wording(
        "Закупки",
        ("Заявка", "Запрос цен", "Согласование", "Заказано", "К оплате", "Получено", "Отменена"),
        ("Дорого", "Нет в наличии", "Не подошли сроки", "Больше не нужно", "Другое"),
    ),
    en=Wording(
        "Purchases",
        ("Request", "Quotes", "Approval", "Ordered", "To be paid", "Received", "Cancelled"),
        ("Price", "Out of stock", "Dates did not suit", "Not needed any more", "Other"),
    ),
)
RECEIVABLES = Template(
    "receivables",
    (
        (StageKind.OPEN, ("amount", "contact")),
        (StageKind.OPEN, ()),
        (StageKind.OPEN, ()),
        (StageKind.OPEN, ()),
        *_PAID,
    ),
    ru=Wording(
        "Дебиторка",
        (
            "Срок прошёл",
            "Напомнили",
            "Договорились о дате",
            "Претензия",
            "Ждём поступления",
            "Погашено",
            "Списано",
        ),
        ("Банкротство", "Спор о сумме", "Должник не найден", "Дешевле простить", "Другое"),
    ),
    en=Wording(
        "Receivables",
        ("Overdue", "Reminded", "Date agreed", "Claim sent", "Awaiting money", "Settled", "Written off"),
        ("Bankrupt", "Sum in dispute", "Debtor not found", "Not worth it", "Other"),
    ),
)
TEMPLATES = (SALES, SERVICES, REPAIR, HIRING, PURCHASES, RECEIVABLES)
ENDS = {"ru": ("Выиграна", "Проиграна"), "en": ("Won", "Lost")}
"""How the two ends of a pipeline are called whose stages somebody has typed."""


def find_template(typed: str) -> Template | None:
    """A template by its code or by its name in either language."""
    wanted = fold(typed)
    return next(
        (one for one in TEMPLATES if wanted in (one.code, fold(one.ru.name), fold(one.en.name))), None
    )


def template_of(name: str, stages: tuple[str, ...]) -> tuple[Template, Wording] | None:
    """The template that a pipeline still is, word for word, and in which language."""
    for template in TEMPLATES:
        for wording in (template.ru, template.en):
            if (wording.name, wording.stages) == (name, stages):
                return template, wording
    return None
