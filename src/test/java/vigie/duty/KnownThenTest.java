package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
import vigie.room.Group;
import vigie.room.PointState;
import vigie.room.RoomState;
import vigie.store.Accounts;
import vigie.store.DatabaseAddress;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What a console saw live, and what the archive tells of it afterwards as known then. */
@ExtendWith(EmbeddedMariaDb.class)
class KnownThenTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestDatabase database;
    private DatabaseAddress own;
    private @Nullable ArchivedHome home;

    @BeforeEach
    void start(TestDatabase database) throws Exception {
        this.database = database;
        own = database.reader().withSchema(database.schema() + "_own");
        database.asRoot("DROP DATABASE IF EXISTS " + own.schema());
        String account = Accounts.account(own.user(), "127.0.0.1");
        for (String grant : Accounts.ownSchemaGrants(account, own.schema())) {
            database.asRoot(grant);
        }
    }

    @AfterEach
    void end() throws Exception {
        if (home != null) {
            home.close();
        }
        database.asRoot("DROP DATABASE IF EXISTS " + own.schema());
    }

    /** A live picture that keeps the state after each group. */
    private static final class Live implements FeedListener {
        private final Map<String, RoomState> after = new ConcurrentHashMap<>();
        private volatile RoomState state = RoomState.EMPTY;
        private volatile boolean begun;

        @Override
        public void snapshot(Group snapshot) {
            state = RoomState.EMPTY.after(snapshot);
            begun = true;
        }

        @Override
        public void group(Group group) {
            state = state.after(group);
            after.put(group.position(), state);
        }

        @Override
        public void status(FeedStatus status) {}
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 13, 16})
    void a_day_seen_live_is_replayed_in_every_field(long seed) throws Exception {
        ArchivedHome home = new ArchivedHome(database, own.schema(), seed);
        this.home = home;
        home.past(2_000, Duration.ofHours(30));
        Live live = new Live();
        Random random = new Random(seed);
        try (DutyService duty =
                        DutyService.start(
                                own, Clock.systemUTC(), Duration.ofMillis(500), Duration.ZERO);
                Archiver archiver =
                        Archiver.start(
                                database.reader(),
                                own.schema(),
                                duty.connections(),
                                duty::held,
                                new ArchiveSettings(90, new RolledPoints(List.of("sensor.*"))),
                                Clock.systemUTC());
                History history = new History(database.reader(), own, ZoneOffset.UTC);
                Feed feed =
                        new Feed(
                                database.reader(),
                                FeedOptions.EVERY_ROW.withOwnSchema(own.schema()),
                                live,
                                Clock.systemUTC())) {
            Deadline.within(
                    PATIENCE,
                    "current",
                    () -> archiver.status().phase() == ArchiveStatus.Phase.CURRENT);
            assertThat(history.knownThenMissing(new Work())).isEmpty();
            Instant begin = history.knownThenFrom(new Work()).orElseThrow();
            feed.start();
            Deadline.within(PATIENCE, "live", () -> live.begun);
            // What was committed before this moment, the console knows from the tables.
            Deadline.within(PATIENCE, "known", () -> Instant.now().isAfter(begin.plusSeconds(1)));
            for (int i = 0; i < 400; i++) {
                home.act();
                if (i % 100 == 50) {
                    restart(home, random);
                }
            }
            Deadline.within(PATIENCE, "archived", () -> home.archived().equals(home.recorded()));
            Deadline.within(
                    PATIENCE,
                    () -> "all told: " + position(history) + ", not " + live.state.position(),
                    () -> position(history).equals(live.state.position()));
            assertThat(live.after).hasSizeGreaterThan(300);
            assertSame(live, history, begin);
        }
    }

    private static String position(History history) {
        try {
            Reel now = history.at(Instant.now(), Basis.KNOWN_THEN, new Work());
            return now.at(now.from()).position();
        } catch (Fault fault) {
            throw new AssertionError(fault);
        }
    }

    private static void restart(ArchivedHome home, Random random) throws Exception {
        home.run(
                "UPDATE recorder_runs SET `end`=FROM_UNIXTIME("
                        + home.now()
                        + "),closed_incorrect="
                        + random.nextInt(2)
                        + " WHERE `end` IS NULL");
        home.commit();
        home.run(
                "INSERT INTO recorder_runs(start,`end`,closed_incorrect,created) VALUES"
                        + " (FROM_UNIXTIME("
                        + (home.now() + 0.5)
                        + "),NULL,0,NOW(6))");
        home.commit();
    }

    private void assertSame(Live live, History history, Instant begin) throws Exception {
        Instant end = Instant.now();
        Set<String> seen = new HashSet<>();
        Map<Instant, RoomState> at = new LinkedHashMap<>();
        Instant next = begin;
        Reel before = null;
        while (next.isBefore(end)) {
            Reel reel = history.reel(next, Basis.KNOWN_THEN, new Work());
            assertThat(reel.basis()).isEqualTo(Basis.KNOWN_THEN);
            Playhead head = reel.play();
            if (before != null) {
                assertThat(said(head.state(), Set.of()))
                        .isEqualTo(said(before.at(before.to()), Set.of()));
            }
            while (head.next().isPresent()) {
                Step step = head.next().get();
                head.step();
                seen.add(head.state().position());
                at.put(step.at(), head.state());
                RoomState then = live.after.get(head.state().position());
                if (then != null) {
                    assertEqual(head.state(), then);
                }
            }
            before = reel;
            next = reel.to().isAfter(next) ? reel.to() : end;
        }
        Set<String> missed = new HashSet<>(live.after.keySet());
        missed.removeAll(seen);
        assertThat(missed).isEmpty();
        List<Instant> moments = new ArrayList<>(at.keySet());
        Random random = new Random(5);
        for (int i = 0; i < 25; i++) {
            Instant moment = moments.get(random.nextInt(moments.size()));
            RoomState played = Objects.requireNonNull(at.get(moment));
            RoomState jumped = history.at(moment, Basis.KNOWN_THEN, new Work()).at(moment);
            assertThat(said(jumped, Set.of())).isEqualTo(said(played, Set.of()));
            assertThat(jumped).isEqualTo(played);
        }
    }

    /** What the console knew from the tables has no commit of its own; the rest is equal. */
    private static void assertEqual(RoomState replayed, RoomState live) {
        Set<PointKey> fromTables = new HashSet<>();
        for (PointState point : live.points()) {
            if (point.newest().filter(one -> one.source() != Source.BINLOG).isPresent()) {
                fromTables.add(point.key());
            }
        }
        Map<String, String> expected = said(live, fromTables);
        Map<String, String> found = said(replayed, fromTables);
        if (!found.equals(expected)) {
            // Only what differs can be read.
            expected.entrySet().removeAll(Map.copyOf(found).entrySet());
            found.keySet().retainAll(expected.keySet());
            assertThat(found).as("after %s", live.position()).isEqualTo(expected);
            throw new AssertionError("points of which the console did not know");
        }
    }

    private static Map<String, String> said(RoomState room, Set<PointKey> nameOnly) {
        Map<String, String> said = new TreeMap<>();
        said.put("position", room.position());
        said.put("committed", room.committed().toString());
        said.put("recorder", room.recorder().toString());
        for (PointState point : room.points()) {
            assertThat(room.point(point.id())).contains(point);
            said.put(
                    point.key().toString(),
                    point.id()
                            + (nameOnly.contains(point.key())
                                    ? ""
                                    : " " + point.newest().map(KnownThenTest::past)));
        }
        return said;
    }

    private static String past(Reading reading) {
        return reading.toString().replaceAll("source=\\w+", "source=");
    }
}
