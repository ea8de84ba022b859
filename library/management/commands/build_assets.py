"""manage.py build_assets: writes the stylesheet and the mark from their sources."""

from django.core.management.base import BaseCommand

from library.frame import styles


class Command(BaseCommand):
    """For people who change styles; the results are committed, so that nobody else needs to run this."""

    help = "Ghép tệp kiểu chữ và biểu trưng từ nguồn trong library/static_src/."

    def handle(self, *args: object, **options: object) -> None:
        for path, text in ((styles.STYLESHEET, styles.stylesheet()), (styles.MARK, styles.mark())):
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"{path.name}: {len(text.encode())} B")
