"""How the ways in for other programs look."""

from handlers.screen import Screen
from keyboards import inflow as keys
from keyboards.inflow import KeyCb, KeyRevokeCb, KeyUse, SourceCb, SourceCloseCb
from keyboards.tongue import Html, Tongue, join
from services.dto.common import Ref
from services.dto.inquiries import (
    ClosedSource,
    FreshKey,
    KeyCard,
    KeyScope,
    SourceCard,
    WayPipelineChoice,
    Ways,
)

HERE_ONLY = ("http://127.", "http://localhost", "http://0.0.0.0", "http://[::")


def inflow(ways: Ways, address: str, t: Tongue) -> Screen:
    """All ways in."""
    lines = [
        t.html("📥 <b>Requests from outside</b>"),
        t.html("Forms of sites, Tilda and Bitrix24 send to a source; your own programs use an API key."),
        t.html("The team is told as of any other lead. A known client goes to their own manager."),
    ]
    if not (ways.sources or ways.keys):
        lines.append(t.html("\nNothing is open yet. Add a source, and your site's forms come here."))
    if ways.closed:
        lines.append(t.html("\n🗑 Closed: {names}", names=", ".join(row.name for row in ways.closed)))
    lines.append(t.html("\nFor developers: {address}", address=f"{address}/docs"))
    return Screen(join([*lines, *_warning(address, t)]), keys.inflow(ways, t))


def source(card: SourceCard, address: str, t: Tongue) -> Screen:
    """A source, with everything that has to be pasted elsewhere."""
    form, tilda, bitrix = (
        f"{address}/in/form/{card.token}",
        f"{address}/in/tilda/{card.token}",
        f"{address}/rest/1/{card.token}/crm.lead.add.json",
    )
    example = f"curl -d name=Ivan -d phone=+79161234567 {form}"
    lines = [
        t.html("🌐 <b>{name}</b> · {department}", name=card.name, department=card.department.name),
        _traffic(card, t),
        t.html("\nForm of a site:\n<code>{address}</code>", address=form),
        t.html("Webhook of Tilda:\n<code>{address}</code>", address=tilda),
        t.html("Instead of Bitrix24's:\n<code>{address}</code>", address=bitrix),
        t.html("\nTo try it:\n<pre>{example}</pre>", example=example),
        t.html("🌍 May send: {sites}", sites=", ".join(card.origins) or t("any site")),
    ]
    addresses = ((t("Form"), form), ("Tilda", tilda), ("Bitrix24", bitrix))
    return Screen(join([*lines, *_warning(address, t)]), keys.source(card, addresses, t))


def closed(card: ClosedSource, t: Tongue) -> Screen:
    """A source that was closed."""
    left = t.many("{n} more day", "{n} more days", card.days_left)
    last = t.html("It can be opened again today for the last time.")
    lines = [
        t.html("🗑 <b>{name}</b> · {department}", name=card.name, department=card.department.name),
        t.html("Closed {when}. Forms that send to it are turned away.", when=t.when(card.closed_at)),
        t.html("It can be opened again with the same addresses: {left}.", left=left)
        if card.days_left
        else last,
    ]
    return Screen(join(lines), keys.closed(card, t))


def key(card: KeyCard, t: Tongue) -> Screen:
    """A key, without itself."""
    return Screen(join(_key(card, t)), keys.key(card, t))


def fresh_key(made: FreshKey, address: str, t: Tongue) -> Screen:
    """A key that was just made: the only time that it is shown."""
    example = (
        f"curl -H 'Authorization: Bearer {made.secret}' -H 'Content-Type: application/json'"
        f""" -d '{{"name": "Ivan", "phone": "+79161234567"}}' {address}/api/v1/leads"""
    )
    lines = [
        *_key(made.card, t),
        t.html("\n<code>{secret}</code>", secret=made.secret),
        t.html("⚠️ Copy it now: it is shown once, and nobody can find it out later."),
        t.html("\nTo try it:\n<pre>{example}</pre>", example=example),
    ]
    return Screen(join([*lines, *_warning(address, t)]), keys.fresh_key(made.card, made.secret, t))


def ask_name(kind: str, t: Tongue) -> Screen:
    """What shall it be called?"""
    asked = (
        t.html("🌐 What shall the source be called? Its leads carry this name: <i>Landing, windows</i>.")
        if kind == "source"
        else t.html("🔑 Which program is the key for? Send a name: <i>Online shop</i>.")
    )
    return Screen(asked, keys.name(t))


def ask_use(t: Tongue) -> Screen:
    """What may a new key do?"""
    labels = {
        KeyUse.WRITE: t("Bring leads"),
        KeyUse.BOTH: t("Bring leads and see what became of them"),
        KeyUse.READ: t("See what became of leads"),
        KeyUse.LOOK: t("Read clients and fields"),
        KeyUse.FILL: t("Read and change clients and fields"),
        KeyUse.ALL: t("All of this"),
    }
    return Screen(t.html("🔑 What may the key do?"), keys.uses(labels, t))


def ask_department(name: str, choice: tuple[Ref, ...], t: Tongue) -> Screen:
    """Where do the requests go?"""
    asked = t.html("👥 Which department gets the requests of <b>{name}</b>?", name=name)
    return Screen(asked, keys.departments(choice, t))


def ask_pipeline(card: WayPipelineChoice, t: Tongue, page: int = 0) -> Screen:
    """Which pipeline do its leads enter?"""
    asked = t.html("🧭 Which pipeline do the leads of <b>{name}</b> enter as deals?", name=card.name)
    return Screen(asked, keys.pipelines(card, t, page))


def ask_sites(card: SourceCard, t: Tongue) -> Screen:
    """Which sites may send?"""
    lines = [
        t.html("🌍 From which sites may browsers send forms to <b>{name}</b>?", name=card.name),
        t.html("Send their addresses: <i>example.com, shop.example.com</i>. A dash “-”: any site."),
        t.html("Only to these a form may send its visitor back (<code>_redirect</code>)."),
    ]
    return Screen(join(lines), keys.sites(card.id, t))


def sure_source(card: SourceCard, t: Tongue) -> Screen:
    """Close it?"""
    asked = t.html(
        "Close <b>{name}</b>? Forms that still send here will be turned away. Its leads stay. "
        "For 30 days it can be opened again.",
        name=card.name,
    )
    yes, no = SourceCloseCb(source_id=card.id, sure=1), SourceCb(source_id=card.id)
    return Screen(asked, keys.sure(t("🗑 Yes, close it"), yes, no, t))


def sure_key(card: KeyCard, t: Tongue) -> Screen:
    """Revoke it?"""
    asked = t.html("Revoke <b>{name}</b>? The program that uses it is locked out at once.", name=card.name)
    yes, no = KeyRevokeCb(key_id=card.id, sure=1), KeyCb(key_id=card.id)
    return Screen(asked, keys.sure(t("🗑 Yes, revoke it"), yes, no, t))


def _key(card: KeyCard, t: Tongue) -> list[Html]:
    used = t("used {when}", when=t.when(card.used_at)) if card.used_at else t("never used")
    return [
        t.html("🔑 <b>{name}</b> · <code>{hint}…</code>", name=card.name, hint=card.hint),
        t.html("May: {scopes}", scopes=", ".join(_scope(scope, t) for scope in card.scopes)),
        t.html("👥 {department}, unless the request names another", department=card.department.name),
        t.html("Made {made}, {used}", made=t.when(card.created_at), used=used),
    ]


def _scope(scope: KeyScope, t: Tongue) -> str:
    return {
        KeyScope.LEADS_WRITE: t("bring leads"),
        KeyScope.LEADS_READ: t("see what became of them"),
        KeyScope.CARDS_READ: t("read clients, and the fields of leads and deals"),
        KeyScope.CARDS_WRITE: t("change them"),
    }[scope]


def _traffic(card: SourceCard, t: Tongue) -> Html:
    if card.last_at is None:
        return t.html("No requests yet.")
    count = t.many("{n} request", "{n} requests", card.count)
    return t.html("{count}, the last one {when}", count=count, when=t.when(card.last_at))


def _warning(address: str, t: Tongue) -> list[Html]:
    if not address.startswith(HERE_ONLY):
        return []
    return [t.html("\n⚠️ This address is known on this machine only. Set PUBLIC_URL where Sdelka runs.")]
