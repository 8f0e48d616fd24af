package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.feed.Deadline;
import vigie.history.Work;
import vigie.recording.Basis;
import vigie.room.RoomState;
import vigie.simulator.Scenario;
import vigie.simulator.SteppedSimulator;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * A whole day of the simulated room in a real database, with all that happens to one: followed
 * live, archived, and told again as it was known then, after each of its transactions.
 */
@ExtendWith(EmbeddedMariaDb.class)
class KnownThenDayTest {
    /** Home Assistant's own is five; a transaction each costs the test a millisecond or two. */
    private static final Duration COMMITS = Duration.ofSeconds(10);

    private static final double ROWS_PER_SECOND = 0.6;

    private final Instant start =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(26, ChronoUnit.HOURS);
    private final Random random = new Random(23);
    private final TestDatabase database;
    private @Nullable SteppedSimulator home;
    private @Nullable SeenLive seen;
    private int made;

    KnownThenDayTest(TestDatabase database) {
        this.database = database;
    }

    @AfterEach
    void close() throws Exception {
        if (home != null) {
            home.close();
        }
        if (seen != null) {
            seen.close();
        }
        database.asRoot(
                "DROP DATABASE " + database.schema(),
                "CREATE DATABASE " + database.schema() + " COLLATE utf8mb4_unicode_ci");
    }

    private void begin(Scenario scenario, Instant at) throws Exception {
        home = new SteppedSimulator(database.writer(), scenario, at, COMMITS, ROWS_PER_SECOND);
    }

    private SteppedSimulator home() {
        return Objects.requireNonNull(home);
    }

    private SeenLive seen() {
        return Objects.requireNonNull(seen);
    }

    private Instant at(double hours) {
        return start.plusSeconds(Math.round(hours * 3_600));
    }

    /** Lives on, and every twenty minutes somebody does something to the tables. */
    private void live(double hours) throws Exception {
        Instant end = at(hours);
        Instant next = home().now();
        while (next.isBefore(end)) {
            next = next.plusSeconds(1_200).isBefore(end) ? next.plusSeconds(1_200) : end;
            home().liveTo(next);
            meddle();
        }
    }

    private void meddle() throws Exception {
        Instant now = home().now();
        List<String> ids =
                database.column("SELECT state_id FROM states ORDER BY state_id DESC LIMIT 300");
        long id = Long.parseLong(ids.get(random.nextInt(ids.size())));
        long newest = Long.parseLong(ids.get(random.nextInt(5)));
        switch (made++ % 12) {
            case 0 -> late(now);
            case 1 -> seen().commit(now, "UPDATE states SET state='12.5' WHERE state_id=" + id);
            case 2 -> seen().commit(now, "UPDATE states SET state='13.5' WHERE state_id=" + newest);
            case 3 ->
                    seen().commit(
                                    now,
                                    "UPDATE states SET last_updated_ts=last_updated_ts-700 WHERE"
                                            + " state_id="
                                            + newest);
            case 4 ->
                    seen().commit(
                                    now,
                                    "UPDATE states SET metadata_id=(SELECT MIN(metadata_id) FROM"
                                            + " states_meta) WHERE state_id="
                                            + newest);
            case 5 ->
                    seen().commit(
                                    now,
                                    "SET foreign_key_checks=0",
                                    "REPLACE INTO states"
                                            + " (state_id,state,last_updated_ts,attributes_id,metadata_id)"
                                            + " SELECT state_id,'14.5',last_updated_ts,attributes_id,metadata_id"
                                            + " FROM states WHERE state_id="
                                            + newest);
            case 6 -> rename(now);
            case 7 -> comeAndGo(now);
            case 8 -> purge(now);
            case 9 ->
                    seen().commit(
                                    now,
                                    "UPDATE states SET state=CONCAT(state,'0') WHERE state_id>="
                                            + (id - 50)
                                            + " AND state_id<"
                                            + id);
            case 10 -> {
                late(now);
                late(now);
            }
            default -> nothingCommitted(now);
        }
    }

    private void late(Instant now) throws Exception {
        seen().commit(
                        now,
                        "INSERT INTO states (state,last_updated_ts,attributes_id,metadata_id) SELECT"
                                + " '"
                                + random.nextInt(40)
                                + "',last_updated_ts-"
                                + random.nextInt(10_000)
                                + ",attributes_id,metadata_id FROM states WHERE attributes_id IS NOT"
                                + " NULL ORDER BY state_id DESC LIMIT 3");
    }

    /** An entity is renamed, and another takes its name. */
    private void rename(Instant now) throws Exception {
        String name = "sensor.spare_" + made;
        seen().commit(
                        now,
                        "INSERT INTO states_meta (entity_id) VALUES ('" + name + "')",
                        row(name, now));
        seen().commit(
                        now,
                        "UPDATE states_meta SET entity_id='"
                                + name
                                + "_old' WHERE entity_id='"
                                + name
                                + "'",
                        "INSERT INTO states_meta (entity_id) VALUES ('" + name + "')");
        seen().commit(now, row(name, now), row(name + "_old", now));
    }

    /** An entity is purged whole, its key with it, and comes back under another. */
    private void comeAndGo(Instant now) throws Exception {
        String name = "sensor.guest_" + made;
        seen().commit(
                        now,
                        "INSERT INTO states_meta (entity_id) VALUES ('" + name + "')",
                        row(name, now));
        String its =
                " WHERE metadata_id IN (SELECT metadata_id FROM (SELECT metadata_id FROM states_meta"
                        + " WHERE entity_id='"
                        + name
                        + "') x)";
        seen().commit(now, "DELETE FROM states" + its, "DELETE FROM states_meta" + its);
        seen().commit(
                        now,
                        "INSERT INTO states_meta (entity_id) VALUES ('" + name + "')",
                        row(name, now));
    }

    private static String row(String name, Instant now) {
        return "INSERT INTO states (state,last_updated_ts,attributes_id,metadata_id) VALUES ('1.5',"
                + now.getEpochSecond()
                + ".25,(SELECT MIN(attributes_id) FROM state_attributes),(SELECT metadata_id FROM"
                + " states_meta WHERE entity_id='"
                + name
                + "'))";
    }

    private void purge(Instant now) throws Exception {
        seen().commitUntold(
                        now,
                        "SET foreign_key_checks=0",
                        "DELETE FROM states WHERE last_updated_ts<"
                                + now.minusSeconds(4 * 3_600).getEpochSecond());
    }

    private void nothingCommitted(Instant now) throws Exception {
        seen().commitUntold(
                        now,
                        "SAVEPOINT a",
                        "INSERT INTO states (state,last_updated_ts,metadata_id) SELECT"
                                + " 'never',last_updated_ts+1,metadata_id FROM states ORDER BY"
                                + " state_id DESC LIMIT 5",
                        "ROLLBACK");
    }

    @Test
    @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void every_state_of_a_day_is_what_was_seen_live() throws Exception {
        begin(Scenario.SENSOR_DROPOUT, start);
        SteppedSimulator.letTheLogFollowTheRows(database);
        SeenLive watching = new SeenLive(database);
        seen = watching;
        watching.start(start.minusSeconds(1));
        live(6);
        watching.stopArchiver();
        live(7);
        watching.startArchiver();
        live(9);
        home().close();
        begin(Scenario.CRAC_FAILURE, at(9.4));
        live(13);
        home().cutOff(database);
        home().close();
        begin(Scenario.NORMAL, at(13.1));
        live(16);
        home().cutOff(database);
        live(19);
        cutStreams();
        live(24);
        home().close();
        home = null;
        settle(watching);
        assertThat(watching.groups()).isGreaterThan(6_000);
        SeenLive.Played played = watching.assertReplayed(start, at(24.1));
        List<Instant> moments = new ArrayList<>(played.moments().keySet());
        for (int i = 0; i < 30; i++) {
            Instant moment = moments.get(random.nextInt(moments.size()));
            RoomState alone =
                    watching.history().at(moment, Basis.KNOWN_THEN, new Work()).at(moment);
            SeenLive.assertEqual(
                    alone,
                    Objects.requireNonNull(played.moments().get(moment)),
                    "a jump to " + moment);
        }
        for (String kind : List.of("1", "2", "3", "4", "5", "6")) {
            assertThat(archived("fact WHERE kind=" + kind))
                    .as("facts of kind " + kind)
                    .isPositive();
        }
        assertThat(archived("late")).isPositive();
        assertThat(archived("reading")).isGreaterThan(15_000);
    }

    private long archived(String what) {
        return Long.parseLong(
                database.column("SELECT COUNT(*) FROM " + database.schema() + "_own." + what)
                        .getFirst());
    }

    /** Both streams break off, and go on where they stood. */
    private void cutStreams() {
        for (String session :
                database.column(
                        "SELECT id FROM information_schema.processlist WHERE command LIKE 'Binlog"
                                + " Dump%'")) {
            database.asRoot("KILL " + session);
        }
    }

    private void settle(SeenLive watching) throws Exception {
        Deadline.within(
                Duration.ofSeconds(60),
                "the recorder stopped",
                () -> watching.now().recorder().phase().name().equals("STOPPED"));
        watching.settle();
    }
}
