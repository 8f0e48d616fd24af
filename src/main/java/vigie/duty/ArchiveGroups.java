package vigie.duty;

import vigie.feed.Resync;
import vigie.history.Times;
import vigie.history.archive.ArchiveWriter;
import vigie.point.Reading;
import vigie.recorder.RecorderSnapshot;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.store.Connections;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Has the groups of the archiver's own stream written. The feed's thread. */
final class ArchiveGroups implements GroupWork {
    private final ArchiveWriter writer;
    private final Connections recorder;
    private final Runnable runsChanged;
    private long highest;
    private boolean afterResync;

    /**
     * @param recorder for what the stream does not bring
     * @param runsChanged told when Home Assistant's recorder began or ended
     */
    ArchiveGroups(ArchiveWriter writer, Connections recorder, Runnable runsChanged) {
        this.writer = writer;
        this.recorder = recorder;
        this.runsChanged = runsChanged;
    }

    /** Before the feed starts: the highest {@code state_id} that was archived; 0 for none. */
    void beginAfter(long id) {
        highest = id;
    }

    @Override
    public void apply(Connection connection, Group group) throws SQLException {
        List<Reading> readings =
                group.facts().stream()
                        .filter(Fact.Observed.class::isInstance)
                        .map(fact -> ((Fact.Observed) fact).reading())
                        .toList();
        hole(connection, readings);
        writer.apply(connection, group);
        passed(readings);
        if (group.facts().stream().anyMatch(Fact.RecorderSaid.class::isInstance)) {
            runsChanged.run();
        }
    }

    @Override
    public void resync(Connection connection, Resync resync) throws SQLException {
        afterResync = true;
        writer.undone(connection, resync.undone(), resync.toTime());
        // Renames that nobody told of come before the rows that bear the new names.
        writer.names(
                connection, names(), resync.toTime().getEpochSecond(), isMadeAnew(resync.reason()));
        if (writer.hasSnapshot(connection)) {
            writer.snapshot(
                    connection,
                    new Group("", Optional.empty(), told()),
                    resync.toTime().getEpochSecond());
        }
        runsChanged.run();
    }

    /** Tables that were dropped or emptied by a statement give their keys anew. */
    private static boolean isMadeAnew(Sentence reason) {
        return reason.key().equals("feed.rewritten")
                && switch (String.valueOf(reason.values().getFirst())) {
                    case "TRUNCATE", "DROP", "CREATE" -> true;
                    default -> false;
                };
    }

    @Override
    public void recovered(Connection connection, List<Reading> rows) throws SQLException {
        hole(connection, rows);
        writer.copied(connection, rows);
        passed(rows);
    }

    private void passed(List<Reading> readings) {
        for (Reading reading : readings) {
            highest = Math.max(highest, reading.id().orElse(0));
        }
    }

    /**
     * Rows that came and were purged while nobody listened left no trace but their numbers: between
     * the last row before and the first one after nothing is known. Where older rows are still
     * there, no purge has gone so far.
     */
    private void hole(Connection connection, List<Reading> readings) throws SQLException {
        if (!afterResync || readings.isEmpty()) {
            return;
        }
        long first = Long.MAX_VALUE;
        Instant time = Instant.MAX;
        for (Reading reading : readings) {
            if (reading.id().isPresent()) {
                first = Math.min(first, reading.id().getAsLong());
                time = reading.time().isBefore(time) ? reading.time() : time;
            }
        }
        if (highest > 0 && first != Long.MAX_VALUE && first > highest + 1 && lowest() > highest) {
            long to = Times.micros(time);
            OptionalLong from = writer.newestBefore(connection, to);
            if (from.isPresent()) {
                writer.outage(connection, from.getAsLong(), OptionalLong.of(to));
            }
        }
        afterResync = false;
    }

    private long lowest() throws SQLException {
        try (Connection asking = borrowed();
                Statement statement = asking.createStatement();
                ResultSet row = statement.executeQuery("SELECT MIN(state_id) FROM states")) {
            row.next();
            long lowest = row.getLong(1);
            return row.wasNull() ? Long.MAX_VALUE : lowest;
        }
    }

    private List<Fact> told() throws SQLException {
        try (Connection asking = borrowed()) {
            return RecorderSnapshot.readWithoutReadings(asking);
        }
    }

    private Map<Long, String> names() throws SQLException {
        Map<Long, String> names = new HashMap<>();
        try (Connection asking = borrowed();
                Statement statement = asking.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT metadata_id, entity_id FROM states_meta")) {
            while (rows.next()) {
                String name = rows.getString(2);
                if (name != null && !name.isBlank()) {
                    names.put(rows.getLong(1), name);
                }
            }
        }
        return names;
    }

    private Connection borrowed() throws SQLException {
        try {
            return recorder.borrow();
        } catch (Fault away) {
            throw new SQLException(away.getMessage(), "08001", away);
        }
    }
}
