"""A deal gets its topic, for the kill tests: one that people use, and at most one that nobody knows of."""

from sqlalchemy import select

from db.models import DealTopic
from keyboards.chat_data import DealTopicCb
from tests.deals.making import make_deal
from tests.deals.test_topics import team_group
from tests.stories.company import Check, Company


async def a_topic_is_opened(company: Company, _n: int) -> Check:
    """Anna asks for it."""
    world = company.world
    group = next(iter(world.telegram.groups.values()), None) or await team_group(world)
    deal = await make_deal(world, title="Windows")
    await company.press("anna", DealTopicCb(deal_id=deal).pack())

    async def check() -> None:
        [(topic,)] = await world.rows(select(DealTopic).where(DealTopic.deal_id == deal))
        made = [one.id for one in group.topics.values() if one.name.endswith(f"#{deal}")]
        assert (topic.state, topic.tries) == ("open", 0)
        assert topic.thread in made
        assert len(made) <= 2
        assert topic.anchor in group.pinned
        assert group.messages[topic.anchor].thread == topic.thread
        assert await company.count("deal.topic", deal) == 1

    return check
