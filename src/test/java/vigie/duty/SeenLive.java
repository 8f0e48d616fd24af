package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import vigie.feed.Deadline;
import vigie.feed.Feed;
import vigie.feed.FeedListener;
import vigie.feed.FeedOptions;
import vigie.feed.FeedStatus;
import vigie.history.History;
import vigie.history.Work;
import vigie.history.archive.RolledPoints;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recording.Basis;
import vigie.recording.Playhead;
import vigie.recording.Reel;
import vigie.recording.Step;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.PointState;
import vigie.room.RoomState;
import vigie.store.Accounts;
import vigie.store.DatabaseAddress;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A console that follows the room live and keeps its state after each transaction, beside an
 * archiver: what the archive tells as known then is held against it.
 *
 * <p>Transactions of {@link #commit} are committed at the moment that the test says: the session's
 * clock is set, as far as the log shows it.
 */
final class SeenLive implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestDatabase database;
    private final DatabaseAddress own;
    private final Connection connection;
    private final DutyService duty;
    private final History history;
    private final Live live = new Live();
    private final Feed feed;
    private @Nullable Archiver archiver;

    /** The last number of the transaction that must come. */
    private volatile long expected;

    /** The tables of the recorder must be there. */
    SeenLive(TestDatabase database) throws Exception {
        this.database = database;
        own = database.reader().withSchema(database.schema() + "_own");
        dropOwn(database);
        String account = Accounts.account(own.user(), "127.0.0.1");
        for (String grant : Accounts.ownSchemaGrants(account, own.schema())) {
            database.asRoot(grant);
        }
        connection = database.connect();
        connection.setAutoCommit(false);
        duty = DutyService.start(own, Clock.systemUTC(), Duration.ofMillis(500), Duration.ZERO);
        history = new History(database.reader(), own, ZoneOffset.UTC);
        feed =
                new Feed(
                        database.reader(),
                        FeedOptions.EVERY_ROW.withOwnSchema(own.schema()),
                        live,
                        Clock.systemUTC());
    }

    static void dropOwn(TestDatabase database) {
        database.asRoot("DROP DATABASE IF EXISTS " + database.schema() + "_own");
    }

    /** A picture that keeps the state after each group, told as the past would tell it. */
    private static final class Live implements FeedListener {
        private final Map<String, RoomState> after = new ConcurrentHashMap<>();
        private volatile RoomState state = RoomState.EMPTY;
        private volatile boolean begun;

        @Override
        public void snapshot(Group snapshot) {
            state = RoomState.EMPTY.after(past(snapshot, false));
            begun = true;
        }

        @Override
        public void group(Group group) {
            state = state.after(past(group, true));
            after.put(group.position(), state);
        }

        @Override
        public void status(FeedStatus status) {}

        private static Group past(Group group, boolean placed) {
            List<Fact> facts = new ArrayList<>();
            for (Fact fact : group.facts()) {
                switch (fact) {
                    case Fact.Observed(Reading reading) ->
                            facts.add(new Fact.Observed(past(reading, placed)));
                    case Fact.Amended(Reading reading, _) ->
                            facts.add(new Fact.Amended(past(reading, placed)));
                    case Fact.Named _, Fact.Forgotten _, Fact.RecorderSaid _ -> facts.add(fact);
                }
            }
            return new Group(group.position(), group.committed(), facts);
        }

        /** What was in the tables before has no place in the log that the archive could know. */
        private static Reading past(Reading reading, boolean placed) {
            return new Reading(
                    reading.id(),
                    reading.key(),
                    reading.point(),
                    reading.text(),
                    reading.value(),
                    reading.attributes(),
                    reading.quality(),
                    reading.time(),
                    reading.changed(),
                    reading.committed(),
                    placed ? reading.position() : Optional.empty(),
                    Source.HISTORY);
        }
    }

    /**
     * Begins to archive and to follow.
     *
     * @param knownSince the archive pretends to have begun then
     */
    void start(Instant knownSince) throws Exception {
        startArchiver();
        Deadline.within(
                PATIENCE,
                "current",
                () -> archiver != null && archiver.status().phase() == ArchiveStatus.Phase.CURRENT);
        assertThat(history.knownThenMissing(new Work())).isEmpty();
        database.asRoot(
                "UPDATE "
                        + own.schema()
                        + ".fact SET committed_s="
                        + knownSince.getEpochSecond()
                        + " WHERE seq=0 AND stream=0");
        feed.start();
        Deadline.within(PATIENCE, "live", () -> live.begun);
    }

    void startArchiver() {
        archiver =
                Archiver.start(
                        database.reader(),
                        own.schema(),
                        duty.connections(),
                        duty::held,
                        new ArchiveSettings(90, new RolledPoints(List.of())),
                        Clock.systemUTC());
    }

    void stopArchiver() {
        if (archiver != null) {
            archiver.close();
            archiver = null;
        }
    }

    History history() {
        return history;
    }

    /** The state after the last transaction that came. */
    RoomState now() {
        return live.state;
    }

    /** How many transactions came. */
    int groups() {
        return live.after.size();
    }

    /** One transaction, committed at a moment. */
    void commit(Instant at, String... statements) throws SQLException {
        commitUntold(at, statements);
        expect(connection);
    }

    /** The same, of what says nothing of the room. */
    void commitUntold(Instant at, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET @said=1, timestamp=" + at.getEpochSecond());
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        connection.commit();
    }

    /** A row of {@code states}. */
    static String row(long id, long key, double time, String text) {
        return "INSERT INTO states (state_id,metadata_id,state,last_updated_ts,attributes_id) VALUES ("
                + id
                + ","
                + key
                + ",'"
                + text
                + "',"
                + String.format(java.util.Locale.ROOT, "%.6f", time)
                + ",1)";
    }

    /** Waits until all that was committed was seen and archived. */
    void settle() throws Exception {
        Deadline.within(
                PATIENCE,
                () -> "at " + expected + ", not " + live.state.position(),
                () -> sequence(live.state.position()) >= expected);
        Deadline.within(
                PATIENCE,
                () -> "archived up to " + live.state.position() + ", not " + archivedTo(),
                () -> archivedTo() >= sequence(live.state.position()));
    }

    /** Notes the place of the transaction that a session committed last. */
    void expect(Connection by) throws SQLException {
        try (Statement statement = by.createStatement();
                var row = statement.executeQuery("SELECT @@last_gtid")) {
            row.next();
            expected = Math.max(expected, sequence(row.getString(1)));
        }
    }

    private static long sequence(String position) {
        return position.isEmpty()
                ? 0
                : Long.parseLong(position.substring(position.lastIndexOf('-') + 1));
    }

    private long archivedTo() {
        try {
            Reel now = history.at(Instant.now(), Basis.KNOWN_THEN, new Work());
            return sequence(now.at(now.from()).position());
        } catch (Fault fault) {
            throw new AssertionError(fault);
        }
    }

    /** What was played, by position. */
    record Played(Map<String, RoomState> rooms, Map<Instant, RoomState> moments, int reels) {}

    /**
     * Plays all that is known then between two moments, and holds every state against what was seen
     * live.
     */
    Played assertReplayed(Instant from, Instant to) throws Fault {
        Map<String, RoomState> rooms = new LinkedHashMap<>();
        Map<Instant, RoomState> moments = new LinkedHashMap<>();
        int reels = 0;
        Instant next = from;
        RoomState before = null;
        while (next.isBefore(to)) {
            Reel reel = history.reel(next, Basis.KNOWN_THEN, new Work());
            reels++;
            Playhead head = reel.play();
            if (before != null) {
                assertEqual(head.state(), before, "where a reel ends and the next begins");
            }
            while (head.next().isPresent()) {
                Step step = head.next().get();
                head.step();
                RoomState played = head.state();
                RoomState seen = live.after.get(played.position());
                if (seen != null) {
                    assertEqual(played, seen, played.position());
                    rooms.put(played.position(), played);
                }
                moments.put(step.at(), played);
            }
            before = head.state();
            next = reel.to().isAfter(next) ? reel.to() : to;
        }
        Set<String> missed = new HashSet<>(live.after.keySet());
        missed.removeAll(rooms.keySet());
        assertThat(missed).as("transactions that no reel told of").isEmpty();
        return new Played(rooms, moments, reels);
    }

    /** Only what differs can be read. */
    static void assertEqual(RoomState found, RoomState expected, String where) {
        if (!found.equals(expected)) {
            Map<String, String> is = said(found);
            Map<String, String> should = said(expected);
            Map<String, String> both = new TreeMap<>(should);
            both.keySet().retainAll(is.keySet());
            both.entrySet().removeIf(entry -> !entry.getValue().equals(is.get(entry.getKey())));
            is.keySet().removeAll(both.keySet());
            should.keySet().removeAll(both.keySet());
            assertThat(is).as("at %s", where).isEqualTo(should);
            throw new AssertionError("names differ at " + where);
        }
    }

    private static Map<String, String> said(RoomState room) {
        Map<String, String> said = new TreeMap<>();
        said.put("position", room.position());
        said.put("committed", room.committed().toString());
        said.put("recorder", room.recorder().toString());
        for (PointState point : room.points()) {
            PointKey named = room.point(point.id()).map(PointState::key).orElse(new PointKey(0));
            said.put(point.key().toString(), point + ", its name leads to " + named);
        }
        return said;
    }

    @Override
    public void close() throws SQLException {
        feed.close();
        stopArchiver();
        history.close();
        duty.close();
        connection.close();
        dropOwn(database);
    }
}
