"""What the server lets its user do with our tables: it is asked, nothing is tried."""

from dataclasses import dataclass

from bot.errors import SettingsError
from bot.store.postgres.driver import Session

OUR_TABLES = (
    "daily_count",
    "media_file",
    "occurrence",
    "plan",
    "schema_version",
    "seal_key",
    "seen_update",
    "subscriber",
    "worker",
    "zone_data",
)
# of those that are there; schema_version is written only by who makes the tables
RIGHTS = """
    SELECT quote_ident(current_schema()),
           coalesce(has_schema_privilege(current_schema(), 'CREATE'), false),
           coalesce(bool_and(has_table_privilege(oid, 'SELECT')
                             AND (relname = 'schema_version'
                                  OR has_table_privilege(oid, 'INSERT')
                                     AND has_table_privilege(oid, 'UPDATE')
                                     AND has_table_privilege(oid, 'DELETE'))), true),
           coalesce(bool_and(pg_has_role(relowner, 'USAGE')), true),
           current_setting('transaction_read_only') = 'on',
           pg_is_in_recovery()
      FROM pg_class
     WHERE relkind IN ('r', 'p') AND relnamespace = CAST(current_schema() AS regnamespace)
       AND relname = ANY(CAST($1 AS text[]))
"""


@dataclass(frozen=True, slots=True)
class Rights:
    """What one user may do.

    Attributes:
        schema: The one that is used, as SQL writes it; None: there is none, or it is closed to us.
        creates: Tables may be made in it.
        writes: All our tables that are there may be read and written.
        owns: They may be changed, as a step of the schema does.
        read_only: Nothing is written now, whatever may be.
        standby: Nothing is, for the server follows another one.
    """

    schema: str | None
    creates: bool
    writes: bool
    owns: bool
    read_only: bool
    standby: bool

    def lacking_for_work(self) -> SettingsError | None:
        """Return why no bot can work with the tables that are there."""
        if self.schema is None:
            return SettingsError(
                "The database has no such schema, or lets its user into none.",
                "create the one that search_path names, and: GRANT USAGE ON SCHEMA ... TO ...",
            )
        if not self.writes:
            return SettingsError(
                "The database does not let its user write its tables.",
                "name their owner in BOT_DATABASE_URL, or: GRANT SELECT, INSERT, UPDATE, DELETE "
                f"ON ALL TABLES IN SCHEMA {self.schema} TO ...",
            )
        return None

    def lacking_for_steps(self) -> SettingsError | None:
        """Return why no bot can make tables, or bring those that are there to its version."""
        if not self.owns:
            return SettingsError(
                "The database has to be brought to a new version, and its user does not own its tables.",
                "start the bot once with their owner in BOT_DATABASE_URL.",
            )
        if not self.creates:
            return SettingsError(
                "The database does not let its user create tables.",
                "make that user the database's owner, or: "
                f"GRANT CREATE ON SCHEMA {self.schema} TO ...",
            )
        return None


async def rights_of(session: Session) -> Rights:
    """Ask the server; errors are the library's."""
    (row,) = await session.fetch(RIGHTS, OUR_TABLES)
    return Rights(*row)
