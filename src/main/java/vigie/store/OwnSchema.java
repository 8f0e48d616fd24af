package vigie.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Vigie's own schema on the server of Home Assistant's database: made and brought up to date where
 * the account may, told in words where not. Nothing here touches Home Assistant's schema.
 *
 * <p>All methods may be called by any thread and by several programs at once.
 */
public final class OwnSchema {
    /** Its name where {@code VIGIE_DB_URL} names no other. */
    public static final String DEFAULT_NAME = "vigie";

    private static final Logger LOG = LoggerFactory.getLogger(OwnSchema.class);

    private static final int NO_ACCESS_TO_SCHEMA = 1044;
    private static final int NO_SCHEMA = 1049;
    private static final int NO_RIGHT_ON_TABLE = 1142;
    private static final int NO_RIGHT_ON_COLUMN = 1143;
    private static final int NO_TABLE = 1146;
    private static final int NO_RIGHT = 1227;

    /** Less than the silence after which a connection counts as lost. */
    private static final int LOCK_PATIENCE_SECONDS = 45;

    private OwnSchema() {}

    /** What may be done with the schema. */
    public sealed interface Access {
        /** What is in the way, and what would help; empty when nothing is. */
        Optional<Sentence> obstacle();
    }

    /**
     * It is there, as this program knows it, and may be written.
     *
     * @param address where
     * @param version of its tables
     */
    public record Usable(DatabaseAddress address, int version) implements Access {
        @Override
        public Optional<Sentence> obstacle() {
            return Optional.empty();
        }
    }

    /**
     * The account lacks rights; all that needs no table of Vigie's own works.
     *
     * @param address where, and as whom
     * @param missing the statements that an administrator runs there, for exactly the account that
     *     the server took the login for
     */
    public record NotPermitted(DatabaseAddress address, List<String> missing) implements Access {
        public NotPermitted {
            missing = List.copyOf(missing);
        }

        @Override
        public Optional<Sentence> obstacle() {
            return Optional.of(
                    Sentence.of(
                            "store.own.notPermitted",
                            address.shownHosts(),
                            address.user(),
                            address.schema(),
                            String.join("; ", missing) + ";"));
        }
    }

    /**
     * A newer Vigie has made its tables: this one may read what it knows of them and writes
     * nothing.
     *
     * @param version theirs
     * @param known the newest that this program knows
     */
    public record Newer(DatabaseAddress address, int version, int known) implements Access {
        @Override
        public Optional<Sentence> obstacle() {
            return Optional.of(
                    Sentence.of(
                            "store.own.newer",
                            address.shownHosts(),
                            address.schema(),
                            version,
                            known));
        }
    }

    /**
     * The server is away, takes no writes now, or holds something else under that name; {@code
     * PASSING} when a later try may succeed by itself.
     */
    public record Unavailable(DatabaseAddress address, Fault fault) implements Access {
        @Override
        public Optional<Sentence> obstacle() {
            return Optional.of(fault.sentence());
        }
    }

    /** The version of the tables that this program makes, the newest that it writes. */
    public static int known() {
        return Migrations.NEWEST;
    }

    /**
     * Looks at the schema, makes it where it is missing and brings it to the version of this
     * program, after a copy of the small tables ({@link SchemaBackup}). Where nothing is to be done
     * it writes nothing. Blocks for as long as the server takes, in general some milliseconds, and
     * half a second when tables are made; while another console does that, until it is done.
     *
     * @param own as {@link DatabaseAddress#own} gives it
     */
    public static Access open(DatabaseAddress own) {
        return open(own, Migrations.KNOWN);
    }

    static Access open(DatabaseAddress own, Migrations migrations) {
        // Every account may enter this schema, also while Vigie's own does not exist.
        Connector door = new Connector(own.withSchema("information_schema"));
        try {
            Connector.At at = door.writable();
            try (Connection connection = at.connection()) {
                return open(own, at.host(), connection, migrations);
            }
        } catch (SQLException failed) {
            return new Unavailable(own, DatabaseFaults.of(failed, own));
        }
    }

    private static Access open(
            DatabaseAddress own, HostPort host, Connection connection, Migrations migrations)
            throws SQLException {
        try {
            if (!enter(connection, own.schema())) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(
                            "CREATE DATABASE IF NOT EXISTS "
                                    + Accounts.name(own.schema())
                                    + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
                    LOG.info("schema {} made on {}", own.schema(), host);
                }
                connection.setCatalog(own.schema());
            }
            History history = history(connection);
            if (history.needs(migrations)) {
                history = migrate(own, host, connection, migrations);
            }
            if (history.version > migrations.newest()) {
                return new Newer(own, history.version, migrations.newest());
            }
            tryWriting(connection);
            return new Usable(own, migrations.newest());
        } catch (SQLException failed) {
            if (isRefusal(failed)) {
                return new NotPermitted(
                        own, Accounts.ownSchemaGrants(account(connection), own.schema()));
            }
            throw failed;
        } catch (SchemaBackup.NotMade notMade) {
            return isRefusal(notMade.reason())
                    ? new NotPermitted(
                            own, Accounts.ownSchemaGrants(account(connection), own.schema()))
                    : new Unavailable(own, notMade.fault(own));
        } catch (Busy busy) {
            return new Unavailable(
                    own,
                    new Fault(
                            Fault.Kind.PASSING,
                            Sentence.of("store.own.busy", own.shownHosts(), own.schema()),
                            "another process brings the schema up to date",
                            busy));
        } catch (Migrations.Foreign foreign) {
            return new Unavailable(
                    own,
                    new Fault(
                            Fault.Kind.BLOCKED,
                            Sentence.of("store.own.foreign", own.shownHosts(), own.schema()),
                            "the schema holds what Vigie's migrations have not made",
                            foreign));
        }
    }

    /**
     * Brings the schema up to date, one process at a time: whoever comes second finds it done.
     * Flyway has a lock of its own, but takes it for each migration alone and has none for the copy
     * before them.
     *
     * @return the history as it is then; a newer program may have been first
     */
    private static History migrate(
            DatabaseAddress own, HostPort host, Connection connection, Migrations migrations)
            throws SQLException, SchemaBackup.NotMade, Busy, Migrations.Foreign {
        try (Statement statement = connection.createStatement()) {
            // It is silent while Flyway works on another one, and must not be taken for dead.
            statement.execute("SET SESSION wait_timeout=28800");
        }
        String lock = lockName(own.schema());
        try (PreparedStatement question = connection.prepareStatement("SELECT GET_LOCK(?,?)")) {
            question.setString(1, lock);
            question.setInt(2, LOCK_PATIENCE_SECONDS);
            try (ResultSet row = question.executeQuery()) {
                if (!row.next() || row.getInt(1) != 1) {
                    throw new Busy();
                }
            }
        }
        // Given back with the connection, which the caller closes, and where this process dies.
        History history = history(connection);
        if (!history.needs(migrations)) {
            return history;
        }
        SchemaBackup backup = new SchemaBackup(connection, own.schema(), history.version);
        if (history.version > 0) {
            backup.make(history.isBroken(migrations));
        }
        migrations.run(Connector.patient(own.at(host)), own.schema(), history.isBroken(migrations));
        sendOffDuty(connection);
        backup.tidy();
        LOG.info(
                "schema {} brought from version {} to {}",
                own.schema(),
                history.version,
                migrations.newest());
        return new History(migrations.newest(), 0);
    }

    /** At most 64 characters, whatever the schema is called; compared without regard to case. */
    private static String lockName(String schema) {
        return "vigie.schema." + UUID.nameUUIDFromBytes(schema.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A process that is on duty looked at the schema when it began, and may be an older one: with a
     * new epoch nothing that it still writes is kept, and it looks again.
     */
    private static void sendOffDuty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE duty SET epoch=epoch+1 WHERE id=1");
        }
    }

    /** Another process is at it, longer than one waits for it. */
    private static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * False where there is no such schema; the server says so also to an account without rights on
     * it, which then learns by making it.
     */
    private static boolean enter(Connection connection, String schema) throws SQLException {
        try {
            connection.setCatalog(schema);
            return true;
        } catch (SQLException failed) {
            if (failed.getErrorCode() == NO_SCHEMA) {
                return false;
            }
            throw failed;
        }
    }

    /**
     * @param version the newest that was run whole; 0 for none
     * @param broken the first that was broken off; 0 for none
     */
    private record History(int version, int broken) {
        /** Whether there is something to do that these migrations may do. */
        boolean needs(Migrations migrations) {
            return version < migrations.newest() || isBroken(migrations);
        }

        /** What a newer program broke off is its to repair. */
        boolean isBroken(Migrations migrations) {
            return broken > 0 && broken <= migrations.newest();
        }
    }

    private static History history(Connection connection) throws SQLException {
        int version = 0;
        int broken = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT version, success FROM " + Migrations.HISTORY)) {
            while (rows.next()) {
                int its = version(rows.getString(1));
                if (rows.getBoolean(2)) {
                    version = Math.max(version, its);
                } else {
                    broken = broken == 0 ? its : Math.min(broken, its);
                }
            }
        } catch (SQLException failed) {
            if (failed.getErrorCode() != NO_TABLE) {
                throw failed;
            }
        }
        return new History(version, broken);
    }

    /** Ours are whole numbers; of a form that is not ours only its first number is compared. */
    private static int version(@org.jspecify.annotations.Nullable String text) {
        String digits = text == null ? "" : text.replaceAll("\\D.*", "");
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }

    /** Statements that change nothing and need the rights of those that do; nothing is logged. */
    private static void tryWriting(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("heartbeat", "duty", "`position`")) {
                statement.execute("INSERT INTO " + table + " SELECT * FROM " + table + " LIMIT 0");
                String key = table.contains("position") ? "consumer" : "id";
                statement.execute("UPDATE " + table + " SET epoch=epoch WHERE " + key + " IS NULL");
                statement.execute("DELETE FROM " + table + " WHERE " + key + " IS NULL");
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static boolean isRefusal(SQLException failed) {
        return switch (failed.getErrorCode()) {
            case NO_ACCESS_TO_SCHEMA, NO_RIGHT_ON_TABLE, NO_RIGHT_ON_COLUMN, NO_RIGHT -> true;
            default -> false;
        };
    }

    /** The account that the server took the login for, which may be a pattern of hosts. */
    private static String account(Connection connection) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement("SELECT CURRENT_USER()");
                ResultSet row = question.executeQuery()) {
            row.next();
            String account = String.valueOf(row.getString(1));
            int at = account.lastIndexOf('@');
            return at < 0
                    ? Accounts.account(account, "%")
                    : Accounts.account(
                            account.substring(0, at),
                            account.substring(at + 1).toLowerCase(Locale.ROOT));
        }
    }
}
