"""How static files are stored for readers: hashed names that may be kept for ever, also where one of our modules imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with the imports of our own modules (js/) rewritten to the hashed names.

    Django can do so for every script of every package (``support_js_module_import_aggregation``); it is asked for ours only,
    since it reads scripts with regular expressions and stops at an import that it cannot follow.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )
