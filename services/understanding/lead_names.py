"""People's names among the words of a lead line; what cannot be told for a name is not taken for one."""

import re
from dataclasses import dataclass
from typing import Final

from services.understanding.fold import flat


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_MOST_WORDS = 3
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_PATRONYMIC = re.compile(r"\w+(?:ович|евич|ич|овна|евна|ична|инична)")
_SURNAME = re.compile(
    r"\w{2,}(?:ова?|ева?|ина?|ына?|[сц]кий|[сц]кая|енко|ко|у[кн]|юк|ян|янц|дзе|швили|ия|ман|берг|штейн|ец|их|ых|ой)"
)
_COMPANY = re.compile(
    r"(?<!\w)(?:ооо|оао|зао|пао|ао|ип|тоо|llc|ltd|inc|gmbh|corp|company|компания|фирма)(?!\w)"
)
FIRST_NAMES: Final = _words(
    "александр саша алексей леша алеша анатолий толя андрей антон аркадий арсений артем артемий артур",
    "богдан борис вадим валентин валерий василий вася виктор витя виталий владимир володя вова владислав",
    "влад всеволод вячеслав слава геннадий гена георгий герман глеб григорий гриша давид даниил данила",
    "данил денис дмитрий дима евгений женя егор захар иван ваня игнат игорь илья иосиф камиль карен",
    "кирилл константин костя лев леонид леня макар максим макс марат марк матвей михаил миша мурат назар",
    "никита николай коля олег осип павел паша петр петя платон равиль рамиль расул ринат родион роман",
    "рома руслан рустам савелий семен сергей сережа станислав стас степан тагир тарас тимофей тимур федор",
    "филипп шамиль эдуард эльдар эмиль юрий юра яков ярослав александра алена алина алиса алла алсу",
    "альбина анастасия настя ангелина анжела анна аня антонина ася валентина валерия лера варвара",
    "василиса вера вероника виктория вика галина галя гульнара дарья даша диана дина динара ева евгения",
    "екатерина катя елена лена елизавета лиза жанна зарина зинаида зоя инна ирина ира камила карина кира",
    "клавдия кристина ксения лариса лидия лиля лилия любовь люба людмила люда майя маргарита рита марина",
    "мария маша марьям милана надежда надя наталия наталья наташа нелли ника нина оксана олеся ольга оля",
    "полина раиса регина роза руфина светлана света снежана софия софья соня таисия тамара татьяна таня",
    "ульяна фатима эвелина элина эльвира эмма юлия юля яна ярослава айгуль айдар аслан бахыт гульмира",
    "ерлан нурлан серик adam alan albert alex alexander alexandra alice amanda amy andrew andy angela",
    "anna anne anthony barbara ben benjamin bill bob brian carl carol caroline catherine charles charlie",
    "chris christine christopher claire daniel david deborah dennis diana donald donna dorothy edward",
    "elena elizabeth emily emma eric eva evan frank gary george gregory hannah harry heather helen henry",
    "irina ivan jack jacob james jane janet jason jeff jennifer jerry jessica jim joan joe john jonathan",
    "jose joseph joshua juan julia julie karen kate katherine kathleen kelly kenneth kevin kim laura",
    "lauren linda lisa liz louis lucy margaret maria marie martin mary matthew max megan melissa michael",
    "michelle mike mohammed nancy natalia nicholas nicole nick nina oliver olga olivia oscar pamela",
    "patricia patrick paul peter philip rachel rebecca richard robert roger ronald rose roy ruth ryan sam",
    "samantha samuel sandra sara sarah scott sergey sharon simon sofia sophia sophie stephanie stephen",
    "steven stuart susan teresa thomas tim timothy tom tony tyler victor victoria vincent vladimir walter",
    "wendy william zoe",
)
# Capitalised, alone between two commas, and no names.
_NO_NAMES: Final = _words(
    "москва питер спб санкт-петербург казань екатеринбург новосибирск самара краснодар сочи минск алматы",
    "астана россия понедельник вторник среда четверг пятница суббота воскресенье завтра сегодня срочно да",
    "нет здравствуйте привет добрый день london moscow monday tuesday wednesday thursday friday saturday",
    "sunday today tomorrow urgent hi hello yes no",
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words between separators: `line[start:end]`, and whether they touch or stand beside the phone."""

    start: int
    end: int
    first: bool
    touches_phone: bool
    beside_phone: bool


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    flat: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def known(self) -> bool:
        """Whether it is a common first name."""
        return self.flat in FIRST_NAMES

    @property
    def of_person(self) -> bool:
        """Whether the word looks like a surname, a patronymic or an initial."""
        initial = len(self.flat) == 2 and self.flat[1] == "."
        return bool(initial or _PATRONYMIC.fullmatch(self.flat) or _SURNAME.fullmatch(self.flat))


def is_person(text: str) -> bool:
    """Whether a text as a whole is a person's name: up to three capitalised words, one of them well known."""
    words = [_Word(match.start(), match.end(), match[0], flat(match[0])) for match in _WORD.finditer(text)]
    if not 0 < len(words) <= _MOST_WORDS or " ".join(word.text for word in words) != " ".join(text.split()):
        return False
    if _COMPANY.search(flat(text)) or not all(word.capital for word in words):
        return False
    return any(word.known or _PATRONYMIC.fullmatch(word.flat) for word in words)


def first_name(name: str) -> str:
    """How somebody of this name is addressed: by the first name that is well known, else the first word."""
    words = name.split()
    known = (word for word in words if flat(word) in FIRST_NAMES)
    return next(known, words[0] if words else "")


def find_name(line: str, fragments: list[Fragment]) -> tuple[int, int] | None:
    """The bounds of the one name that can be told: a known first name before a mere capital letter."""
    ranked = [
        (rank, fragment.start, bounds)
        for fragment in fragments
        if (answer := _name_of_fragment(line, fragment)) is not None
        for rank, bounds in (answer,)
    ]
    return min(ranked)[2] if ranked else None


def _name_of_fragment(line: str, fragment: Fragment) -> tuple[int, tuple[int, int]] | None:
    """A name in the fragment and its rank, 1 the surest."""
    text = line[fragment.start : fragment.end]
    if _COMPANY.search(flat(text)):
        return None
    words = [
        _Word(fragment.start + match.start(), fragment.start + match.end(), match[0], flat(match[0]))
        for match in _WORD.finditer(text)
    ]
    near = fragment.touches_phone or fragment.beside_phone
    whole = len(words) <= _MOST_WORDS and " ".join(word.text for word in words) == " ".join(text.split())
    if bounds := _around_known(words, whole=whole, lower_case=fragment.touches_phone or (whole and near)):
        return (1 if near else 2), bounds
    if not whole or not words or not all(word.capital for word in words):
        return None
    if words[0].flat in _NO_NAMES or (fragment.first and len(words) == 1):
        return None
    bounds = words[0].start, words[-1].end
    if near:
        return (3 if len(words) > 1 else 4), bounds
    return (5, bounds) if len(words) > 1 and not fragment.first else None


def _around_known(words: list[_Word], *, whole: bool, lower_case: bool) -> tuple[int, int] | None:
    """A known first name with the surname and patronymic around it."""
    known = next((n for n, word in enumerate(words) if word.known and (word.capital or lower_case)), None)
    if known is None:
        return None
    first = last = known
    cased = words[known].capital
    while (
        last + 1 < len(words)
        and last - first + 1 < _MOST_WORDS
        and _goes_on(words, last, cased=cased, whole=whole)
    ):
        last += 1
    if first > 0 and last - first + 1 < _MOST_WORDS and _leads(words[first - 1], words[first], cased=cased):
        first -= 1
    return words[first].start, words[last].end


def _goes_on(words: list[_Word], last: int, *, cased: bool, whole: bool) -> bool:
    word, before = words[last + 1], words[last]
    if word.start - before.end > 1 or word.capital != cased:
        return False
    # "Иван Бондарь" is a man, "Иван Окна" a man and what he wants.
    surname = word.flat.isascii() or (whole and word.flat[-1] not in "аеиоуыэюя")
    return word.of_person or (cased and surname)


def _leads(word: _Word, beside: _Word, *, cased: bool) -> bool:
    return beside.start - word.end <= 1 and word.of_person and word.capital == cased
