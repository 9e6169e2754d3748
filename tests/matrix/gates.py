"""Ways in that no button leads to: an invitation's link, a program's key, the command line."""

import httpx

from services.access import Role
from services.errors import ForbiddenError
from tests.cast import CAST, STRANGER, actor_of
from tests.inflow.serving import served
from tests.matrix.company import LEO
from tests.matrix.expectations import Cell, Verdict
from tests.matrix.judge import KNOCKING, Judge, hidden, leaks
from tests.matrix.rig import Answer, Rig

JOINED = frozenset({"person", "invite"})
NOTED = frozenset({"api_key"})
"""When a key was used is noted, whatever comes of it."""


async def check_links(judge: Judge, cells: list[Cell]) -> list[str]:
    """Whoever is in already is told so, and the link stays unused; a wrong one tells nothing."""
    rig, told = judge.rig, []
    for cell in cells:
        token = await _link(rig, cell.thing.whose)
        before = rig.ledger.read()
        answer = await rig.say(cell.reader, f"/start {token}")
        changed = rig.ledger.changed(before)
        if found := leaks(answer, hidden(cell.reader, rig.company)):
            told.append(f"{cell} -- leaks {found}")
        elif cell.verdict is Verdict.DO and (not changed.keys() >= JOINED or changed.get("event") != 1):
            told.append(f"{cell} -- changes {changed}, says {answer.said!r}")
        elif cell.verdict is not Verdict.DO and changed:
            told.append(f"{cell} -- changes {changed}")
        elif cell.verdict is Verdict.NO and answer.said in KNOCKING:
            told.append(f"{cell} -- says {answer.said!r}")
        rig.ledger.restore()
    return told


async def _link(rig: Rig, kind: str) -> str:
    """A link that is open, was revoked, or never was."""
    olga = await actor_of(rig.world.services, "olga")
    fresh = await rig.world.services.invites.create(olga, Role.MANAGER, rig.company.departments["Sales"])
    if kind == "revoked":
        await rig.world.services.invites.revoke(olga, fresh.invite.id)
    return "invented" if kind == "invented" else fresh.token


async def check_exports(judge: Judge, cells: list[Cell]) -> list[str]:
    """The whole company in one file; for nobody whom the company does not know there is anything to ask."""
    rig, told = judge.rig, []
    for cell in cells:
        account = {"eve": STRANGER, "leo": LEO}.get(cell.reader) or CAST[cell.reader].telegram_id
        actor = await rig.world.services.people.identify(account)
        try:
            rows = [row async for row in rig.world.services.exports.rows(actor)] if actor else None
        except ForbiddenError:
            rows = []
        titles = {str(row[1]) for row in rows or ()}
        all_deals = {words.title for thing, words in rig.company.words.items() if thing.subject == "deal"}
        came = {Verdict.DO: titles >= all_deals, Verdict.NO: rows == [], Verdict.SILENCE: rows is None}
        if not came[cell.verdict] or rig.ledger.changed():
            told.append(f"{cell} -- brings {len(titles)}, changes {rig.ledger.changed()}")
    return told


async def check_programs(judge: Judge, cells: list[Cell]) -> list[str]:
    """Over HTTP: an answer has no word of any client, neither to a key that may nor to one that may not.

    But for the card that was asked for, to a key that may read cards.
    """
    told = []
    words = hidden(None, judge.rig.company)
    async with served(judge.rig.world.services) as client:
        for cell in cells:
            answer = await _ask(judge.rig, client, cell)
            changed = judge.rig.ledger.changed().keys() - NOTED
            said = Answer("", f"{answer.headers}{answer.text}", 0, (), frozenset())
            may = cell.verdict is Verdict.DO
            refused = 409 if (cell.reader, cell.deed) == ("fills", "fill") else 403
            asked = judge.rig.company.words.get(cell.thing) if may and cell.deed in ("look", "fill") else None
            if answer.status_code != (refused if not may else 201 if cell.deed == "bring" else 200):
                told.append(f"{cell} -- is answered {answer.status_code} {answer.text}")
            elif found := leaks(said, words - (asked.all() if asked else frozenset())):
                told.append(f"{cell} -- leaks {found}")
            elif bool(changed) != (cell.deed in ("bring", "fill") and may):
                told.append(f"{cell} -- changes {sorted(changed)}")
            judge.rig.ledger.restore()
    return told


async def _ask(rig: Rig, client: httpx.AsyncClient, cell: Cell) -> httpx.Response:
    headers = {"Authorization": f"Bearer {rig.company.keys[cell.reader]}"}
    if cell.deed == "state":
        return await client.get(f"/api/v1/leads/{rig.company.ids[cell.thing]}", headers=headers)
    if cell.deed in ("look", "fill"):
        path = _CARDS[cell.thing.subject].format(rig.company.ids[cell.thing])
        if cell.deed == "look":
            return await client.get(path, headers=headers)
        return await client.patch(path, json={"fields": {"zfield": "Zfilled"}}, headers=headers)
    body = {"name": "Zivan", "phone": "+79167771122"}
    return await client.post("/api/v1/leads", json=body, headers=headers)


_CARDS = {
    "lead": "/api/v1/leads/{}/fields",
    "contact": "/api/v1/contacts/{}",
    "firm": "/api/v1/companies/{}",
    "deal": "/api/v1/deals/{}/fields",
}
