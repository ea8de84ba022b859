"""How a template is laid out in its file, as against what the browser gets."""

import re

from django.template import Library, TemplateSyntaxError
from django.template.base import Node, NodeList, Parser, TextNode, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = Library()

LINE_BREAK = re.compile(r"[ \t]*\n\s*")
BROKEN_TEXT = re.compile(r"\S[ \t]*\n\s*\S")


class InlineNode(Node):
    """The content of an ``{% inline %}`` block, with the line breaks of the template already taken out."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return self.nodelist.render(context)


@register.tag
def inline(parser: Parser, token: Token) -> InlineNode:
    """``{% inline %} … {% endinline %}``: text that runs in one line for the browser may stand on many lines in the template.

    Between two elements a space is seen, a line break too. Inside this block a line break with its indentation counts as
    nothing, and as one space between the attributes of a tag. Values that are printed keep their own line breaks.
    Raises TemplateSyntaxError where a line break stands between two words of a text: they would be joined without a space.
    """
    nodelist = parser.parse(("endinline",))
    parser.delete_first_token()
    in_tag = False
    for node in nodelist.get_nodes_by_type(TextNode):
        assert isinstance(node, TextNode)
        node.s, in_tag = _joined(node.s, in_tag)
    return InlineNode(nodelist)


def _joined(text: str, in_tag: bool) -> tuple[str, bool]:
    """The text without line breaks, and whether it ends inside a tag; ``in_tag`` says whether it begins inside one."""
    pieces = []
    for piece in re.split(r"([<>])", text):
        if piece in {"<", ">"}:
            in_tag = piece == "<"
        elif not in_tag and BROKEN_TEXT.search(piece):
            raise TemplateSyntaxError(f"A line break inside {{% inline %}} would join two words: {piece.strip()!r}")
        pieces.append(LINE_BREAK.sub(" " if in_tag else "", piece))
    return "".join(pieces), in_tag
