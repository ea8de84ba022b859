"""Which signals the log listens to. Importing this connects them."""

from allauth.mfa import signals as factors
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from wagtail.models import ModelLogEntry, PageLogEntry

from . import addresses, sign_ins

for _model in (ModelLogEntry, PageLogEntry):
    post_save.connect(addresses.note_address, sender=_model)

user_logged_in.connect(sign_ins.signed_in)
user_logged_out.connect(sign_ins.signed_out)
user_login_failed.connect(sign_ins.refused)
user_locked_out.connect(sign_ins.locked_out)
factors.authenticator_added.connect(sign_ins.factor_added)
factors.authenticator_removed.connect(sign_ins.factor_removed)
factors.authenticator_reset.connect(sign_ins.codes_made)
