"""manage.py build_assets: writes the stylesheet, the mark and the icons from their sources."""

from django.core.management.base import BaseCommand

from library.frame import styles
from library.frame.drawing.app_icon import COVER, SIZES, icon, icon_name


class Command(BaseCommand):
    """For people who change styles; the results are committed, so that nobody else needs to run this."""

    help = "Ghép tệp kiểu chữ và biểu trưng từ nguồn trong library/static_src/."

    def handle(self, *args: object, **options: object) -> None:
        files = {styles.STYLESHEET: styles.stylesheet().encode(), styles.MARK: styles.mark().encode()}
        files |= {styles.MARK.with_name(icon_name(size)): icon(size) for size in (*SIZES, COVER)}
        for path, content in files.items():
            path.write_bytes(content)
            self.stdout.write(f"{path.name}: {len(content)} B")
