"""How the search looks."""

from handlers.screen import Screen
from keyboards import search as keys
from keyboards.common import cut, titled
from keyboards.tongue import Html, Tongue, join
from services.dto.common import Page
from services.dto.search import Found, Hit, Spoken
from services.search import Kind

SHOWN = 60
"""A longer query is cut where it is repeated."""
TITLE = 30
"""So much of a client's name or a task stands before what was said."""


def ask(t: Tongue) -> Screen:
    """What shall be looked for?"""
    asked = t.html(
        "🔎 <b>What shall I look for?</b>\n"
        "The end of a phone, a name, a company, an INN, an e-mail, a @username or a number: <code>#17</code>."
    )
    return Screen(asked, keys.find_form(t))


def found(hits: Found, key: int, t: Tongue, *, may_create: bool) -> Screen:
    """Several hits, or some that may have been meant."""
    query = cut(hits.query, SHOWN)
    if hits.near:
        said = t.html("🔎 Nothing found for “{query}”. Perhaps you meant:", query=query)
        return Screen(
            join([said, *_archive(hits.deals, t)]), keys.found_list(hits, key, t, may_create=may_create)
        )
    lines = [t.html("🔎 Found for “{query}”:", query=query), *_archive(hits.deals, t)]
    return Screen(join(lines), keys.found_list(hits, key, t))


def more(kind: Kind, page: Page[Hit], query: str, key: int, t: Tongue) -> Screen:
    """Further hits of one kind."""
    lines = [t.html("🔎 More for “{query}”:", query=cut(query, SHOWN)), *_archive(page, t)]
    return Screen(join(lines), keys.more_list(kind, page, key, t))


def nothing(hits: Found, key: int, t: Tongue, *, may_create: bool) -> Screen:
    """No hit."""
    said = t.html("🔎 Nothing found for “{query}”.", query=cut(hits.query, SHOWN))
    return Screen(said, keys.found_nothing(key, t, may_create=may_create, talk=hits.talk))


def talk(page: Page[Spoken], query: str, key: int, t: Tongue) -> Screen:
    """What was said with these words, one a line; there may be more behind a page without any."""
    query = cut(query, SHOWN)
    lines = [t.html("💬 <b>What was said with “{query}”</b>", query=query)]
    lines += [_spoken(one, t) for one in page.items]
    if not page.items and page.next_after is None:
        lines = [t.html("💬 Nothing for “{query}” in the messages and notes that you may read.", query=query)]
    elif not page.items:
        lines.append(t.html("Not in the newest of it. Perhaps in older words."))
    return Screen(join(lines), keys.talk_list(page, key, t))


def not_understood(key: int, t: Tongue) -> Screen:
    """Neither a request, nor a task, nor anything to look for."""
    said = t.html("I am not sure what to do with this. Is it a request from a client?")
    return Screen(said, keys.found_nothing(key, t, may_create=True))


def waits_on(t: Tongue) -> Html:
    """Under what was opened by its number in the middle of a form."""
    return t.html("✍️ My question above still waits for your answer.")


def _spoken(one: Spoken, t: Tongue) -> Html:
    """Where, who and when, and the words around."""
    place = {
        "deal": t("deal #{id}", id=one.subject_id),
        "lead": t("lead #{id}", id=one.subject_id),
        "task": t("task “{title}”", title=cut(one.title, TITLE)),
    }.get(one.subject, cut(titled(one.title, t), TITLE))
    source = f"↪️ {one.origin}" if one.origin else None
    facts = ", ".join(fact for fact in (one.by, source, t.when(one.at)) if fact)
    return t.html("<b>{place}</b> · {facts}: {text}", place=place, facts=facts, text=one.text)


def _archive(page: Page[Hit], t: Tongue) -> list[Html]:
    return [t.html("🗄 is in the archive.")] if any(hit.archived for hit in page.items) else []
