"""Requests from outside, for the owner: sources of forms and keys to the open API, opened and closed."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import inflow as views
from keyboards.inflow import (
    InflowCb,
    KeyCb,
    KeyNewCb,
    KeyRevokeCb,
    KeyUse,
    KeyUseCb,
    SourceCb,
    SourceCloseCb,
    SourceClosedCb,
    SourceNewCb,
    SourceOpenCb,
    SourceSitesCb,
    WayDepartmentCb,
    WayPipelineAskCb,
    WayPipelineCb,
)
from services.access import Action
from services.choices import choice
from services.dto.inquiries import WayKind
from services.errors import StaleError
from services.sources import way_name

BACK = ["inflow", 1]

describe(
    {
        "source.not_found": "There is no such source any more.",
        "source.bad_site": "“{site}” is no address of a site. Like this: example.com, shop.example.com.",
        "key.not_found": "There is no such key any more.",
        "key.no_scope": "A key has to be good for something.",
        "way.name_empty": "Please send a name with at least one letter.",
        "way.many": "There are {limit} already. Close one that nobody uses.",
    }
)


@registry.card("inflow")
async def inflow_card(viewer: Viewer, _id: int) -> Screen | None:
    """All ways in."""
    if viewer.actor is None:
        return None
    ways = await viewer.services.sources.ways(viewer.actor)
    return views.inflow(ways, viewer.services.outside.address, viewer.t)


@registry.card("source")
async def source_card(viewer: Viewer, source_id: int) -> Screen | None:
    """A source of forms."""
    if viewer.actor is None:
        return None
    card = await viewer.services.sources.card(viewer.actor, source_id)
    return views.source(card, viewer.services.outside.address, viewer.t)


@registry.press(InflowCb, Action.INTAKE_MANAGE)
async def on_inflow(turn: Turn, _data: InflowCb) -> None:
    """All ways in."""
    await _show_all(turn)


@registry.press(SourceCb, Action.INTAKE_MANAGE)
async def on_source(turn: Turn, data: SourceCb) -> None:
    """A source with its addresses."""
    card = await turn.services.sources.card(turn.actor, data.source_id)
    await turn.form.close()
    await turn.show(views.source(card, turn.services.outside.address, turn.t))


@registry.press(KeyCb, Action.INTAKE_MANAGE)
async def on_key(turn: Turn, data: KeyCb) -> None:
    """A key."""
    await turn.show(views.key(await turn.services.api_keys.card(turn.actor, data.key_id), turn.t))


@registry.press(SourceNewCb, Action.INTAKE_MANAGE)
async def on_source_new(turn: Turn, _data: SourceNewCb) -> None:
    """What shall it be called?"""
    await turn.form.close()
    await turn.form.wait("way.name", kind="source", back=BACK)
    await turn.show(views.ask_name("source", turn.t))


@registry.press(KeyNewCb, Action.INTAKE_MANAGE)
async def on_key_new(turn: Turn, _data: KeyNewCb) -> None:
    """What shall it be good for?"""
    await turn.show(views.ask_use(turn.t))


@registry.press(KeyUseCb, Action.INTAKE_MANAGE)
async def on_key_use(turn: Turn, data: KeyUseCb) -> None:
    """For this; and what shall it be called?"""
    use = choice(KeyUse, data.use)
    await turn.form.close()
    await turn.form.wait("way.name", kind="key", use=use.value, back=BACK)
    await turn.show(views.ask_name("key", turn.t))


@registry.step("way.name", Action.INTAKE_MANAGE)
async def got_way_name(turn: Turn, message: Message) -> None:
    """Its name; the department is asked for only where there are several."""
    name = way_name(message.text or "")
    choices = (await turn.services.sources.ways(turn.actor)).departments
    if len(choices) == 1:
        await _make(turn, name, choices[0].id)
        return
    await turn.form.wait("way.name", name=name)
    await turn.show(views.ask_department(name, choices, turn.t))


@registry.press(WayDepartmentCb, Action.INTAKE_MANAGE)
async def on_way_department(turn: Turn, data: WayDepartmentCb) -> None:
    """To this one."""
    name = (await turn.form.data()).get("name")
    if not name or await turn.form.state() != "way.name":
        raise StaleError
    await _make(turn, name, data.department_id)


@registry.press(SourceSitesCb, Action.INTAKE_MANAGE)
async def on_source_sites(turn: Turn, data: SourceSitesCb) -> None:
    """Which sites may send?"""
    card = await turn.services.sources.card(turn.actor, data.source_id)
    await turn.form.wait("source.sites", source_id=card.id, back=["source", card.id])
    await turn.show(views.ask_sites(card, turn.t))


@registry.step("source.sites", Action.INTAKE_MANAGE)
async def got_source_sites(turn: Turn, message: Message) -> None:
    """These."""
    source_id = int((await turn.form.data())["source_id"])
    card = await turn.services.sources.let_send(turn.actor, source_id, message.text or "")
    await turn.form.close()
    await turn.show(views.source(card, turn.services.outside.address, turn.t))


@registry.press(WayPipelineAskCb, Action.INTAKE_MANAGE)
async def on_way_pipeline_ask(turn: Turn, data: WayPipelineAskCb) -> None:
    """Which pipeline do its leads enter?"""
    kind = choice(WayKind, data.kind)
    card = await turn.services.way_pipelines.choice(turn.actor, kind, data.way_id)
    await turn.show(views.ask_pipeline(card, turn.t, data.page))


@registry.press(WayPipelineCb, Action.INTAKE_MANAGE)
async def on_way_pipeline(turn: Turn, data: WayPipelineCb) -> None:
    """This one."""
    kind = choice(WayKind, data.kind)
    await turn.services.way_pipelines.lead_to(turn.actor, kind, data.way_id, data.pipeline_id)
    if kind is WayKind.KEY:
        await turn.show(views.key(await turn.services.api_keys.card(turn.actor, data.way_id), turn.t))
    else:
        card = await turn.services.sources.card(turn.actor, data.way_id)
        await turn.show(views.source(card, turn.services.outside.address, turn.t))


@registry.press(SourceCloseCb, Action.INTAKE_MANAGE)
async def on_source_close(turn: Turn, data: SourceCloseCb) -> None:
    """Close a source, once it is certain."""
    if data.sure:
        await turn.services.sources.close(turn.actor, data.source_id)
        await _show_all(turn)
    else:
        card = await turn.services.sources.card(turn.actor, data.source_id)
        await turn.show(views.sure_source(card, turn.t))


@registry.press(SourceClosedCb, Action.INTAKE_MANAGE)
async def on_source_closed(turn: Turn, data: SourceClosedCb) -> None:
    """One that was closed."""
    await turn.show(views.closed(await turn.services.sources.closed(turn.actor, data.source_id), turn.t))


@registry.press(SourceOpenCb, Action.INTAKE_MANAGE)
async def on_source_open(turn: Turn, data: SourceOpenCb) -> None:
    """It is open again, with its addresses."""
    card = await turn.services.sources.open_again(turn.actor, data.source_id)
    await turn.show(views.source(card, turn.services.outside.address, turn.t))


@registry.press(KeyRevokeCb, Action.INTAKE_MANAGE)
async def on_key_revoke(turn: Turn, data: KeyRevokeCb) -> None:
    """Revoke a key, once it is certain."""
    if data.sure:
        await turn.services.api_keys.revoke(turn.actor, data.key_id)
        await _show_all(turn)
    else:
        await turn.show(views.sure_key(await turn.services.api_keys.card(turn.actor, data.key_id), turn.t))


async def _make(turn: Turn, name: str, department_id: int) -> None:
    form, address = await turn.form.data(), turn.services.outside.address
    if form["kind"] == "source":
        card = await turn.services.sources.open(turn.actor, name, department_id)
        screen = views.source(card, address, turn.t)
    else:
        use = KeyUse(form["use"])
        made = await turn.services.api_keys.make(turn.actor, name, use.scopes, department_id)
        screen = views.fresh_key(made, address, turn.t)
    await turn.form.close()
    await turn.show(screen)


async def _show_all(turn: Turn) -> None:
    await turn.form.close()
    ways = await turn.services.sources.ways(turn.actor)
    await turn.show(views.inflow(ways, turn.services.outside.address, turn.t))
