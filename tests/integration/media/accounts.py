"""The accounts as the pipeline alone knows them: their tables, without what listens to sign-ins."""

from library.accounts.apps import AccountsConfig


class TablesOfAccounts(AccountsConfig):
    def ready(self) -> None:
        """Connects nothing: the packages of signing in are not installed here."""
