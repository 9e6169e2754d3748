"""Who works in the demo company, in both languages."""

from dataclasses import dataclass

from services.access import Role


@dataclass(frozen=True, slots=True)
class Name:
    """A first and a last name."""

    first: str
    last: str

    @property
    def full(self) -> str:
        """Both."""
        return f"{self.first} {self.last}"


@dataclass(frozen=True, slots=True)
class Part:
    """One person of the company; `place` is the number of their department."""

    number: int
    username: str
    role: Role
    ru: Name
    en: Name
    place: int | None = None

    def name(self, language: str) -> Name:
        """The name in a language."""
        return self.ru if language == "ru" else self.en


CAST = (
    Part(3, "anna_orlova", Role.MANAGER, Name("Анна", "Орлова"), Name("Anna", "Orlova"), 0),
    Part(2, "elena_moroz", Role.HEAD, Name("Елена", "Морозова"), Name("Elena", "Morozova"), 0),
    Part(1, "olga_sokolova", Role.OWNER, Name("Ольга", "Соколова"), Name("Olga", "Sokolova")),
    Part(4, "boris_kuz", Role.MANAGER, Name("Борис", "Кузнецов"), Name("Boris", "Kuznetsov"), 0),
    Part(5, "victor_leb", Role.MANAGER, Name("Виктор", "Лебедев"), Name("Victor", "Lebedev"), 0),
    Part(6, "igor_volkov", Role.HEAD, Name("Игорь", "Волков"), Name("Igor", "Volkov"), 1),
    Part(7, "gleb_novikov", Role.MANAGER, Name("Глеб", "Новиков"), Name("Gleb", "Novikov"), 1),
    Part(8, "daria_pavlova", Role.MANAGER, Name("Дарья", "Павлова"), Name("Daria", "Pavlova"), 1),
    Part(9, "faina_belova", Role.FINANCE, Name("Фаина", "Белова"), Name("Faina", "Belova")),
    Part(10, "max_zaitsev", Role.MARKETING, Name("Максим", "Зайцев"), Name("Maxim", "Zaitsev")),
)
"""The first two hold the phones that the page shows first."""
CLIENT = Part(90, "petr_smirnov", Role.MANAGER, Name("Пётр", "Смирнов"), Name("Peter", "Smirnov"))
"""A stranger to the company, to try what strangers see; the role is of no account."""

FIRST_NUMBER = {"ru": 5_100_000_000, "en": 5_200_000_000}


def telegram_id(part: Part, language: str) -> int:
    """Each language has its own accounts, so that neither world remembers the other's chats."""
    return FIRST_NUMBER[language] + part.number


def username(part: Part, language: str) -> str:
    """By what they are named with an at sign; no two accounts share one."""
    return part.username if language == "ru" else f"{part.username}_{language}"


# Surnames as men and women bear them, in Russian and in English.
SURNAMES = (
    ("Абрамов", "Абрамова", "Abramov", "Abramova"),
    ("Баранов", "Баранова", "Baranov", "Baranova"),
    ("Виноградов", "Виноградова", "Vinogradov", "Vinogradova"),
    ("Громов", "Громова", "Gromov", "Gromova"),
    ("Дмитриев", "Дмитриева", "Dmitriev", "Dmitrieva"),
    ("Егоров", "Егорова", "Egorov", "Egorova"),
    ("Жуков", "Жукова", "Zhukov", "Zhukova"),
    ("Захаров", "Захарова", "Zakharov", "Zakharova"),
    ("Ильин", "Ильина", "Ilyin", "Ilyina"),
    ("Комаров", "Комарова", "Komarov", "Komarova"),
    ("Логинов", "Логинова", "Loginov", "Loginova"),
    ("Макаров", "Макарова", "Makarov", "Makarova"),
    ("Никитин", "Никитина", "Nikitin", "Nikitina"),
    ("Осипов", "Осипова", "Osipov", "Osipova"),
    ("Поляков", "Полякова", "Polyakov", "Polyakova"),
    ("Романов", "Романова", "Romanov", "Romanova"),
    ("Сорокин", "Сорокина", "Sorokin", "Sorokina"),
    ("Тарасов", "Тарасова", "Tarasov", "Tarasova"),
    ("Ушаков", "Ушакова", "Ushakov", "Ushakova"),
    ("Фёдоров", "Фёдорова", "Fedorov", "Fedorova"),
    ("Чернов", "Чернова", "Chernov", "Chernova"),
    ("Щербаков", "Щербакова", "Shcherbakov", "Shcherbakova"),
)
MEN = (
    ("Алексей", "Alexey"),
    ("Андрей", "Andrey"),
    ("Дмитрий", "Dmitry"),
    ("Евгений", "Evgeny"),
    ("Иван", "Ivan"),
    ("Кирилл", "Kirill"),
    ("Михаил", "Mikhail"),
    ("Павел", "Pavel"),
    ("Роман", "Roman"),
    ("Сергей", "Sergey"),
)
WOMEN = (
    ("Алина", "Alina"),
    ("Вера", "Vera"),
    ("Галина", "Galina"),
    ("Екатерина", "Ekaterina"),
    ("Ирина", "Irina"),
    ("Марина", "Marina"),
    ("Наталья", "Natalia"),
    ("Светлана", "Svetlana"),
    ("Татьяна", "Tatiana"),
    ("Юлия", "Yulia"),
)
