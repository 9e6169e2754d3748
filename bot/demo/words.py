"""What is said in the demo company, in both languages; the lists of both are of equal length."""

from dataclasses import dataclass

from services.access import Role


@dataclass(frozen=True, slots=True)
class Words:
    """The demo company's own words."""

    company: str
    departments: tuple[str, str]
    chats: tuple[str, str]
    channel: str
    """Of the owner's own, for the news; the bot is not in it yet."""
    subtitles: dict[Role, str]
    client: str
    products: tuple[str, ...]
    firms: tuple[str, ...]
    notes: tuple[str, ...]
    loss_comments: tuple[str, ...]
    tasks: tuple[str, ...]
    comments: tuple[str, ...]
    """What people write in their requests."""
    talk: tuple[tuple[str, ...], tuple[str, ...]]
    """What is said in each team chat: the head's line, then those of others."""


PRICES = ((60, 190), (70, 240), (90, 220), (180, 520), (240, 650), (40, 150), (60, 180), (15, 60))
"""From and to, in thousands of roubles, for each of the products."""

RU = Words(
    company="Уютный дом",
    departments=("Москва", "Санкт-Петербург"),
    chats=("Уютный дом · Москва", "Уютный дом · Питер"),
    channel="Уютный дом · Новости",
    subtitles={
        Role.OWNER: "Владелец",
        Role.HEAD: "Руководитель отдела",
        Role.MANAGER: "Менеджер",
        Role.FINANCE: "Финансы",
        Role.MARKETING: "Маркетинг",
    },
    client="Клиент, в компании не работает",
    products=(
        "Окна в двухкомнатную квартиру",
        "Окна в частный дом",
        "Остекление балкона",
        "Прямая кухня",
        "Угловая кухня",
        "Межкомнатные двери",
        "Шкаф-купе",
        "Подоконники и откосы",
    ),
    firms=(
        "ООО «Северный двор»",
        "ИП Карпова",
        "ТСЖ «Липовая аллея»",
        "ООО «Студия ремонта»",
        "Детский клуб «Кораблик»",
        "ООО «Новый берег»",
    ),
    notes=(
        "Замер назначили на субботу, адрес прислали.",
        "Просит белый профиль и матовое стекло.",
        "Сравнивает с соседями, важен срок: до конца месяца.",
        "Отправили два варианта сметы, ждём ответа.",
        "Готов внести предоплату после замера.",
        "Живёт за городом, доставку считаем отдельно.",
        "Просил скидку за два заказа сразу.",
        "Договор согласовали, осталась подпись.",
        "Цвет фасадов выбирают всей семьёй, перезвонить в выходные.",
        "Нужна рассрочка на полгода.",
    ),
    loss_comments=(
        "Нашли на 15% дешевле.",
        "Выбрали фирму у дома.",
        "Ремонт отложили на год.",
        "Три недели не берёт трубку.",
        "Переезжают, решение весной.",
        "Хотели другой материал.",
    ),
    tasks=(
        "Перезвонить по смете",
        "Отправить договор",
        "Согласовать дату замера",
        "Узнать про оплату",
        "Прислать образцы фасадов",
        "Уточнить размеры",
        "Напомнить о предоплате",
        "Договориться о доставке",
    ),
    comments=(
        "Когда можно приехать на замер?",
        "Интересует цена с установкой.",
        "Нужно до праздников.",
        "Видели вашу кухню у друзей, хотим такую же.",
        "Можно ли в рассрочку?",
    ),
    talk=(
        ("Доброе утро! Сегодня два замера на юге, кто рядом?", "Я на Варшавке до обеда, возьму оба."),
        ("Коллеги, образцы фасадов приехали, забирайте.", "Супер, вечером заеду."),
    ),
)

EN = Words(
    company="Cosy Home",
    departments=("Moscow", "Saint Petersburg"),
    chats=("Cosy Home · Moscow", "Cosy Home · Petersburg"),
    channel="Cosy Home · News",
    subtitles={
        Role.OWNER: "Owner",
        Role.HEAD: "Head of department",
        Role.MANAGER: "Manager",
        Role.FINANCE: "Finance",
        Role.MARKETING: "Marketing",
    },
    client="Client, not in the company",
    products=(
        "Windows for a two-room flat",
        "Windows for a house",
        "Balcony glazing",
        "Straight kitchen",
        "Corner kitchen",
        "Interior doors",
        "Sliding wardrobe",
        "Window sills",
    ),
    firms=(
        "North Yard Ltd",
        "Karpova & Co",
        "Linden Alley Residents",
        "Renovation Studio Ltd",
        "Little Ship Kids Club",
        "New Shore Ltd",
    ),
    notes=(
        "Measuring is set for Saturday, they sent the address.",
        "Wants a white frame and frosted glass.",
        "Compares us with the neighbours; needs it by the end of the month.",
        "Sent two quotes, waiting for an answer.",
        "Will pay in advance after the measuring.",
        "Lives out of town, delivery is counted separately.",
        "Asked for a discount on two orders.",
        "The contract is agreed, only the signature is missing.",
        "The whole family chooses the colour, call at the weekend.",
        "Needs to pay in parts over half a year.",
    ),
    loss_comments=(
        "Found it 15% cheaper.",
        "Chose a firm next door.",
        "The renovation is put off for a year.",
        "Has not picked up for three weeks.",
        "They are moving and decide in spring.",
        "Wanted another material.",
    ),
    tasks=(
        "Call back about the quote",
        "Send the contract",
        "Agree on the day of measuring",
        "Ask about the payment",
        "Send samples of the fronts",
        "Check the sizes",
        "Remind of the advance",
        "Arrange the delivery",
    ),
    comments=(
        "When can you come to measure?",
        "What does it cost with installation?",
        "We need it before the holidays.",
        "We saw your kitchen at friends' and want the same.",
        "Can we pay in parts?",
    ),
    talk=(
        (
            "Good morning! Two measurings in the south today, who is near?",
            "I am there till noon, I take both.",
        ),
        ("Samples of the fronts have arrived, come and get them.", "Great, I will drop by tonight."),
    ),
)

WORDS = {"ru": RU, "en": EN}
