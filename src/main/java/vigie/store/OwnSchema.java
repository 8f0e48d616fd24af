package vigie.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    /**
     * Looks at the schema, makes it where it is missing and brings it to the version of this
     * program. Where nothing is to be done it writes nothing. Blocks for as long as the server
     * takes, in general some milliseconds, and half a second when tables are made.
     *
     * @param own as {@link DatabaseAddress#own} gives it
     */
    public static Access open(DatabaseAddress own) {
        // Every account may enter this schema, also while Vigie's own does not exist.
        Connector door = new Connector(own.withSchema("information_schema"));
        try {
            Connector.At at = door.writable();
            try (Connection connection = at.connection()) {
                return open(own, at.host(), connection);
            }
        } catch (SQLException failed) {
            return new Unavailable(own, DatabaseFaults.of(failed, own));
        }
    }

    private static Access open(DatabaseAddress own, HostPort host, Connection connection)
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
            if (history.version > Migrations.NEWEST) {
                return new Newer(own, history.version, Migrations.NEWEST);
            }
            if (history.broken || history.version < Migrations.NEWEST) {
                Migrations.run(new Connector(own.at(host)), own.schema(), history.broken);
                LOG.info(
                        "schema {} brought from version {} to {}",
                        own.schema(),
                        history.version,
                        Migrations.NEWEST);
            }
            tryWriting(connection);
            return new Usable(own, Migrations.NEWEST);
        } catch (SQLException failed) {
            if (isRefusal(failed)) {
                return new NotPermitted(
                        own, Accounts.ownSchemaGrants(account(connection), own.schema()));
            }
            throw failed;
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
     * @param broken whether one was broken off
     */
    private record History(int version, boolean broken) {}

    private static History history(Connection connection) throws SQLException {
        int version = 0;
        boolean broken = false;
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT version, success FROM " + Migrations.HISTORY)) {
            while (rows.next()) {
                String text = rows.getString(1);
                if (rows.getBoolean(2)) {
                    version = Math.max(version, version(text));
                } else {
                    broken = true;
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
