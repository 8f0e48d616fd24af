package vigie.simulator;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Home Assistant's tables, schema 53, and the question whose they are.
 *
 * <p>A database of the simulator is known by the <em>comment</em> of its table {@code
 * schema_changes}. So its tables and columns are exactly Home Assistant's, and no program that
 * reads them meets anything unknown. A database whose filling was broken off has the comment but no
 * row in {@code schema_changes}: it is emptied and filled anew.
 */
final class Schema {
    /** The version written to {@code schema_changes}. */
    static final int VERSION = 53;

    /** The comment by which the simulator knows its own. */
    static final String MARK = "written by vigie simulate";

    private static final String DDL = "home-assistant-schema-53.sql";

    private Schema() {}

    /** What stands in a database. */
    enum Found {
        /** Nothing. */
        EMPTY,
        /** The simulator's, complete. */
        OURS,
        /** The simulator's, broken off while it was filled. */
        BROKEN_OFF
    }

    /**
     * Looks at the connection's database.
     *
     * @throws Fault where it holds tables that are not the simulator's
     */
    static Found look(Connection connection) throws SQLException, Fault {
        List<String> tables = new ArrayList<>();
        boolean ours = false;
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT table_name, table_comment FROM information_schema.tables"
                                        + " WHERE table_schema = DATABASE()")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
                ours |=
                        rows.getString(1).equals("schema_changes")
                                && rows.getString(2).equals(MARK);
            }
        }
        if (tables.isEmpty()) {
            return Found.EMPTY;
        }
        if (!ours) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("simulator.not-ours", database(connection), tables.size()),
                    "the database holds tables that are not the simulator's: " + tables);
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM schema_changes LIMIT 1")) {
            return rows.next() ? Found.OURS : Found.BROKEN_OFF;
        }
    }

    /**
     * Whether the connection's database is one of the simulator's and whole.
     *
     * @throws Fault where it holds tables that are not the simulator's
     */
    static boolean isComplete(Connection connection) throws SQLException, Fault {
        return switch (look(connection)) {
            case OURS -> true;
            case EMPTY, BROKEN_OFF -> false;
        };
    }

    /** Creates the tables; what a broken-off filling left is removed first. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> created = new ArrayList<>();
            for (String create : statements()) {
                created.add(create.replaceFirst("(?s)^CREATE TABLE (\\w+).*$", "$1"));
            }
            statement.execute("SET foreign_key_checks = 0");
            for (String table : created.reversed()) {
                // The marked table last, so that a second break leaves the mark.
                statement.execute("DROP TABLE IF EXISTS " + table);
            }
            statement.execute("SET foreign_key_checks = 1");
            for (String create : statements()) {
                statement.execute(create);
            }
        }
    }

    /** Says that the database is complete. */
    static void complete(Connection connection, String utcNow) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO schema_changes (schema_version, changed) VALUES (?, ?)")) {
            statement.setInt(1, VERSION);
            statement.setString(2, utcNow);
            statement.executeUpdate();
        }
    }

    private static String database(Connection connection) throws SQLException {
        String name = connection.getCatalog();
        return name == null ? "" : name;
    }

    /** The CREATE TABLE statements, {@code schema_changes} first. */
    private static List<String> statements() {
        try (InputStream stream = Schema.class.getResourceAsStream(DDL)) {
            if (stream == null) {
                throw new IllegalStateException("missing resource " + DDL);
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            List<String> statements = new ArrayList<>();
            for (String part : text.replaceAll("(?m)--.*$", "").split(";")) {
                if (!part.isBlank()) {
                    statements.add(part.strip());
                }
            }
            return statements;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
