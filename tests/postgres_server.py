"""The PostgreSQL server of a test run, as tests see it."""

from dataclasses import dataclass

import psycopg


@dataclass(frozen=True)
class Server:
    """The run's PostgreSQL. `template` is a migrated database that new ones are copied from."""

    url: str
    template: str = "template_satyasell"

    def address(self, name: str) -> str:
        """The URL of the database called `name`."""
        return self.url.replace("/satyasell?", f"/{name}?")

    def execute(self, statement: str) -> None:
        """Run one statement outside of any of the tests' databases."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())

    def copy(self, name: str) -> str:
        """Make a migrated, empty database called `name`, in some 50 ms, and return its URL."""
        self.execute(f"CREATE DATABASE {name} TEMPLATE {self.template} STRATEGY file_copy")
        return self.address(name)
