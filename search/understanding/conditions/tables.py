"""The words that set conditions, as tables: types of records, kinds of files, months, seasons, and the little words around them."""

from dataclasses import dataclass

from search.analysis import Keys, keys_of

from .condition import FacetValue

Phrase = tuple[Keys, ...]


@dataclass(frozen=True, slots=True)
class WordsFor:
    """Phrases that mean the same values. ``unsure``: without marks a phrase of one word may be another word."""

    phrases: tuple[Phrase, ...]
    values: tuple[FacetValue, ...]


def phrases(*texts: str) -> tuple[Phrase, ...]:
    """The phrases as words, the longest first."""
    return tuple(sorted((tuple(keys_of(text)) for text in texts), key=len, reverse=True))


def _of(values: str, *texts: str) -> WordsFor:
    pairs = (value.partition("=") for value in values.split())
    return WordsFor(phrases(*texts), tuple(FacetValue(facet, value) for facet, _sign, value in pairs))


# The first value names the type on the page. The category is the kind of a listing in the state's decisions.
TYPES = (
    _of("type=festival heritage_element_category=le-hoi", "lễ hội", "ngày hội", "festival", "festivals"),
    _of("type=costume", "trang phục", "y phục", "quần áo", "áo", "costume", "costumes", "clothing", "clothes", "dress", "dresses"),
    _of(
        "type=craft product_kind=craft heritage_element_category=nghe-thu-cong",
        "nghề",
        "nghề thủ công",
        "làng nghề",
        "craft",
        "crafts",
        "handicraft",
        "handicrafts",
    ),
    _of(
        "type=instrument product_kind=instrument",
        "nhạc cụ",
        "nhạc khí",
        "instrument",
        "instruments",
        "musical instrument",
        "musical instruments",
    ),
    _of("type=script heritage_element_category=tieng-noi-chu-viet", "chữ", "chữ viết", "script", "scripts", "writing"),
    _of("type=lexeme", "từ vựng", "từ điển", "word for", "words for", "vocabulary", "dictionary"),
    _of(
        "type=performance heritage_element_category=nghe-thuat-trinh-dien", "nghệ thuật trình diễn", "văn nghệ dân gian", "performing arts"
    ),
    _of(
        "type=oral-literature heritage_element_category=ngu-van-dan-gian",
        "ngữ văn dân gian",
        "truyện cổ",
        "oral literature",
        "folk tales",
        "tales",
    ),
    _of(
        "type=ritual heritage_element_category=tap-quan-xa-hoi",
        "phong tục",
        "tập quán",
        "nghi lễ",
        "ritual",
        "rituals",
        "custom",
        "customs",
    ),
    _of("type=knowledge heritage_element_category=tri-thuc-dan-gian", "tri thức dân gian", "folk knowledge"),
    _of("type=history", "lịch sử", "nguồn gốc", "history", "origin"),
    _of("type=architecture", "kiến trúc", "architecture"),
    _of("type=product", "sản phẩm", "đặc sản", "product", "products"),
    _of("type=document", "tài liệu", "document", "documents"),
    _of("type=person", "nghệ nhân", "artisan", "artisans"),
)
MEDIA = (
    _of("media=image", "ảnh", "hình ảnh", "có ảnh", "có hình", "photo", "photos", "picture", "pictures", "image", "images", "with photos"),
    _of("media=audio media=video", "nghe", "nghe được", "có âm thanh", "âm thanh", "ghi âm", "listen", "listen to", "audio", "recordings"),
    _of("media=video", "phim", "video", "xem được", "có phim", "có video", "videos", "film", "films"),
)
# What "nghe" before it makes a wish to listen, however little the reader marks.
SOUNDS = phrases("hát", "nhạc", "then", "khèn", "đàn", "kể", "tiếng", "chiêng", "trống", "được")
LANGUAGE = phrases("tiếng", "ngôn ngữ")
LANGUAGE_AFTER = phrases("language", "word for", "words for", "word", "words")
LEXEME = FacetValue("type", "lexeme")
FESTIVAL = FacetValue("type", "festival")
# Phrases of one word that without marks may be another: they count only where the likeliest spelling is they.
UNSURE = frozenset({"nghe", "chu", "anh", "ao"})
# Things that a people has, so that a name of one word right after them is that of a people.
THINGS = phrases(
    *("khèn", "nhà", "nhà rông", "nhà sàn", "nhà dài", "váy", "khăn", "mũ", "trống", "chiêng", "cồng chiêng", "cồng", "đàn", "sáo"),
    *("múa", "hát", "hát ru", "dân ca", "sử thi", "thổ cẩm", "gốm", "tranh", "rượu", "bánh", "xòe", "tết", "đám cưới", "cưới", "đám ma"),
    *("người", "lễ", "hội", "món", "chợ", "bản", "làng", "thầy"),
)
MONTHS = (
    *(("tháng giêng", "tháng một âm lịch"), ("tháng hai",), ("tháng ba",), ("tháng tư",), ("tháng năm",), ("tháng sáu",)),
    *(("tháng bảy", "tháng bẩy"), ("tháng tám",), ("tháng chín",), ("tháng mười",), ("tháng mười một", "tháng một ta"), ("tháng chạp",)),
)
LUNAR_MONTHS = tuple(phrases(*names) for names in MONTHS)
ENGLISH_MONTHS = (
    *("january jan", "february feb", "march", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep"),
    *("october oct", "november nov", "december dec"),
)
SOLAR_MONTHS = tuple(phrases(*names.split()) for names in ENGLISH_MONTHS)
ALSO_VIETNAMESE = frozenset({"may", "jan", "march"})  # count only after "in"
MONTH, IN = phrases("tháng"), phrases("in")
LUNAR, SOLAR = phrases("âm lịch", "âm", "ta", "lunar"), phrases("dương lịch", "dương", "tây")
THIS_MONTH = phrases("tháng này", "this month")
NEXT_MONTH = phrases("tháng tới", "tháng sau", "next month")
SEASONS = {  # words → the first of its three lunar months
    1: phrases("mùa xuân", "spring"),
    4: phrases("mùa hè", "mùa hạ", "summer"),
    7: phrases("mùa thu", "autumn"),
    10: phrases("mùa đông", "winter"),
}
SPRING_FESTIVALS = phrases("hội xuân", "lễ hội xuân")
SEASON_NAMES = {1: "mùa xuân", 4: "mùa hè", 7: "mùa thu", 10: "mùa đông"}
COMING = phrases("sắp tới", "sắp diễn ra", "sắp đến", "upcoming", "coming soon")
YEAR = phrases("năm", "in", "from", "year")
PEOPLE_BEFORE = phrases("người", "dân tộc", "đồng bào", "của", "của người", "of", "the", "ethnic", "in")
PEOPLE_AFTER = phrases("people", "peoples", "ethnic group", "group", "s")
PLACE_BEFORE = phrases("ở", "tại", "tỉnh", "thành phố", "tp", "in", "at", "from", "vùng")
UNIT_BEFORE = phrases("xã", "phường", "huyện", "thị xã", "thị trấn", "ở xã", "ở huyện", "ở phường", "commune", "district")
PLACE_AFTER = phrases("province", "city")
TIME_BEFORE = phrases("vào", "trong", "in", "on", "dịp")
# Little words before any condition, and behind what asks for a type or a kind of file.
LITTLE = phrases("của", "các", "những", "the", "of", "for", "about", "where to see", "where to", "to see", "where are", "show", "find")
LITTLE_AFTER = phrases("of", "of the", "for", "about")
AND = phrases("và", "and", "hoặc", "or")
# A request that ends so is a question, and its answer stands in a text.
QUESTIONS = phrases("nào", "gì", "đâu", "sao", "ai", "thế nào", "bao nhiêu")
