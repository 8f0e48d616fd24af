package vigie.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.history.archive.ArchiveWriter;
import vigie.history.archive.Marks;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RecorderState;
import vigie.room.RoomState;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/** Hours of transactions, archived, and told again as they were known then. */
@ExtendWith(EmbeddedMariaDb.class)
class ThenQueryTest {
    private static final Instant START = Instant.parse("2026-03-04T00:00:00Z");
    private static final int POINTS = 12;

    private final TestDatabase database;
    private final PastTables tables;

    /** From when on the room was like this. */
    private final TreeMap<Instant, RoomState> known = new TreeMap<>();

    private long id = 100;
    private long seq = 1_000;

    ThenQueryTest(TestDatabase database) {
        this.database = database;
        tables = new PastTables(database);
    }

    @BeforeEach
    void create() throws IOException {
        tables.create();
        tables.createArchive(START);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void every_moment_is_what_the_transactions_until_then_had_made(long seed) throws Exception {
        Random random = new Random(seed);
        RoomState room = archive(random);
        assertThat(room.size()).isPositive();
        try (History history = tables.history()) {
            assertThat(history.knownThenMissing(new Work())).isEmpty();
            Instant begin = history.knownThenFrom(new Work()).orElseThrow();
            assertThat(begin).isEqualTo(START.plusSeconds(1));
            for (int i = 0; i < 60; i++) {
                Instant at = begin.plus(random.nextLong(6 * 3_600_000_000L), ChronoUnit.MICROS);
                RoomState expected = expected(at);
                Reel alone = history.at(at, Basis.KNOWN_THEN, new Work());
                assertThat(text(alone.at(at))).as("at %s", at).isEqualTo(text(expected));
                assertThat(alone.at(at)).isEqualTo(expected);
                if (i % 4 == 0) {
                    Reel reel = history.reel(at, Basis.KNOWN_THEN, new Work());
                    assertThat(text(reel.at(at))).as("at %s", at).isEqualTo(text(expected));
                    assertThat(reel.at(reel.from())).isEqualTo(expected(reel.from()));
                    Reel next = history.reel(reel.to(), Basis.KNOWN_THEN, new Work());
                    assertThat(next.from()).isEqualTo(reel.to());
                    assertThat(next.at(next.from())).isEqualTo(reel.at(reel.to()));
                }
            }
            Instant border = START.plus(Duration.ofMinutes(65));
            assertThat(history.reel(border, Basis.KNOWN_THEN, new Work()).from()).isEqualTo(border);
        }
    }

    @Test
    void an_archive_of_before_says_that_it_does_not_know_yet() throws Exception {
        tables.archive("DELETE FROM fact");
        try (History history = tables.history()) {
            assertThat(history.knownThenMissing(new Work()).orElseThrow().key())
                    .isEqualTo("past.thenUnknown");
            tables.archive("DROP TABLE fact");
            assertThat(history.knownThenMissing(new Work()).orElseThrow().key())
                    .isEqualTo("past.thenUnknown");
            assertThat(history.reel(START, Basis.KNOWN_THEN, new Work()).holds(START)).isTrue();
        }
        try (History history = tables.historyWithoutRight()) {
            assertThat(history.knownThenMissing(new Work()).orElseThrow().key())
                    .isEqualTo("past.noArchive");
        }
    }

    private RoomState expected(Instant at) {
        Map.Entry<Instant, RoomState> then = known.floorEntry(at);
        return then == null ? RoomState.EMPTY : then.getValue();
    }

    private static String text(RoomState room) {
        TreeMap<PointKey, String> said = new TreeMap<>();
        room.points().forEach(point -> said.put(point.key(), point.id() + " " + point.newest()));
        return room.position() + " " + room.committed() + " " + room.recorder() + " " + said;
    }

    /** Six hours; returns the last state. */
    private RoomState archive(Random random) throws Exception {
        ArchiveWriter writer = new ArchiveWriter(database.schema(), new Marks());
        List<Fact> names = new ArrayList<>();
        for (long key = 1; key <= POINTS; key++) {
            names.add(new Fact.Named(new PointKey(key), new PointId("sensor.p" + key)));
        }
        names.add(
                new Fact.RecorderSaid(
                        new RecorderState(RecorderState.Phase.RUNNING, Optional.of(START))));
        RoomState room = RoomState.EMPTY.after(new Group("", Optional.empty(), names));
        known.put(START, room);
        Map<PointKey, PointId> alive = new TreeMap<>();
        names.forEach(fact -> {
            if (fact instanceof Fact.Named(PointKey key, PointId name)) {
                alive.put(key, name);
            }
        });
        List<Reading> written = new ArrayList<>();
        try (Connection connection = tables.archiveConnection()) {
            connection.setAutoCommit(false);
            writer.snapshot(connection, new Group("", Optional.empty(), names), second(START));
            connection.commit();
            Instant clock = START.plusSeconds(2);
            Instant last = START;
            int renamed = 0;
            while (clock.isBefore(START.plus(Duration.ofHours(6)))) {
                Instant committed = clock.truncatedTo(ChronoUnit.SECONDS);
                Optional<Instant> second = Optional.of(committed);
                String position = "0-10-" + ++seq;
                List<Fact> facts = new ArrayList<>();
                PointKey any = List.copyOf(alive.keySet()).get(random.nextInt(alive.size()));
                switch (random.nextInt(20)) {
                    case 0 -> {
                        PointId name = new PointId("sensor.p" + any.value() + "_" + ++renamed);
                        alive.put(any, name);
                        facts.add(new Fact.Named(any, name));
                    }
                    case 1 ->
                            facts.add(
                                    new Fact.RecorderSaid(
                                            new RecorderState(
                                                    random.nextBoolean()
                                                            ? RecorderState.Phase.RUNNING
                                                            : RecorderState.Phase.STOPPED,
                                                    second)));
                    case 2 -> {
                        if (random.nextInt(4) == 0) {
                            // Purged whole, and back under another key.
                            PointId name = alive.remove(any);
                            facts.add(new Fact.Forgotten(any));
                            PointKey next = new PointKey(50 + seq);
                            alive.put(next, name == null ? new PointId("sensor.q") : name);
                            facts.add(new Fact.Named(next, alive.get(next)));
                        }
                    }
                    case 3, 4 -> {
                        if (!written.isEmpty()) {
                            Reading repaired =
                                    written.get(
                                            written.size()
                                                    - 1
                                                    - random.nextInt(Math.min(20, written.size())));
                            PointId name = alive.get(repaired.key());
                            if (name != null) {
                                facts.add(
                                        new Fact.Amended(
                                                reading(
                                                        repaired.id(),
                                                        repaired.key(),
                                                        name,
                                                        "12.5",
                                                        random.nextInt(3) == 0
                                                                ? repaired.time()
                                                                        .minusSeconds(
                                                                                random.nextInt(400))
                                                                : repaired.time(),
                                                        second,
                                                        position)));
                            }
                        }
                    }
                    default -> {
                        for (int i = random.nextInt(4); i >= 0; i--) {
                            // Some points speak often, others hardly.
                            int chosen = (int) (alive.size() * Math.pow(random.nextDouble(), 3));
                            PointKey key = List.copyOf(alive.keySet()).get(chosen);
                            long early =
                                    random.nextInt(25) == 0
                                            ? random.nextLong(7_200_000_000L)
                                            : random.nextInt(30) == 0
                                                    ? -random.nextLong(600_000_000L)
                                                    : random.nextLong(5_000_000);
                            PointId name = alive.get(key);
                            if (name != null) {
                                Reading reading =
                                        reading(
                                                OptionalLong.of(++id),
                                                key,
                                                name,
                                                String.valueOf(random.nextInt(50)),
                                                clock.minus(early, ChronoUnit.MICROS),
                                                second,
                                                position);
                                written.add(reading);
                                facts.add(new Fact.Observed(reading));
                            }
                        }
                    }
                }
                if (!facts.isEmpty()) {
                    Group group = new Group(position, second, facts);
                    writer.apply(connection, group);
                    connection.commit();
                    room = room.after(group);
                    Instant moment = moment(group, committed);
                    last = moment.isAfter(last) ? moment : last;
                    known.put(last, room);
                }
                clock =
                        clock.plus(
                                random.nextInt(40) == 0
                                        ? random.nextLong(1_200_000_000L)
                                        : random.nextLong(15_000_000),
                                ChronoUnit.MICROS);
            }
        }
        return room;
    }

    private static long second(Instant at) {
        return at.getEpochSecond();
    }

    /** The second of its commit, or the newest time in it where that is in this second. */
    private static Instant moment(Group group, Instant committed) {
        Instant newest = committed;
        for (Fact fact : group.facts()) {
            if (fact instanceof Fact.Observed(Reading reading) && reading.time().isAfter(newest)) {
                newest = reading.time();
            }
        }
        return newest.isBefore(committed.plusSeconds(1)) ? newest : committed;
    }

    private static Reading reading(
            OptionalLong id,
            PointKey key,
            PointId name,
            String text,
            Instant time,
            Optional<Instant> committed,
            String position) {
        return Reading.ofRow(
                id,
                key,
                name,
                text,
                new Attributes(
                        Optional.empty(),
                        Optional.of("°C"),
                        Optional.empty(),
                        Optional.of("measurement"),
                        true),
                time,
                time,
                committed,
                Optional.of(position),
                Source.HISTORY);
    }
}
