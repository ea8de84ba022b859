"""The oracle rows of the search design, section 16, as data: what a query and a text must meet in, and what they must not.

Verdicts: E exact (so in every tier), N notone and fold but not exact, F fold only, G glue only, S no-space clusters;
``not E``, ``not EN``, ``not any``: the tiers they must not meet in.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Oracle:
    """One query against one text."""

    row: int
    query: str
    text: str
    verdict: str

    def __str__(self) -> str:
        return f"{self.row}:{self.query}|{self.text}"


def _row(number: int, queries: str | list[str], texts: str | list[str], verdict: str) -> list[Oracle]:
    left = queries.split("; ") if isinstance(queries, str) else queries
    right = texts.split("; ") if isinstance(texts, str) else texts
    right = right * len(left) if len(right) == 1 else right
    return [Oracle(number, query, text, verdict) for query, text in zip(left, right, strict=True)]


ORACLES = [
    *_row(1, "hoà; khoẻ; thuỷ; hoàn; TOÁN", "hòa; khỏe; thủy; hòan; tóan", "E"),
    *_row(2, "lê\u0303 hô\u0323i; le\u0302\u0303 ho\u0323\u0302i", "lễ hội", "E"),
    *_row(3, "hoa\u0323\u0306c", "hoặc", "E"),
    *_row(4, "nha\u0303\u0302n", "nhẫn", "E"),
    *_row(5, "lý; mỹ; kỹ; sỹ; tỷ; hy", "lí; mĩ; kĩ; sĩ; tỉ; hi", "E"),
    *_row(6, "quý; quỷ; Quý Ly", "quí; quỉ; Quí Li", "E"),
    *_row(7, "\u00d0ắk; \u0189ắk; \u00f0ắk; \u0256ắk", "Đắk", "E"),
    *_row(8, "H'Mông; H\u2019Mông; H\u02bcMông; H\u0060Mông; H\u2032Mông; HMông", "Hmông", "E"),
    *_row(9, "K'Ho; M\u2019nông; X'tiêng; Cư M\u2019gar", "Kho; Mnông; Xtiêng; Cư Mgar", "E"),
    *_row(10, "Gia-rai; Gia\u2011rai; Gia\u2013rai", "Gia Rai", "E"),
    *_row(11, "Ê-đê; Ba-na; Xơ-đăng; Bru-Vân Kiều", "Ê Đê; Ba Na; Xơ Đăng; Bru Vân Kiều", "E"),
    *_row(12, "lễ\u00a0hội; lễ_hội", "lễ hội", "E"),
    *_row(13, "bầ\u00adu; h\u200bội; \ufeffđàn", "bầu; hội; đàn", "E"),
    *_row(14, "TP.HCM; 1.234; a:b", "TP HCM; 1 234; a b", "E"),
    *_row(15, "\ufb01lm; ＴＡＹ", "film; TAY", "E"),
    *_row(16, "bo\u0306\u031bng; n\u0303u; ko\u0306n", "bơ̆ng; ñu; kŏn", "E"),
    *_row(17, "ꨌꩌ; ꨀꨇꩉ", "ꨌꩌ ꨀꨇꩉ", "E"),
    *_row(18, "lê hôi; đương; đăt", "lễ hội; đường; đặt", "N"),
    *_row(19, "quan ho; ky; ly; Ha Nhi", "quan họ; kỹ; lí; Hà Nhì", "N"),
    *_row(20, "Thải; bàn; Lao; Ba Nà", "Thái; bản; Lào; Ba Na", "N"),
    *_row(21, "rựơu; qúy", "rượu; quý", "tone on a wrong vowel"),
    *_row(22, "le hoi; dan bau; GAU TAO", "lễ hội; đàn bầu; Gầu Tào", "F"),
    *_row(23, "duong", "đường", "F"),
    *_row(24, "duong; duong", "dương; đương", "F"),
    *_row(25, "Dak Lak; ede; Xo Dang; cham", "Đắk Lắk; Êđê; Xơ Đăng; Chăm", "F"),
    *_row(26, "boh; cing; bri; nu; Cu Mgar", "b̆ôh; čĭng; ƀri; ñu; Čư M’gar", "F"),
    *_row(27, "nũ", "ñu", "F"),
    *_row(28, "Giarai; Giarai", "Gia Rai; Gia-rai", "G"),
    *_row(29, "Êđê; Ede", "Ê Đê; Ê-đê", "G"),
    *_row(30, "Bana; Xơđăng; Cơtu; Khơmú", "Ba Na; Xơ Đăng; Cơ-tu; Khơ Mú", "G"),
    *_row(31, "H Mông; Hmong; Vankieu", "H'Mông; H Mông; Vân Kiều", "G"),
    *_row(38, "ខ្មែរ", "ជនជាតិខ្មែរ", "S"),
    *_row(39, "ជនជាតិ\u200bខ្មែរ", "ជនជាតិខ្មែរ", "S"),
    *_row(40, "ꪼꪕ; ꪕꪒꪾ", "ꪼꪕꪒꪾ", "S"),
    *_row(41, "𡨸喃; 喃; 𡨸", "𡨸喃漢字", "S"),
    *_row(42, "dương; đương", "đường", "not E"),
    *_row(43, "lê; lề; lệ", "lễ", "not E"),
    *_row(44, "Tày; Co; Chăm; Rơ Măm", "Tây; Cơ; Chàm; Rơ Mâm", "not EN"),
    *_row(45, "da; đan", "đa; dan", "not EN"),
    *_row(46, "mai; lai; hay", "may; lay; hai", "not any"),
    *_row(47, "túi; lui; thui", "túy; luy; thuy", "not any"),
    *_row(48, "vi; di; ni; thi; nghi", "vy; dy; ny; thy; nghy", "not any"),
    *_row(49, "Bố Y; y tế", "Bố I; i tế", "not any"),
    *_row(50, "quay; quây", "quai; quâi", "not any"),
    *_row(51, "Gia Rai; La Chí; Xơ Đăng", "Gia Lai; La Ha; Xtiêng", "not any"),
    *_row(52, "ài; ái", "ai2; ai1", "not any"),
    *_row(53, "1.5; 20 10", "15; 2010", "not any"),
    *_row(54, "ខ្មែរ", "ខមរ", "not any"),
    *_row(55, "ꨌꩌ", "ꨌ", "not any"),
    *_row(56, "དགེ", "དག", "not any"),
    *_row(57, "Mông; Raglay; Cor", "Hmông; Ra-glai; Co", "not any"),
]

MEETS = {"E": {"exact", "notone", "fold"}, "N": {"notone", "fold"}, "F": {"fold"}, "G": set(), "S": set()}
MUST_NOT = {"not E": {"exact"}, "not EN": {"exact", "notone"}, "not any": {"exact", "notone", "fold", "glue", "nospace"}}
WORD_TIERS = ("exact", "notone", "fold")
