package vigie.recorder;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The recorder's tables as a database has them.
 *
 * @param name the database that holds them, spelled as in the binlog
 * @param version {@code schema_changes.schema_version}
 * @param shapes the columns of each table
 * @param hasNewestIndex whether {@code ix_states_metadata_id_last_updated_ts} is there
 * @param hasTimeIndex whether {@code ix_states_last_updated_ts} is there
 */
public record RecorderSchema(
        String name,
        int version,
        Map<RecorderTable, TableShape> shapes,
        boolean hasNewestIndex,
        boolean hasTimeIndex) {
    /** The oldest version whose rows we read: the first with {@code last_reported_ts}. */
    public static final int OLDEST = 43;

    /** The newest version that we have seen. */
    public static final int NEWEST_KNOWN = 53;

    static final String NEWEST_INDEX = "ix_states_metadata_id_last_updated_ts";
    static final String TIME_INDEX = "ix_states_last_updated_ts";

    static final int NO_SUCH_TABLE = 1146;
    static final int TABLE_DENIED = 1142;
    static final int COLUMN_DENIED = 1143;
    static final int NO_SUCH_COLUMN = 1054;
    private static final int DATABASE_DENIED = 1044;
    private static final int NO_DATABASE = 1046;

    public RecorderSchema {
        shapes = Map.copyOf(shapes);
    }

    /** One that has both indexes on times or neither. */
    public RecorderSchema(
            String name, int version, Map<RecorderTable, TableShape> shapes, boolean hasIndexes) {
        this(name, version, shapes, hasIndexes, hasIndexes);
    }

    /** Whether the version is newer than any that we know: read, with a warning. */
    public boolean isNewerThanKnown() {
        return version > NEWEST_KNOWN;
    }

    /**
     * Reads the tables' columns and version in the connection's database.
     *
     * @throws Fault where these are not the tables of a recorder that we can read
     */
    public static RecorderSchema read(Connection connection) throws SQLException, Fault {
        String name = database(connection);
        probe(connection, name);
        Map<RecorderTable, TableShape> shapes = shapes(connection);
        for (RecorderTable table : RecorderTable.values()) {
            if (table.isOptional()) {
                continue;
            }
            TableShape shape = shapes.get(table);
            List<String> names = shape == null ? List.of() : shape.names();
            List<String> absent =
                    table.neededColumns().stream().filter(c -> !names.contains(c)).toList();
            if (!absent.isEmpty()) {
                String missing = table.sqlName() + "." + absent.getFirst();
                throw new Fault(
                        Fault.Kind.BLOCKED,
                        Sentence.of("recorder.unknown-shape", name, missing),
                        "no column " + missing + " in " + name);
            }
        }
        int version = version(connection);
        if (version < OLDEST) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of(
                            "recorder.too-old",
                            name,
                            Integer.toString(version),
                            Integer.toString(OLDEST)),
                    "recorder schema " + version + " in " + name);
        }
        return new RecorderSchema(
                name,
                version,
                shapes,
                hasIndex(connection, NEWEST_INDEX),
                hasIndex(connection, TIME_INDEX));
    }

    /** The columns of the recorder's tables in the connection's database, as they are now. */
    public static Map<RecorderTable, TableShape> shapes(Connection connection) throws SQLException {
        Map<RecorderTable, List<TableShape.Column>> columns = new EnumMap<>(RecorderTable.class);
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT table_name, column_name, data_type"
                                        + " FROM information_schema.columns"
                                        + " WHERE table_schema = DATABASE() AND table_name IN"
                                        + " ('states','states_meta','state_attributes','schema_changes','recorder_runs')"
                                        + " ORDER BY table_name, ordinal_position")) {
            while (rows.next()) {
                RecorderTable table = RecorderTable.named(rows.getString(1));
                if (table != null) {
                    columns.computeIfAbsent(table, _ -> new ArrayList<>())
                            .add(new TableShape.Column(rows.getString(2), rows.getString(3)));
                }
            }
        }
        Map<RecorderTable, TableShape> shapes = new EnumMap<>(RecorderTable.class);
        columns.forEach((table, list) -> shapes.put(table, new TableShape(list)));
        return shapes;
    }

    private static String database(Connection connection) throws SQLException, Fault {
        return one(
                        connection,
                        "SELECT schema_name FROM information_schema.schemata"
                                + " WHERE schema_name = DATABASE()")
                .orElseThrow(() ->
                        new Fault(
                                Fault.Kind.BLOCKED,
                                Sentence.of("recorder.no-database"),
                                "no database selected or no such database"));
    }

    /** Tells a table that is not there from one that we may not read. */
    private static void probe(Connection connection, String name) throws SQLException, Fault {
        for (RecorderTable table : RecorderTable.values()) {
            if (table.isOptional()) {
                continue;
            }
            try (Statement statement = connection.createStatement()) {
                statement.executeQuery("SELECT * FROM " + table.sqlName() + " LIMIT 0").close();
            } catch (SQLException refused) {
                switch (refused.getErrorCode()) {
                    case NO_SUCH_TABLE ->
                            throw new Fault(
                                    Fault.Kind.BLOCKED,
                                    Sentence.of("recorder.no-table", name, table.sqlName()),
                                    "no table " + table.sqlName() + " in " + name,
                                    refused);
                    case TABLE_DENIED, COLUMN_DENIED, DATABASE_DENIED, NO_DATABASE ->
                            throw new Fault(
                                    Fault.Kind.BLOCKED,
                                    Sentence.of("recorder.denied", name, account(connection)),
                                    "no SELECT on " + name + "." + table.sqlName(),
                                    refused);
                    default -> throw refused;
                }
            }
        }
    }

    /** The account as it is written in a GRANT. */
    public static String account(Connection connection) throws SQLException {
        String user = one(connection, "SELECT CURRENT_USER()").orElse("");
        int at = user.lastIndexOf('@');
        return at < 0
                ? "'" + user + "'"
                : "'" + user.substring(0, at) + "'@'" + user.substring(at + 1) + "'";
    }

    private static int version(Connection connection) throws SQLException {
        return one(
                        connection,
                        "SELECT schema_version FROM schema_changes ORDER BY change_id DESC LIMIT 1")
                .map(Integer::parseInt)
                .orElse(0);
    }

    private static boolean hasIndex(Connection connection, String index) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT 1 FROM information_schema.statistics WHERE table_schema ="
                                + " DATABASE() AND table_name = 'states' AND index_name = ?"
                                + " LIMIT 1")) {
            statement.setString(1, index);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static Optional<String> one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }
}
