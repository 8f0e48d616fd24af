package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.history.RowStream;
import vigie.history.Work;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.room.PointState;
import vigie.room.RoomState;
import vigie.store.Accounts;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What people and migrations do to rows and names that are there already, through a real server:
 * seen live, and told of the past on either basis.
 */
@ExtendWith(EmbeddedMariaDb.class)
class RepairedThenTest {
    private static final PointId A = new PointId("sensor.a");
    private static final PointId B = new PointId("sensor.b");

    private final Instant start =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(5, ChronoUnit.HOURS);
    private final TestDatabase database;
    private SeenLive seen;

    RepairedThenTest(TestDatabase database) throws Exception {
        this.database = database;
        RecorderTables.create(database);
        database.execute(
                "INSERT INTO states_meta VALUES (2,'sensor.b')",
                "INSERT INTO state_attributes VALUES" + " (2,0,'{\"unit_of_measurement\":\"°C\"}')",
                "DELETE FROM recorder_runs");
        seen = new SeenLive(database);
    }

    @BeforeEach
    void start() throws Exception {
        seen.start(start.minusSeconds(1));
    }

    @AfterEach
    void close() throws Exception {
        seen.close();
    }

    /** Begins anew, with what is in the tables already. */
    private void again(String... before) throws Exception {
        seen.close();
        database.execute(before);
        seen = new SeenLive(database);
        start();
    }

    private Instant at(long seconds) {
        return start.plusSeconds(seconds);
    }

    private String row(long id, long key, long seconds, String text) {
        return SeenLive.row(id, key, at(seconds).getEpochSecond() - 0.5, text);
    }

    private SeenLive.Played replayed() throws Exception {
        seen.settle();
        SeenLive.Played played = seen.assertReplayed(start, Instant.now());
        for (var one : played.moments().entrySet()) {
            Reel alone = seen.history().at(one.getKey(), Basis.KNOWN_THEN, new Work());
            SeenLive.assertEqual(alone.at(one.getKey()), one.getValue(), one.getKey().toString());
        }
        return played;
    }

    private static Optional<String> says(RoomState room, PointId point) {
        return room.point(point).flatMap(PointState::newest).map(reading -> reading.text());
    }

    private static PointKey keyOf(RoomState room, PointId point) {
        return room.point(point).orElseThrow().key();
    }

    /** What {@code replay} prints: time, name and text. */
    private List<String> rows() throws Exception {
        List<String> told = new ArrayList<>();
        new RowStream(seen.history(), _ -> true)
                .read(
                        start.minusSeconds(60),
                        Instant.now(),
                        new Work(),
                        new RowStream.Sink() {
                            @Override
                            public void reading(Reading reading) {
                                told.add(
                                        (reading.time().getEpochSecond()
                                                        + 1
                                                        - start.getEpochSecond())
                                                + " "
                                                + reading.point().name()
                                                + " "
                                                + reading.text());
                            }

                            @Override
                            public void recorder(boolean records, Instant at) {}
                        });
        return told;
    }

    @Test
    void a_new_entity_that_takes_a_name_leaves_the_old_ones_past_alone() throws Exception {
        seen.commit(at(10), row(1, 1, 10, "21"));
        seen.commit(at(20), row(2, 2, 20, "30"));
        seen.commit(
                at(30),
                "UPDATE states_meta SET entity_id='sensor.old' WHERE metadata_id=1",
                "INSERT INTO states_meta VALUES (9,'sensor.a')");
        seen.commit(at(40), row(3, 9, 40, "99"));
        seen.commit(at(50), row(4, 1, 50, "22"));
        replayed();
        PointId old = new PointId("sensor.old");
        assertThat(says(seen.now(), A)).contains("99");
        assertThat(says(seen.now(), old)).contains("22");
        assertToldApart(old);
        purge();
        assertToldApart(old);
    }

    private void assertToldApart(PointId old) throws Exception {
        for (Basis basis : Basis.values()) {
            RoomState before = seen.history().at(at(25), basis, new Work()).at(at(25));
            assertThat(says(before, A)).as("%s", basis).contains("21");
            assertThat(keyOf(before, A)).isEqualTo(new PointKey(1));
            RoomState after = seen.history().at(at(60), basis, new Work()).at(at(60));
            assertThat(says(after, A)).as("%s", basis).contains("99");
            assertThat(says(after, old)).as("%s", basis).contains("22");
            Reel reel = seen.history().reel(at(25), basis, new Work());
            assertThat(says(reel.at(at(25)), A)).as("%s", basis).contains("21");
            assertThat(reel.at(at(25)).point(old)).as("%s", basis).isEmpty();
            assertThat(says(reel.at(at(35)), old)).as("%s", basis).contains("21");
            assertThat(says(reel.at(at(60)), A)).as("%s", basis).contains("99");
            assertThat(says(reel.at(at(60)), old)).as("%s", basis).contains("22");
        }
        assertThat(rows())
                .containsExactly(
                        "10 sensor.a 21", "20 sensor.b 30", "40 sensor.a 99", "50 sensor.old 22");
    }

    @Test
    void a_row_that_a_repair_gives_to_another_point_was_the_others_until_then() throws Exception {
        seen.commit(at(10), row(1, 1, 10, "21"), row(2, 2, 9, "30"));
        seen.commit(at(20), row(3, 1, 20, "31"));
        seen.commit(at(30), "UPDATE states SET metadata_id=2 WHERE state_id=3");
        seen.commit(at(40), row(4, 1, 40, "22"));
        replayed();
        RoomState before = then(at(25));
        assertThat(says(before, A)).contains("31");
        assertThat(says(before, B)).contains("30");
        RoomState now = seen.history().at(at(25), Basis.KNOWN_NOW, new Work()).at(at(25));
        assertThat(says(now, A)).contains("21");
        assertThat(says(now, B)).contains("31");
        assertThat(rows())
                .containsExactly(
                        "10 sensor.a 21", "9 sensor.b 30", "20 sensor.a 31", "40 sensor.a 22");
        purge();
        replayed();
        now = seen.history().at(at(25), Basis.KNOWN_NOW, new Work()).at(at(25));
        assertThat(says(now, A)).contains("21");
        assertThat(says(now, B)).contains("31");
        assertThat(rows())
                .containsExactly(
                        "10 sensor.a 21", "9 sensor.b 30", "20 sensor.a 31", "40 sensor.a 22");
    }

    @Test
    void a_row_that_a_repair_gives_to_another_point_and_another_time_was_the_others_until_then()
            throws Exception {
        seen.commit(at(10), row(1, 1, 10, "21"), row(2, 2, 9, "30"));
        seen.commit(at(20), row(3, 1, 20, "31"));
        seen.commit(
                at(30),
                "UPDATE states SET metadata_id=2, last_updated_ts=last_updated_ts-8 WHERE"
                        + " state_id=3");
        seen.commit(at(40), row(4, 1, 40, "22"));
        // Far away in time, and back again.
        seen.commit(
                at(50),
                "UPDATE states SET metadata_id=1, last_updated_ts=last_updated_ts-300000,"
                        + " state='29' WHERE state_id=2");
        seen.commit(
                at(60),
                "UPDATE states SET metadata_id=2, last_updated_ts=last_updated_ts+300000 WHERE"
                        + " state_id=2");
        for (int i = 0; i < 2; i++) {
            replayed();
            assertThat(says(then(at(25)), A)).contains("31");
            assertThat(says(then(at(25)), B)).contains("30");
            assertThat(says(then(at(35)), A)).contains("31");
            assertThat(says(then(at(45)), A)).contains("22");
            RoomState now = seen.history().at(at(25), Basis.KNOWN_NOW, new Work()).at(at(25));
            assertThat(says(now, A)).contains("21");
            assertThat(says(now, B)).contains("31");
            now = seen.history().at(at(11), Basis.KNOWN_NOW, new Work()).at(at(11));
            assertThat(says(now, B)).contains("29");
            assertThat(rows())
                    .containsExactly(
                            "10 sensor.a 21", "9 sensor.b 30", "20 sensor.a 31", "40 sensor.a 22");
            purge();
        }
    }

    @Test
    void
            a_row_from_before_the_archive_that_is_given_away_at_another_time_was_the_others_until_then()
                    throws Exception {
        again(
                row(1, 1, 10, "21"),
                row(2, 2, 11, "30"),
                row(3, 1, 20, "31"),
                row(5, 2, 100, "33"),
                row(6, 2, 110, "34"));
        seen.commit(
                at(290),
                "UPDATE states SET last_updated_ts=last_updated_ts-50 WHERE state_id=5",
                "UPDATE states SET last_updated_ts=last_updated_ts+90 WHERE state_id=6");
        seen.commit(
                at(300),
                "UPDATE states SET metadata_id=2, last_updated_ts=last_updated_ts-8 WHERE"
                        + " state_id=3");
        seen.commit(at(310), row(4, 1, 310, "22"));
        replayed();
        for (int i = 0; i < 2; i++) {
            assertThat(says(then(at(12)), A)).contains("21");
            assertThat(says(then(at(15)), B)).contains("30");
            assertThat(says(then(at(25)), A)).contains("31");
            assertThat(says(then(at(25)), B)).contains("30");
            assertThat(says(then(at(305)), A)).contains("31");
            assertThat(says(then(at(95)), B)).contains("30");
            assertThat(says(then(at(105)), B)).contains("33");
            assertThat(says(then(at(150)), B)).contains("34");
            assertThat(says(then(at(305)), B)).contains("34");
            assertThat(says(then(at(315)), A)).contains("22");
            RoomState now = seen.history().at(at(25), Basis.KNOWN_NOW, new Work()).at(at(25));
            assertThat(says(now, A)).contains("21");
            assertThat(says(now, B)).contains("31");
            assertThat(rows())
                    .containsExactlyInAnyOrder(
                            "10 sensor.a 21",
                            "11 sensor.b 30",
                            "20 sensor.a 31",
                            "100 sensor.b 33",
                            "110 sensor.b 34",
                            "310 sensor.a 22");
            purge();
        }
    }

    @Test
    void a_row_that_is_given_away_at_another_time_is_found_where_the_log_tells_only_what_changed()
            throws Exception {
        database.asRoot(
                "GRANT BINLOG ADMIN ON *.* TO "
                        + Accounts.account(database.writer().user(), "127.0.0.1"));
        again();
        seen.commit(at(10), row(1, 1, 10, "21"), row(2, 2, 9, "30"));
        seen.commit(at(20), row(3, 1, 20, "31"));
        seen.commit(
                at(30),
                "SET SESSION binlog_row_image=MINIMAL",
                "UPDATE states SET metadata_id=2, last_updated_ts=last_updated_ts-8 WHERE"
                        + " state_id=3");
        replayed();
        assertThat(says(then(at(25)), A)).contains("31");
        assertThat(says(then(at(25)), B)).contains("30");
        RoomState now = seen.history().at(at(25), Basis.KNOWN_NOW, new Work()).at(at(25));
        assertThat(says(now, A)).contains("21");
        assertThat(says(now, B)).contains("31");
    }

    @Test
    void a_row_repaired_before_and_after_it_is_given_away_keeps_what_it_said() throws Exception {
        seen.commit(at(10), row(1, 1, 10, "21"), row(2, 2, 9, "30"));
        seen.commit(at(20), "UPDATE states SET state='21.5' WHERE state_id=1");
        seen.commit(at(30), "UPDATE states SET metadata_id=2 WHERE state_id=1");
        seen.commit(at(40), "UPDATE states SET state='31.5' WHERE state_id=1");
        seen.commit(at(50), "UPDATE states SET metadata_id=1, state='7' WHERE state_id=1");
        replayed();
        assertThat(says(then(at(15)), A)).contains("21");
        assertThat(says(then(at(25)), A)).contains("21.5");
        assertThat(says(then(at(55)), A)).contains("7");
        assertThat(rows()).containsExactly("10 sensor.a 21", "9 sensor.b 30");
    }

    @Test
    void a_row_whose_time_was_repaired_is_told_under_the_time_that_it_had() throws Exception {
        seen.commit(at(10), row(1, 1, 10, "21"));
        seen.commit(at(20), row(2, 1, 20, "22"));
        seen.commit(
                at(30),
                "UPDATE states SET last_updated_ts=last_updated_ts-15, state='23' WHERE state_id=2");
        seen.commit(at(40), "UPDATE states SET last_updated_ts=last_updated_ts-3 WHERE state_id=2");
        replayed();
        assertThat(rows()).containsExactly("10 sensor.a 21", "20 sensor.a 22");
        purge();
        assertThat(rows()).containsExactly("10 sensor.a 21", "20 sensor.a 22");
        List<String> part = new ArrayList<>();
        new RowStream(seen.history(), _ -> true)
                .read(
                        at(15),
                        at(25),
                        new Work(),
                        new RowStream.Sink() {
                            @Override
                            public void reading(Reading reading) {
                                part.add(Objects.requireNonNull(reading.text()));
                            }

                            @Override
                            public void recorder(boolean records, Instant at) {}
                        });
        assertThat(part).containsExactly("22");
    }

    @Test
    void a_row_that_is_replaced_is_repaired_and_not_new() throws Exception {
        seen.commit(at(10), row(1, 1, 10, "21"));
        seen.commit(at(20), row(2, 1, 20, "22"));
        seen.commit(at(30), "SET foreign_key_checks=0", replace(1, 1, 10, "12"));
        seen.commit(at(40), replace(2, 1, 20, "24"));
        replayed();
        assertThat(says(then(at(15)), A)).contains("21");
        assertThat(says(then(at(35)), A)).contains("22");
        assertThat(says(then(at(45)), A)).contains("24");
        assertThat(says(seen.now(), A)).contains("24");
        assertThat(rows()).containsExactly("10 sensor.a 21", "20 sensor.a 22");
    }

    @Test
    void what_was_named_and_stopped_while_nobody_archived_is_told_in_its_turn() throws Exception {
        seen.commit(
                at(5),
                "INSERT INTO recorder_runs (start,closed_incorrect,created) VALUES (NOW(6),0,NOW(6))");
        seen.commit(at(10), row(1, 1, 10, "21"));
        seen.settle();
        seen.stopArchiver();
        seen.commit(at(20), row(2, 1, 20, "22"));
        seen.commit(at(30), "UPDATE states_meta SET entity_id='sensor.old' WHERE metadata_id=1");
        seen.commit(at(32), "UPDATE recorder_runs SET `end`=NOW(6)");
        seen.commit(at(33), "INSERT INTO states_meta VALUES (9,'sensor.a')");
        seen.commit(
                at(35),
                "INSERT INTO recorder_runs (start,closed_incorrect,created) VALUES (NOW(6),0,NOW(6))");
        seen.commit(at(40), row(3, 9, 40, "99"), row(4, 1, 40, "23"));
        seen.startArchiver();
        replayed();
        assertThat(says(then(at(25)), A)).contains("22");
        assertThat(says(then(at(45)), A)).contains("99");
        assertThat(says(then(at(45)), new PointId("sensor.old"))).contains("23");
    }

    @Test
    void a_row_that_is_replaced_while_nobody_archives_was_what_it_was() throws Exception {
        seen.commit(at(10), row(1, 1, 10, "21"));
        seen.commit(at(20), row(2, 1, 20, "22"));
        seen.settle();
        seen.stopArchiver();
        seen.commit(at(30), "SET foreign_key_checks=0", replace(2, 1, 20, "22.5"));
        seen.startArchiver();
        seen.commit(at(40), row(3, 2, 40, "30"));
        replayed();
        assertThat(says(then(at(25)), A)).contains("22");
        assertThat(says(then(at(35)), A)).contains("22.5");
    }

    private String replace(long id, long key, long seconds, String text) {
        return row(id, key, seconds, text).replace("INSERT", "REPLACE");
    }

    @Test
    void an_id_that_is_given_again_is_another_row() throws Exception {
        seen.commit(at(10), row(1, 1, 10, "21"));
        seen.commit(at(12), row(2, 2, 12, "30"));
        seen.commit(at(20), "UPDATE states SET state='21.5' WHERE state_id=1");
        seen.commit(at(30), "DELETE FROM states WHERE state_id=1");
        seen.commit(at(40), row(1, 2, 40, "31"));
        seen.commit(at(50), "UPDATE states SET state='31.5' WHERE state_id=1");
        replayed();
        assertThat(says(then(at(15)), A)).contains("21");
        assertThat(says(then(at(25)), A)).contains("21.5");
        assertThat(says(then(at(45)), A)).contains("21.5");
        assertThat(says(then(at(45)), B)).contains("31");
        assertThat(says(then(at(55)), B)).contains("31.5");
        assertThat(rows())
                .containsExactlyInAnyOrder("10 sensor.a 21", "12 sensor.b 30", "40 sensor.b 31");
    }

    private RoomState then(Instant at) throws Exception {
        return seen.history().at(at, Basis.KNOWN_THEN, new Work()).at(at);
    }

    /** Home Assistant forgets the rows; the archive does not. */
    private void purge() throws Exception {
        seen.commitUntold(at(3_600), "DELETE FROM states");
    }
}
