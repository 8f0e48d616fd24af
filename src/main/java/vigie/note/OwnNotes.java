package vigie.note;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Notes in Vigie's own schema, where every console reads them. Any thread. */
final class OwnNotes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnNotes.class);

    private static final int NO_ACCESS_TO_SCHEMA = 1044;
    private static final int NO_SCHEMA = 1049;
    private static final int NO_RIGHT_ON_TABLE = 1142;
    private static final int NO_TABLE = 1146;
    private static final int NO_COLUMN = 1054;

    /** What takes longer is a mistake of ours or of the server's. */
    private static final int LONGEST_SECONDS = 30;

    private static final int UUID_BYTES = 16;

    private final Connections connections;
    private final String table;
    private final String recorder;

    /**
     * @param own Vigie's own schema
     * @param recorder Home Assistant's schema, which the notes are about
     */
    OwnNotes(DatabaseAddress own, String recorder) {
        // Every account may enter this schema, also one without rights on Vigie's own.
        connections = new Connections(own.withSchema("information_schema"), "vigie-note");
        table = "`" + own.schema().replace("`", "``") + "`.note";
        this.recorder = recorder;
    }

    /**
     * Writes one in one transaction.
     *
     * @return with the database's time
     */
    Note keep(Note note) throws Fault {
        try (Connection connection = connections.writable()) {
            connection.setAutoCommit(false);
            insert(connection, note);
            Note kept = find(connection, note.id()).orElseThrow();
            commit(connection, note);
            return kept;
        } catch (SQLException failed) {
            throw connections.fault(failed);
        }
    }

    /** A connection that breaks in the commit says nothing of its end: the table does. */
    private void commit(Connection connection, Note note) throws Fault {
        try {
            connection.commit();
        } catch (SQLException broken) {
            LOG.info("the commit of a note was not answered", broken);
            boolean kept;
            try (Connection other = connections.writable()) {
                kept = find(other, note.id()).isPresent();
            } catch (SQLException | Fault still) {
                throw new Fault(
                        Fault.Kind.PASSING,
                        Sentence.of("note.uncertain", connections.address().shownHosts()),
                        "whether a note was kept is not known",
                        broken);
            }
            if (!kept) {
                throw connections.fault(broken);
            }
        }
    }

    private void insert(Connection connection, Note note) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO "
                                + table
                                + " (id, recorder, at_us, written_at, author, text, element)"
                                + " VALUES (?, ?, ?, UTC_TIMESTAMP(6), ?, ?, ?)")) {
            insert.setQueryTimeout(LONGEST_SECONDS);
            insert.setBytes(1, bytes(note.id()));
            insert.setString(2, recorder);
            insert.setLong(3, micros(note.at()));
            insert.setString(4, note.author());
            insert.setString(5, note.text());
            if (note.element().isPresent()) {
                insert.setString(6, note.element().get());
            } else {
                insert.setNull(6, Types.VARCHAR);
            }
            insert.executeUpdate();
        }
    }

    /** What is asked for all notes. */
    private String select() {
        return "SELECT id, at_us, written_at, author, text, element FROM " + table;
    }

    private Optional<Note> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(select() + " WHERE id = ?")) {
            question.setQueryTimeout(LONGEST_SECONDS);
            question.setBytes(1, bytes(id));
            try (ResultSet row = question.executeQuery()) {
                return row.next() ? Optional.of(note(row)) : Optional.empty();
            }
        }
    }

    /** Empty also where there is no such table, or none for this account or this Vigie. */
    List<Note> between(Instant from, Instant to) throws Fault {
        List<Note> found = new ArrayList<>();
        try (Connection connection = connections.single();
                PreparedStatement question =
                        connection.prepareStatement(
                                select()
                                        + " WHERE recorder = ? AND at_us >= ? AND at_us <= ?"
                                        + " ORDER BY at_us, written_at, id")) {
            question.setQueryTimeout(LONGEST_SECONDS);
            question.setString(1, recorder);
            question.setLong(2, micros(from));
            question.setLong(3, micros(to));
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    found.add(note(rows));
                }
            }
        } catch (SQLException failed) {
            return switch (failed.getErrorCode()) {
                case NO_ACCESS_TO_SCHEMA, NO_SCHEMA, NO_RIGHT_ON_TABLE, NO_TABLE, NO_COLUMN ->
                        List.of();
                default -> throw connections.fault(failed);
            };
        } catch (Fault fault) {
            if (fault.kind() == Fault.Kind.BLOCKED) {
                return List.of();
            }
            throw fault;
        }
        return found;
    }

    private static Note note(ResultSet row) throws SQLException {
        ByteBuffer id = ByteBuffer.wrap(row.getBytes(1));
        return new Note(
                new UUID(id.getLong(), id.getLong()),
                Instant.EPOCH.plus(row.getLong(2), ChronoUnit.MICROS),
                row.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getString(4),
                row.getString(5),
                Optional.ofNullable(row.getString(6)));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    @Override
    public void close() {
        connections.close();
    }
}
