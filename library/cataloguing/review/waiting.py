"""The reviews that wait for a person, on the first page of the admin: the most urgent of them, and the way to all."""

from typing import Any

from wagtail.admin.ui.components import Component

from library.review.due_dates import told

from .work_lists import returned_to, waiting_for

MOST_SHOWN = 10


class OfficeReviewPanel(Component):
    """What waits for this person's decision, and what was sent back to her; before the counts of all work.

    It takes the place of Wagtail's panel, which shows the reviews of every office, and all at once.
    """

    name = "waiting"
    order = 18
    template_name = "cataloguing/waiting.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        steps = list(waiting_for(user)[: MOST_SHOWN + 1])
        return {
            "steps": [(step, told(step.due_on)) for step in steps[:MOST_SHOWN]],
            "more": len(steps) > MOST_SHOWN,
            "returned": list(returned_to(user)[:MOST_SHOWN]),
        }
