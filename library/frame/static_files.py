"""The storage of static files: hashed names, which browsers may cache for ever, also in the imports of our own modules."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with the imports of our own modules (js/) rewritten to the hashed names.

    Django can do so for every script of every package (``support_js_module_import_aggregation``); here it is used for our own scripts
    only, because it reads scripts with regular expressions and fails at an import that it cannot resolve.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )
