"""The pages that ``make bench-pages`` asks for: name → who reads them and the addresses in turn."""

from datetime import date
from urllib.parse import quote

ANONYMOUS = ""
# Demonstration logins: of a province, and of the whole country, whose lists hold everything.
OFFICER, REVIEWER, ADMINISTRATOR = "bien-muc", "duyet", "quan-tri"

WORDS = ("lễ hội", "le hoi gau tao", "đàn tính", "nghe det lanh", "Mông", "nguoi Gia Rai", "chợ phiên", "dan ca quan ho Bac Ninh", "khen")
PUBLIC = {
    "floor: healthz": ["/healthz"],
    "search": [f"/tim-kiem/?q={quote(words)}" for words in WORDS],
    "search, narrowed": [f"/tim-kiem/?q={quote(words)}&loai=heritage-element&tep=image" for words in WORDS],
    "search on the map": [f"/tim-kiem/?q={quote(words)}&xem=ban-do" for words in WORDS],
    "suggestions": [f"/tim-kiem/goi-y/?q={quote(words[:4])}" for words in WORDS],
    "home": ["/", "/en/"],
    "list": ["/tu-lieu/", "/tu-lieu/?xep=ten", "/tu-lieu/?trang=30"],
    "list, narrowed": ["/tu-lieu/?loai=festival", "/tu-lieu/?dan-toc=mong", "/tu-lieu/?tinh=lao-cai", "/tu-lieu/?dan-toc=thai&xep=ten"],
    "groups": ["/dan-toc/"],
    "portal of a group": ["/dan-toc/mong/", "/dan-toc/muong/", "/dan-toc/khmer/"],
    "province": ["/tinh/lao-cai/", "/tinh/"],
    "commune, former province": ["/xa/xa-ta-phin-03013/", "/tinh-cu/ha-giang/", "/huyen-cu/thi-xa-sa-pa-088/"],
    "calendar": ["/lich-le-hoi/", "/lich-le-hoi/?thang=2027-02", "/lich-le-hoi/?thang=2027-02&ngay=8"],
    "calendar, narrowed": ["/lich-le-hoi/?thang=2027-02&tinh=lao-cai", "/lich-le-hoi/?xem=loi"],
    "timeline": ["/dong-thoi-gian/", "/dong-thoi-gian/the-ky-21/", "/dong-thoi-gian/?dan-toc=mong"],
    "feed": ["/moi-dang.atom"],
    "podcasts": ["/nghe.rss", "/dan-toc/mong/nghe.rss"],
    "bulletins": ["/ban-tin/", "/ban-tin/nghe.rss"],
    "sitemap": ["/sitemap.xml"],
    "sitemap, a section": ["/sitemap-ban-ghi.xml"],
}
RECORDS, CHOOSE = "/admin/snippets/records/record/", "/admin/snippets/choose"
STAFF = {
    "admin: first page": ["/admin/"],
    "admin: records": [RECORDS, f"{RECORDS}?p=3", f"{RECORDS}results/?ordering=title_vi"],
    "admin: records, searched": [f"{RECORDS}results/?q={quote(words)}" for words in ("lễ hội", "gau tao", "khong co gi")],
    "admin: records, filtered": [f"{RECORDS}?{query}" for query in ("review_state=draft", "record_type=festival&access_level=public")],
    "admin: files": ["/admin/media/", "/admin/media/?kind=image", "/admin/media/results/?q=le-hoi"],
    "chooser: records": [f"{CHOOSE}/records/record/", f"{CHOOSE}/records/record/results/?q={quote('lễ hội')}"],
    "chooser: files": ["/admin/media-chooser/", "/admin/media-chooser/results/?q=hoi"],
    "chooser: sources": [f"{CHOOSE}/vocabularies/source/", f"{CHOOSE}/vocabularies/source/results/?q=bo"],
    "chooser: terms": [f"{CHOOSE}/vocabularies/term/", f"{CHOOSE}/vocabularies/term/results/?q=le"],
    "chooser: places": [f"{CHOOSE}/vocabularies/adminunit/", "/admin/authorities/unit/?q=sa%20pa"],
    "report: history of the site": ["/admin/reports/site-history/"],
    "report: reviews": ["/admin/reports/workflow/", "/admin/reports/workflow_tasks/"],
    "dashboard": ["/admin/theo-doi/", "/admin/theo-doi/?hang=tinh", "/admin/theo-doi/?xem=ca-nuoc"],
    "dashboard: a year": [f"/admin/theo-doi/so-lieu/co-quan/{date.today().year}.{ending}" for ending in ("docx", "xlsx")],
}
READERS = {"officer": OFFICER, "reviewer": REVIEWER, "administrator": ADMINISTRATOR}
CLOSED = {("report: reviews", "officer")}

# Name of a line in the table → the page, the login that reads, and the addresses.
PAGES = {name: (name, ANONYMOUS, addresses) for name, addresses in PUBLIC.items()} | {
    f"{name}, {reader}": (name, login, addresses)
    for name, addresses in STAFF.items()
    for reader, login in READERS.items()
    if (name, reader) not in CLOSED
}
