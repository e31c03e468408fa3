"""What goes wrong with rows on their way: noise as people make it, and defects as the rules forbid them."""

import numpy as np

from pipelines.sample.rows import Drawn
from pipelines.sample.truth import Truth
from pipelines.sample.world import CUSTOMER_RECORDS, World


def spoilt(world: World, drawn: Drawn, truth: Truth) -> Drawn:
    """The rows as delivered; what is true of them is added to the truth."""
    about = [s for s in drawn.said if s.rows.record in CUSTOMER_RECORDS]
    if about:
        truth.link(drawn.channel.name, drawn.source_id, world.ids(drawn.record, drawn.who))
    for said in drawn.said:
        filled = {c.is_ for c in said.rows.columns.values()}
        for column, spans in said.spans.items():
            if column in filled:
                truth.span(drawn.channel.name, said.rows.record, column, drawn.source_id, spans)
    return drawn
