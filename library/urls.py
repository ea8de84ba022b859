"""The map of the site on one screen: Vietnamese at the root, English under /en/."""

from allauth.socialaccount.providers.openid_connect import views as outside
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from library.accounts.security.sign_in import StaffSignIn
from library.accounts.sign_in_again import sign_in_again
from library.frame.reading import reading_takes_no_lock
from library.frame.save_data import toggle
from library.health import healthz, readyz
from library.offline.views import worker_script
from library.operations.metrics import metrics

handler400 = "library.frame.refusals.bad_request"
handler429 = "library.request_limits.middleware.too_often"  # django-allauth's own limits

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    *decorate_urlpatterns(
        [
            path("admin/login/", StaffSignIn.as_view()),  # before Wagtail's own, which knows no second step
            path("admin/sign-in-again/", sign_in_again, name="sign-in-again"),  # before Wagtail's addresses, which want a sign-in
            path("admin/", include("library.cataloguing.review.reports")),  # before Wagtail's own reports, which know no office
            path("admin/", include(wagtailadmin_urls)),
        ],
        reading_takes_no_lock,
    ),
    path("sw.js", worker_script, name="worker"),
    path("tiet-kiem/", toggle, name="save-data"),
    path("tai-khoan/dich-vu/<slug:provider_id>/", outside.login, name="openid_connect_login"),
    path("tai-khoan/dich-vu/<slug:provider_id>/ve/", outside.callback, name="openid_connect_callback"),  # one address in all languages
    path("tep/", include("media_pipeline.urls")),
]
urlpatterns += i18n_patterns(
    path("", include("library.pages.urls")),
    path("", include("library.offline.urls")),
    path("", include("search.urls")),
    path("", include("library.accounts.urls")),
    path("", include("library.packs.urls")),
    path("", include("library.bulletins.urls")),
    path("", include("library.curation.urls")),
    prefix_default_language=False,
)
