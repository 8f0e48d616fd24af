package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.recorder.RecorderSchema;
import vigie.store.Connections;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * One asker's way to the tables: a borrowed connection to Home Assistant's database and, where the
 * archive may be read, one to Vigie's own schema (the same where one account may read both). Every
 * statement may be cancelled through the work and ends by itself after a while.
 */
final class Link implements AutoCloseable {
    /** A question that takes longer is a mistake of ours or of the server's. */
    private static final int LONGEST_SECONDS = 30;

    private static final int TABLE_DENIED = 1142;
    private static final int SCHEMA_DENIED = 1044;
    private static final int NO_TABLE = 1146;
    private static final int NO_SCHEMA = 1049;
    private static final int NO_COLUMN = 1054;

    /** What is bound and read. */
    @FunctionalInterface
    interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** One row. */
    @FunctionalInterface
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private final Connection recorder;
    private final Connection own;
    private final boolean shared;
    private final String ownSchema;
    private final RecorderSchema schema;
    private final Work work;
    private final @Nullable ArchiveState archive;

    private Link(
            Connection recorder,
            Connection own,
            boolean shared,
            String ownSchema,
            RecorderSchema schema,
            Work work,
            @Nullable ArchiveState archive) {
        this.recorder = recorder;
        this.own = own;
        this.shared = shared;
        this.ownSchema = ownSchema;
        this.schema = schema;
        this.work = work;
        this.archive = archive;
    }

    /**
     * @param shared whether both ways lead through one account, so that one connection does
     * @param known the recorder's schema where it is known already
     */
    static Link open(
            Connections recorderWay,
            Connections ownWay,
            boolean shared,
            String ownSchema,
            @Nullable RecorderSchema known,
            Work work)
            throws Fault, SQLException {
        Connection recorder = recorderWay.borrow();
        Connection apart = null;
        boolean done = false;
        try {
            apart = shared ? null : apart(ownWay);
            Connection own = apart == null ? recorder : apart;
            RecorderSchema schema = known == null ? RecorderSchema.read(recorder) : known;
            boolean one = apart == null;
            var bare = new Link(recorder, own, one, ownSchema, schema, work, null);
            Link link = new Link(recorder, own, one, ownSchema, schema, work, bare.readArchive());
            done = true;
            return link;
        } finally {
            if (!done) {
                recorder.close();
                if (apart != null) {
                    apart.close();
                }
            }
        }
    }

    /** Where there is no such schema or account, Home Assistant's tables answer alone. */
    private static @Nullable Connection apart(Connections way) throws Fault {
        try {
            return way.borrow();
        } catch (Fault refused) {
            if (refused.kind() == Fault.Kind.BLOCKED) {
                return null;
            }
            throw refused;
        }
    }

    private @Nullable ArchiveState readArchive() throws SQLException {
        ArchiveState[] found = {null};
        try {
            askOwn(
                    "SELECT complete_from_us, rolled_from_us, rolled_to_us, expired_to_us, fill_next"
                            + " FROM "
                            + own("archive")
                            + " WHERE recorder = ? AND complete_from_us IS NOT NULL",
                    statement -> statement.setString(1, schema.name()),
                    row -> found[0] = ArchiveState.of(row));
        } catch (SQLException failed) {
            if (!isMissing(failed)) {
                throw failed;
            }
        }
        return found[0];
    }

    /**
     * Whether the answer means that there is no archive, or none for us: a newer Vigie may have
     * made it otherwise.
     */
    static boolean isMissing(SQLException failed) {
        return switch (failed.getErrorCode()) {
            case TABLE_DENIED, SCHEMA_DENIED, NO_TABLE, NO_SCHEMA, NO_COLUMN -> true;
            default -> false;
        };
    }

    /** How far the archive goes; empty where there is none for this database. */
    Optional<ArchiveState> archive() {
        return Optional.ofNullable(archive);
    }

    RecorderSchema schema() {
        return schema;
    }

    Work work() {
        return work;
    }

    /** The connection to Home Assistant's database, for readers of {@code vigie.recorder}. */
    Connection recorder() {
        return recorder;
    }

    /** A table of Vigie's own schema, for {@link #askOwn}. */
    String own(String table) {
        return "`" + ownSchema.replace("`", "``") + "`." + table;
    }

    /**
     * From here on until it is closed every answer is of one moment, whatever is purged meanwhile.
     * Of two servers' connections the archive's moment is the later one: what was purged before the
     * first is archived by the second.
     */
    void holdStill() throws SQLException {
        holdStill(recorder);
        if (!shared) {
            holdStill(own);
        }
    }

    private static void holdStill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        }
    }

    /** Asks Home Assistant's tables. */
    void ask(String sql, Binding binding, Row row) throws SQLException {
        ask(recorder, sql, binding, row);
    }

    /** Asks Vigie's own tables; only where there is an {@link #archive}. */
    void askOwn(String sql, Binding binding, Row row) throws SQLException {
        ask(own, sql, binding, row);
    }

    private void ask(Connection connection, String sql, Binding binding, Row row)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SET STATEMENT max_statement_time=" + LONGEST_SECONDS + " FOR " + sql)) {
            statement.setFetchSize(10_000);
            binding.bind(statement);
            work.begins(statement);
            try (ResultSet rows = statement.executeQuery()) {
                int count = 0;
                while (rows.next()) {
                    row.read(rows);
                    if ((++count & 0xfff) == 0) {
                        work.check();
                    }
                }
            } catch (SQLException failed) {
                // What a killed statement says is no failure.
                work.check();
                throw failed;
            } finally {
                work.ended(statement);
            }
        }
    }

    /** Gives the connections back. */
    @Override
    public void close() throws SQLException {
        try {
            if (!shared) {
                own.close();
            }
        } finally {
            recorder.close();
        }
    }
}
