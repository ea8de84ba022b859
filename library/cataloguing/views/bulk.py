"""Actions on many records at once, from the list."""

from wagtail.snippets.bulk_actions.delete import DeleteBulkAction

from library.access import can_see
from library.records.access.files import viewer_of
from library.records.models import Record


class DeleteDrafts(DeleteBulkAction):
    """Deletes many drafts. Records that may not be deleted are named only when the person may see them."""

    models = [Record]

    def get_actionable_objects(self) -> tuple[list[Record], dict[str, list[Record]]]:
        drafts, others = super().get_actionable_objects()
        viewer = viewer_of(self.request.user)
        return drafts, {name: [record for record in records if can_see(viewer, record)] for name, records in others.items()}
