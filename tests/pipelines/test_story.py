"""Pipelines made and changed in the chat, by hands on phones."""

from keyboards.pipeline_data import PipelineLeadCb, StageDropCb, StageShiftCb
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.world import World


async def test_the_owner_makes_a_pipeline_and_a_head_changes_its_stages(world: World) -> None:
    deal = await make_deal(world, stage="In work", amount=100_00)
    olga, helen, anna = world.olga, world.helen, world.anna
    await olga.press("👤 Profile")
    await olga.press("🧭 Pipelines")
    assert "Sales · 1 deal in work\nNew → In work" in olga.text
    await olga.press("➕ New pipeline")
    assert "• Receivables: Overdue → Reminded" in olga.text
    await olga.press("Purchases")
    assert "🧭 Purchases\n0 deals in work\n🔵 Request" in olga.text
    await olga.press("◀️ Pipelines")
    await olga.press("➕ New pipeline")
    await olga.press("✏️ My own stages")
    await olga.say("sales")
    assert "“sales” is there already" in olga.text
    await olga.say("Partners")
    await olga.say("Met, Agreed")
    assert "🔵 Met\n🔵 Agreed\n🟢 Won\n🔴 Lost" in olga.text
    await olga.press("⬆️ Up in the list")
    await olga.press("✏️ Rename")
    await olga.say("Friends")
    await olga.press("◀️ Pipelines")
    assert [one for one in olga.labels if "🧭" in one] == ["🧭 Sales", "🧭 Friends", "🧭 Purchases"]

    await helen.press("👤 Profile")
    await helen.press("🧭 Pipelines")
    await helen.press("🧭 Sales")
    assert "🗄 Out of use" not in helen.labels
    await helen.press("🔵 In work")
    await helen.press("🎨 Colour")
    await helen.press("🟪")
    await helen.press("🎯 Result")
    await helen.say("The sum is <agreed>")
    await helen.press("👔 Responsible")
    await helen.press("Manager")
    await helen.press("📋 Required")
    await helen.press("Client")
    assert "✓ Client" in helen.labels
    await helen.press("◀️ Back")
    await helen.press("⏳ Days")
    await helen.say("полгода")
    assert "Please send a number of days" in helen.text
    await helen.say("5 дней")
    assert helen.text == (
        "🟪 In work · Sales\n↕️ Place: 2 of 6\n🏷 Kind: Deal is in work\n📋 Required to enter: Client\n"
        "⏳ Too long after: 5 days\n🎲 Probability: 40 %\n"
        "👔 Responsible: Manager\n🎯 The sum is <agreed>\n💼 1 deal here"
    )
    await helen.press("🏷 Kind")
    assert "its kind stays" in (await helen.press("Deal is won") or "")
    await helen.press("◀️ Back")
    await helen.press("⬆️ Up")
    assert "↕️ Place: 1 of 6" in helen.text
    assert "⬆️ Up" not in helen.labels
    await helen.press("◀️ Sales")
    assert [one for one in helen.labels if "New" in one or "In work" in one] == ["🟪 In work", "🔵 New"]
    await helen.press("➕ Stage")
    await helen.say("Visit")
    await helen.press("🗑 Delete")
    await helen.press("🗑 Yes, delete it")
    assert "🗑 The stage Visit is deleted." in helen.text
    assert not [one for one in helen.labels if "Visit" in one]

    await anna.press(data=f"d:{deal}")
    assert "🟪 In work · ₽100\n🎯 The sum is <agreed> · Manager" in anna.text
    await helen.press("🟪 In work")
    await helen.press("🗑 Delete")
    assert "Here: 1 deal. To which stage shall it go?" in helen.text
    await helen.press("Proposal")
    assert "Delete this stage? Its deals go to “Proposal”: 1 deal." in helen.text
    await helen.press("🗑 Yes, delete it")
    assert "🔵 Proposal" in anna.text, "the card follows"
    assert "Helen: In work → Proposal" in anna.text

    await olga.press("🧭 Sales")
    await olga.press("🗄 Out of use")
    await olga.press("🧭 Friends")
    assert "Sales: its deals go to Friends\nProposal → Met · 1 deal" in olga.text
    await olga.press("Proposal → Met")
    assert "Won" not in olga.labels
    await olga.press("Agreed")
    assert "Proposal → Agreed · 1 deal" in olga.text
    await olga.press("🗄 Yes, out of use")
    assert "🗄 Out of use: Sales" in olga.text
    assert "🔵 Agreed" in anna.text
    await anna.press("◀️ Deals")
    assert "Deals by stage · Friends\n🔵 Agreed: 1" in anna.text
    await anna.press("🧭 Purchases")
    assert "Deals by stage · Purchases" in anna.text


async def test_old_buttons_strange_hands_and_russian(world: World) -> None:
    stages, olga = await stages_by_name(world.db), world.olga
    new, lost = stages["New"].id, stages["Lost"].id
    gone = "There is no such stage"
    assert gone in (await olga.press(data=StageDropCb(stage_id=98_765).pack()) or "")
    assert await world.anna.press(data=StageDropCb(stage_id=new).pack()) == "You may not do this."
    old = StageShiftCb(stage_id=new, position=3, later=1).pack()
    assert "changed meanwhile" in (await olga.press(data=old) or "")
    assert "🔵 New · Sales" in olga.text, "the fresh card answers"
    lead = PipelineLeadCb(pipeline_id=1, position=0).pack()
    assert "changed meanwhile" in (await olga.press(data=lead) or "")
    for data in (f"sts:{new}:shape:round", f"sts:{new}:color:pink", f"sts:{new}:role:program", "fnt:bank"):
        assert "no such" in (await olga.press(data=data) or ""), data
    other = await world.services.pipelines.from_words(
        await actor_of(world.services, "olga"), "Second", "First, Next"
    )
    deal = await make_deal(world, stage="New")
    for data in (f"fnm:1:{new}", f"fnp:1:{new}:{new}", "fnh:1:99", f"fnh:99:{other.id}", f"fna:{other.id}9"):
        assert "no such" in (await olga.press(data=data) or ""), data
    await olga.press(data=f"fnh:1:{other.id}")
    for to in (new, other.stages[-1].id):
        assert gone in (await olga.press(data=f"fnp:1:{new}:{to}") or ""), "none of that one, or an end of it"
    await world.helen.press(data=f"fnx:1:{other.id}")
    assert world.helen.toast == "You may not do this."
    await world.services.people.speak(await actor_of(world.services, "olga"), "ru")
    await olga.press(data=f"fnh:1:{other.id}")
    assert "Sales: сделки переходят в «Second»\nNew → First · 1 сделка" in olga.text
    assert (await world.services.deals.card(await actor_of(world.services, "anna"), deal)).stage.id == new
    await olga.press(data="fn")
    assert "🧭 Воронки\nНовые сделки попадают в первую." in olga.text
    await olga.press("🧭 Sales")
    await olga.press("🔴 Lost")
    assert "📋 Обязательно для входа: причина проигрыша" in olga.text
    await olga.press("🎯 Результат")
    await olga.say("—")
    assert "🎯" not in olga.text
    await olga.press("🗑 Удалить")
    assert "нужен этап для проигранных" in olga.text
    assert "нужен этап для проигранных" in (await olga.press(data=f"stx:{lost}:0") or "")
    await olga.press(data="fnn")
    await olga.press("Подбор")
    assert "🧭 Hiring" in olga.text, "in the company's language"
    actor = await actor_of(world.services, "olga")
    assert (await world.services.stages.card(actor, lost)).name == "Lost"
