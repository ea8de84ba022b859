"""Creates the editorial pages of a new installation; a page that exists is never changed."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from wagtail.models import Page, Site

from .models import PortalIndex, SiteRoot, StoryIndex, TextPage
from .rights import give_rights

TEXTS = Path(__file__).parent / "texts"
TREE_NAME = "Trang biên tập"  # of the page above all; Wagtail calls it "Root"
STORIES, PORTALS = "chuyen", "loi-trang-dan-toc-tinh"  # slugs
SITE_NAME = "Thư viện số Văn hóa các dân tộc Việt Nam"


def load_pages() -> list[str]:
    """Creates the root, the site, the trees of stories and of portals' texts, and each missing page of texts/.

    Returns the slugs of the new pages of text.
    """
    with transaction.atomic():
        root = _site_root()
        for tree in (story_index(root), _portal_index(root)):
            give_rights(tree)
        existing = set(TextPage.objects.child_of(root).values_list("slug", flat=True))
        texts = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(TEXTS.glob("*.yaml"))]
        new_texts = [text for text in texts if text["slug"] not in existing]
        for text in new_texts:
            root.add_child(instance=_page(text)).save_revision().publish()
    return [text["slug"] for text in new_texts]


def _site_root() -> SiteRoot:
    """The root page of the default site, created when there is none; then Wagtail's welcome page is deleted."""
    Page.objects.filter(depth=1).update(title=TREE_NAME, draft_title=TREE_NAME)
    root = SiteRoot.objects.first()
    if root is not None:
        return root
    top = Page.get_first_root_node()
    root = top.add_child(instance=SiteRoot(title=SITE_NAME, slug="goc"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "site_name": SITE_NAME, "root_page": root}
    )
    Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    return root


def story_index(root: SiteRoot) -> StoryIndex:
    """The list of stories, created when there is none."""
    index = StoryIndex.objects.first()
    if index is None:
        lede_vi, lede_en = "Những điều thư viện kể từ tư liệu của mình.", "What the library tells from its own records."
        index = root.add_child(instance=StoryIndex(title="Chuyện", title_en="Stories", slug=STORIES, lede_vi=lede_vi, lede_en=lede_en))
    return index


def _portal_index(root: SiteRoot) -> PortalIndex:
    index = PortalIndex.objects.first()
    return index or root.add_child(instance=PortalIndex(title="Lời của trang dân tộc, trang tỉnh", slug=PORTALS))


def _page(text: dict[str, Any]) -> TextPage:
    """The unsaved page of one file of texts/."""
    return TextPage(
        slug=text["slug"],
        title=text["vi"]["title"],
        title_en=text["en"]["title"],
        lede_vi=text["vi"]["lede"],
        lede_en=text["en"]["lede"],
        body_vi=_stream(text["vi"]["body"]),
        body_en=_stream(text["en"]["body"]),
        show_in_menus=True,
    )


def _stream(body: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{"type": kind, "value": value} for block in body for kind, value in block.items()]
