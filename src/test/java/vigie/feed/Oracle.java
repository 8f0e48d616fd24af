package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import vigie.feed.Printed.Line;
import vigie.point.Reading;
import vigie.recorder.SourceTime;
import vigie.room.PointState;
import vigie.room.RoomState;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Knows the truth after a fault, because it asks the database: the state that a feed's groups fold
 * to is the one in the tables, and whoever printed the feed's rows has every row that was inserted
 * since the feed began, once, and no other.
 */
final class Oracle {
    /** Longer than any repair by comparison with the tables may take. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final long before;

    private Oracle(long before) {
        this.before = before;
    }

    /**
     * Called while nobody writes, before a feed starts: rows from here on are to be printed. Rows
     * that a test deletes later must be older.
     */
    static Oracle from(PrivateServer server) throws Fault, SQLException {
        return new Oracle(
                Long.parseLong(
                        server.ask("SELECT COALESCE(MAX(state_id), 0) FROM homeassistant.states")));
    }

    /** The newest row that a feed need not print. */
    long before() {
        return before;
    }

    /**
     * Waits until the feed's listener has all that this server has, and nothing else. Called while
     * nobody writes.
     */
    void assertAgrees(Watcher watcher, PrivateServer server) throws Fault, SQLException {
        assertSameState(watcher, server);
        assertSameRows(watcher, server);
    }

    /** The folded state is the one in the tables. */
    void assertSameState(Watcher watcher, PrivateServer server) throws Fault {
        SortedMap<String, Point> stored = stored(server);
        awaitOrGoOn(() -> points(watcher.state).equals(stored));
        assertThat(differing(watcher.state, stored))
                .as("points that differ; the feed: %s", watcher.story())
                .isEmpty();
    }

    /** The points whose folded reading is not the one in the tables, in words. */
    List<String> differing(RoomState state, PrivateServer server) throws Fault {
        return differing(state, stored(server));
    }

    private static SortedMap<String, Point> stored(PrivateServer server) throws Fault {
        Present present = Present.read(server.address().at(server.at()));
        return points(RoomState.EMPTY.after(present.group()));
    }

    private static List<String> differing(RoomState state, SortedMap<String, Point> stored) {
        SortedMap<String, Point> folded = points(state);
        List<String> differences = new ArrayList<>();
        Set<String> names = new TreeSet<>(stored.keySet());
        names.addAll(folded.keySet());
        for (String name : names) {
            if (!Objects.equals(stored.get(name), folded.get(name))) {
                differences.add(
                        name + ": stored " + stored.get(name) + ", folded " + folded.get(name));
            }
        }
        return differences;
    }

    /** Every row inserted since the beginning was printed once, and no other stands. */
    void assertSameRows(Watcher watcher, PrivateServer server) throws Fault, SQLException {
        List<Line> stored = rows(server);
        awaitOrGoOn(() ->
                watcher.printed().size() == stored.size()
                        && watcher.printed().lines().equals(stored));
        assertThat(watcher.printed().struckInVain())
                .as("undone and never printed; the feed: %s", watcher.story())
                .allMatch(id -> id <= before);
        List<Line> printed = watcher.printed().lines();
        List<Line> lost = minus(stored, printed);
        List<Line> tooMany = minus(printed, stored);
        assertThat(lost)
                .as("lost rows of %d; the feed: %s", stored.size(), watcher.story())
                .isEmpty();
        assertThat(tooMany)
                .as(
                        "doubled or invented rows beside %d; the feed: %s",
                        stored.size(), watcher.story())
                .isEmpty();
    }

    /** What is stored and was not printed; as often as it is missing. */
    List<Line> lost(Watcher watcher, PrivateServer server) throws Fault, SQLException {
        return minus(rows(server), watcher.printed().lines());
    }

    /** What was printed and is not stored, or was printed more than once. */
    List<Line> tooMany(Watcher watcher, PrivateServer server) throws Fault, SQLException {
        return minus(watcher.printed().lines(), rows(server));
    }

    /** The lines of one list that are not in the other, as often as they are missing. */
    static List<Line> minus(List<Line> from, List<Line> what) {
        List<Line> left = new ArrayList<>();
        int at = 0;
        for (Line line : from) {
            while (at < what.size() && Line.ORDER.compare(what.get(at), line) < 0) {
                at++;
            }
            if (at < what.size() && what.get(at).equals(line)) {
                at++;
            } else {
                left.add(line);
            }
        }
        return left;
    }

    /** The assertion that follows says it better than a deadline could. */
    private static void awaitOrGoOn(BooleanSupplier happened) {
        try {
            Deadline.within(PATIENCE, "", happened);
        } catch (AssertionError late) {
            // What is still different is shown by the caller.
        }
    }

    /** The rows inserted since the beginning, as this server has them. */
    List<Line> rows(PrivateServer server) throws Fault, SQLException {
        List<Line> rows = new ArrayList<>();
        try (Connection connection = server.root("homeassistant");
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT state_id, m.entity_id, last_updated_ts, state FROM states s"
                                        + " JOIN states_meta m USING (metadata_id)"
                                        + " WHERE state_id > "
                                        + before)) {
            while (row.next()) {
                rows.add(
                        new Line(
                                row.getLong(1),
                                row.getString(2),
                                SourceTime.of(row.getDouble(3)).orElseThrow(),
                                row.getString(4)));
            }
        }
        rows.sort(Line.ORDER);
        return rows;
    }

    /** What the state says of one point, less how it was learned. */
    private record Point(
            long key,
            OptionalLong id,
            @Nullable String text,
            @Nullable Instant time,
            String unit) {}

    private static SortedMap<String, Point> points(RoomState state) {
        SortedMap<String, Point> points = new TreeMap<>();
        for (PointState point : state.points()) {
            Reading newest = point.newest().orElse(null);
            points.put(
                    point.id().name(),
                    newest == null
                            ? new Point(point.key().value(), OptionalLong.empty(), null, null, "")
                            : new Point(
                                    point.key().value(),
                                    newest.id(),
                                    newest.text(),
                                    newest.time(),
                                    newest.attributes().unit().orElse("")));
        }
        return points;
    }
}
