package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.feed.Deadline;
import vigie.history.archive.ArchiveWriter;
import vigie.history.archive.Marks;
import vigie.history.archive.RolledPoints;
import vigie.history.archive.Roller;
import vigie.store.Accounts;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The archiver on a real server, from the recorder's rows to the archive's. */
@ExtendWith(EmbeddedMariaDb.class)
class ArchiverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;
    private TestDatabase shared;
    private TestDatabase database;
    private DatabaseAddress own;
    private ArchivedHome home;

    @BeforeEach
    void share(TestDatabase database) throws Exception {
        shared = database;
        start(database);
    }

    private void start(TestDatabase database) throws Exception {
        this.database = database;
        own = database.reader().withSchema(database.schema() + "_own");
        database.asRoot("DROP DATABASE IF EXISTS " + own.schema());
        String account = Accounts.account(own.user(), "127.0.0.1");
        for (String grant : Accounts.ownSchemaGrants(account, own.schema())) {
            database.asRoot(grant);
        }
        home = new ArchivedHome(database, own.schema(), 7);
    }

    @AfterEach
    void end() throws SQLException {
        home.close();
        database.asRoot("DROP DATABASE IF EXISTS " + own.schema());
    }

    /** One process that may be on duty. */
    private final class Life implements AutoCloseable {
        final DutyService duty =
                DutyService.start(own, Clock.systemUTC(), Duration.ofMillis(500), Duration.ZERO);
        final Archiver archiver;

        Life(ArchiveSettings settings) {
            archiver =
                    Archiver.start(
                            database.reader(),
                            own.schema(),
                            duty.connections(),
                            duty::held,
                            settings,
                            Clock.systemUTC());
        }

        Life() {
            this(new ArchiveSettings(90, new RolledPoints(List.of("sensor.*"))));
        }

        boolean isCurrent() {
            return archiver.status().phase() == ArchiveStatus.Phase.CURRENT;
        }

        void awaitCurrent() {
            Deadline.within(PATIENCE, "current", this::isCurrent);
        }

        @Override
        public void close() {
            archiver.close();
            duty.close();
        }
    }

    private void awaitEqual() {
        Deadline.within(
                PATIENCE, "archive equals source", () -> home.archived().equals(home.recorded()));
    }

    @Test
    void every_row_is_archived_once_those_from_before_and_those_that_come() throws Exception {
        home.past(5_000, Duration.ofDays(3));
        try (Life life = new Life()) {
            life.awaitCurrent();
            for (int i = 0; i < 30; i++) {
                home.act();
            }
            awaitEqual();
        }
        assertThat(home.archived()).isEqualTo(home.recorded()).hasSizeGreaterThan(5_000);
        assertThat(home.textChanges())
                .isEqualTo(home.expectedTextChanges())
                .hasSizeGreaterThan(1_000);
        assertThat(count("amended")).isPositive();
    }

    @Test
    void roll_ups_are_what_a_slow_look_at_the_readings_finds() throws Exception {
        home.past(12_000, Duration.ofDays(3));
        home.outage(home.now() - 200_000, home.now() - 190_000, true);
        home.outage(home.now() - 90_000, home.now() - 80_000, false);
        // What changes in one of its readings reaches over hours and midnights.
        long quiet = home.quiet("sensor.quiet");
        for (int hours : new int[] {60, 40, 4}) {
            home.insert(quiet, home.now() - hours * 3_600.0, "20." + hours);
        }
        // A meter grew while it said nothing of worth.
        long meter = home.quiet("sensor.quiet_meter");
        home.insert(meter, home.now() - 60 * 3_600.0, "20.5");
        home.insert(meter, home.now() - 59 * 3_600.0, "unavailable");
        home.insert(meter, home.now() - 58 * 3_600.0, "unknown");
        home.insert(meter, home.now() - 28 * 3_600.0, "28.5");
        home.commit();
        try (Life life = new Life()) {
            life.awaitCurrent();
            assertThat(RollUpReference.differences(database, own.schema())).isEmpty();
            home.insert(quiet, home.now() - 50 * 3_600.0, "30.5");
            home.insert(quiet, home.now() - 19 * 3_600.0, "31.5");
            home.run("UPDATE states SET state='35.5' WHERE state='20.40' AND metadata_id=" + quiet);
            home.run("UPDATE states SET state='21.5' WHERE state='20.5' AND metadata_id=" + meter);
            home.commit();
            // Late, repaired and undone readings in hours that are made already.
            for (int i = 0; i < 150; i++) {
                home.act();
            }
            awaitEqual();
            Deadline.within(
                    PATIENCE,
                    "made anew",
                    () ->
                            count("reroll") == 0
                                    && count("point WHERE rolled=2") == 0
                                    && life.isCurrent());
        }
        assertThat(count("outage")).isEqualTo(2);
        assertThat(count("minutes")).isGreaterThan(200);
        assertThat(RollUpReference.differences(database, own.schema())).isEmpty();
    }

    private long count(String table) {
        return Long.parseLong(
                database.column("SELECT COUNT(*) FROM " + own.schema() + "." + table).getFirst());
    }

    @Test
    void kills_under_load_leave_every_row_archived_once() throws Exception {
        home.past(20_000, Duration.ofDays(2));
        Random random = new Random(3);
        long filledAtFirst = -1;
        for (int life = 0; life < 7; life++) {
            home.purging(life > 0 && count("archive WHERE fill_next=0") == 1);
            KilledArchiver.Child child = KilledArchiver.start(database.reader(), own);
            child.awaitArchiving();
            for (int i = 0; i < 5 + random.nextInt(60); i++) {
                home.act();
            }
            child.kill();
            if (filledAtFirst < 0) {
                filledAtFirst = count("reading");
            }
            for (int i = random.nextInt(10); i > 0; i--) {
                home.act();
            }
        }
        assertThat(filledAtFirst)
                .as("killed while rows from before were copied")
                .isLessThan(20_000);
        try (Life life = new Life()) {
            awaitEqual();
            Deadline.within(
                    PATIENCE,
                    "all made",
                    () ->
                            life.isCurrent()
                                    && count("reroll") == 0
                                    && count("point WHERE rolled=2") == 0);
        }
        assertThat(home.archived()).isEqualTo(home.recorded());
        assertThat(home.textChanges()).isEqualTo(home.expectedTextChanges());
        assertThat(RollUpReference.differences(database, own.schema())).isEmpty();
    }

    @Test
    void of_two_processes_one_archives_and_the_other_takes_over() throws Exception {
        home.past(500, Duration.ofHours(5));
        Life first = new Life();
        try (first) {
            first.awaitCurrent();
            try (Life second = new Life()) {
                Deadline.within(
                        PATIENCE,
                        "standing by",
                        () -> second.duty.status().state() == DutyState.STANDBY);
                for (int i = 0; i < 10; i++) {
                    home.act();
                }
                assertThat(second.archiver.status()).isEqualTo(ArchiveStatus.RESTING);
                first.close();
                for (int i = 0; i < 10; i++) {
                    home.act();
                }
                second.awaitCurrent();
                awaitEqual();
            }
        }
    }

    @Test
    void readings_past_keeping_go_as_whole_partitions_and_their_roll_ups_stay() throws Exception {
        home.past(3_000, Duration.ofDays(9));
        try (Life life = new Life(new ArchiveSettings(3, new RolledPoints(List.of("*"))))) {
            life.awaitCurrent();
            Deadline.within(PATIENCE, "expired", () -> count("archive WHERE expired_to_us>0") == 1);
            Deadline.within(
                    PATIENCE, "dropped", () -> oldestPartition() > home.now() - 4.1 * 86_400);
            life.awaitCurrent();
        }
        String limit =
                database.column("SELECT expired_to_us FROM " + own.schema() + ".archive")
                        .getFirst();
        assertThat(count("reading WHERE time_us<" + limit)).isZero();
        assertThat(count("hours WHERE start_us<" + limit)).isGreaterThan(10);
        assertThat(count("reading")).isGreaterThan(500);
        assertThat(home.recorded()).containsAll(home.archived());
    }

    private double oldestPartition() {
        return Double.parseDouble(
                        database.column(
                                        "SELECT MIN(CAST(PARTITION_DESCRIPTION AS INT)) FROM"
                                                + " information_schema.PARTITIONS WHERE TABLE_SCHEMA='"
                                                + own.schema()
                                                + "' AND TABLE_NAME='reading' AND"
                                                + " PARTITION_DESCRIPTION<>'MAXVALUE'")
                                .getFirst())
                / 1e6;
    }

    @Test
    void an_account_that_may_not_drop_deletes_what_is_past_keeping() throws Exception {
        home.past(1_000, Duration.ofDays(9));
        database.asRoot(
                "REVOKE DROP ON "
                        + Accounts.allOf(own.schema())
                        + " FROM "
                        + Accounts.account(own.user(), "127.0.0.1"));
        try (Life life = new Life(new ArchiveSettings(3, new RolledPoints(List.of("*"))))) {
            life.awaitCurrent();
            Deadline.within(PATIENCE, "expired", () -> count("archive WHERE expired_to_us>0") == 1);
            Deadline.within(
                    PATIENCE,
                    "deleted",
                    () ->
                            count(
                                            "reading WHERE time_us<(SELECT expired_to_us FROM "
                                                    + own.schema()
                                                    + ".archive)")
                                    == 0);
        }
        assertThat(count("hours")).isGreaterThan(10);
    }

    @Test
    void without_the_right_to_write_nothing_is_written_and_it_is_said() throws Exception {
        database.asRoot(
                "REVOKE ALL PRIVILEGES ON "
                        + Accounts.allOf(own.schema())
                        + " FROM "
                        + Accounts.account(own.user(), "127.0.0.1"));
        home.past(100, Duration.ofHours(1));
        try (Life life = new Life()) {
            Deadline.within(PATIENCE, "looked", () -> life.duty.access().isPresent());
            home.act();
            assertThat(
                            life.duty
                                    .access()
                                    .orElseThrow()
                                    .obstacle()
                                    .orElseThrow()
                                    .values()
                                    .toString())
                    .contains("GRANT SELECT, INSERT");
            assertThat(life.archiver.status()).isEqualTo(ArchiveStatus.RESTING);
        }
        assertThat(database.column("SHOW DATABASES LIKE '" + own.schema() + "'")).isEmpty();
    }

    @Test
    void wrong_clocks_break_nothing() throws Exception {
        home.past(100, Duration.ofHours(3));
        home.insert(1, 4_102_444_800.0, "21.5");
        home.insert(1, 31_536_000.0, "20.5");
        home.commit();
        try (Life life = new Life()) {
            life.awaitCurrent();
            home.insert(1, 4_102_444_801.5, "22.5");
            home.insert(1, 31_536_001.0, "20.5");
            home.commit();
            for (int i = 0; i < 5; i++) {
                home.act();
            }
            List<String> kept = new ArrayList<>();
            Deadline.within(
                    PATIENCE,
                    "all but what is too old",
                    () -> {
                        kept.clear();
                        home.recorded().stream()
                                .filter(row -> !row.contains(" 3153600"))
                                .forEach(kept::add);
                        return home.archived().equals(kept);
                    });
            Deadline.within(PATIENCE, "counted", () -> life.archiver.status().tooOld() == 2);
        }
        assertThat(RollUpReference.differences(database, own.schema())).isEmpty();
    }

    @Test
    void rows_that_were_purged_while_nobody_listened_leave_an_outage() throws Exception {
        home.past(200, Duration.ofHours(3));
        try (Life life = new Life()) {
            life.awaitCurrent();
        }
        List<String> known = home.archived();
        home.past(50, Duration.ofMinutes(1));
        home.run("DELETE FROM states");
        home.commit();
        database.asRoot("FLUSH BINARY LOGS");
        database.asRoot("FLUSH BINARY LOGS");
        String newest = database.column("SHOW BINARY LOGS").getLast();
        Deadline.within(
                PATIENCE,
                "the log purged",
                () -> {
                    database.asRoot("PURGE BINARY LOGS TO '" + newest + "'");
                    return database.column("SHOW BINARY LOGS").size() == 1;
                });
        home.insert(1, home.now() + 5, "21.5");
        home.commit();
        try (Life life = new Life()) {
            Deadline.within(PATIENCE, "archived", () -> home.archived().size() == known.size() + 1);
            life.awaitCurrent();
        }
        assertThat(count("outage")).isEqualTo(1);
        assertThat(
                        database.column(
                                "SELECT to_us FROM "
                                        + own.schema()
                                        + ".outage WHERE to_us>from_us"))
                .hasSize(1);
    }

    @Test
    void a_key_that_comes_back_is_the_same_point_and_a_rename_keeps_it() throws Exception {
        home.past(100, Duration.ofHours(1));
        try (Life life = new Life()) {
            life.awaitCurrent();
            long points = count("point");
            home.run("DELETE FROM states WHERE metadata_id=1");
            home.run("DELETE FROM states_meta WHERE metadata_id=1");
            home.commit();
            home.run("INSERT INTO states_meta VALUES (9001,'sensor.a')");
            home.run(
                    "INSERT INTO states(metadata_id,state,last_updated_ts,attributes_id) VALUES"
                            + " (9001,'1',UNIX_TIMESTAMP(NOW(6)),2)");
            home.run("UPDATE states_meta SET entity_id='sensor.new' WHERE metadata_id=9001");
            home.commit();
            Deadline.within(PATIENCE, "renamed", () -> count("point WHERE name='sensor.new'") == 1);
            assertThat(count("point")).isEqualTo(points);
            assertThat(count("point_key WHERE metadata_id IN (1,9001)")).isEqualTo(2);
            assertThat(count("point_name WHERE name='sensor.a'")).isEqualTo(1);
        }
    }

    @Test
    void keys_that_an_emptied_recorder_gives_anew_mix_no_points() throws Exception {
        home.past(200, Duration.ofHours(2));
        try (Life life = new Life()) {
            life.awaitCurrent();
            String before = readingsOf("sensor.b");
            database.execute("SET foreign_key_checks=0", "TRUNCATE states", "TRUNCATE states_meta");
            home.run("INSERT INTO states_meta VALUES (1,'sensor.b')");
            home.run(
                    "INSERT INTO states(metadata_id,state,last_updated_ts,attributes_id) VALUES"
                            + " (1,'17.5',UNIX_TIMESTAMP(NOW(6)),2)");
            home.commit();
            Deadline.within(
                    PATIENCE,
                    "archived",
                    () ->
                            readingsOf("sensor.b")
                                    .equals(String.valueOf(Long.parseLong(before) + 1)));
            assertThat(count("point WHERE name='sensor.a'")).isEqualTo(1);
            assertThat(count("point WHERE name='sensor.b'")).isEqualTo(1);
        }
    }

    private String readingsOf(String name) {
        return database.column(
                        "SELECT COUNT(*) FROM "
                                + own.schema()
                                + ".reading r JOIN "
                                + own.schema()
                                + ".point p ON p.id=r.point WHERE p.name='"
                                + name
                                + "'")
                .getFirst();
    }

    @Test
    void hours_in_which_home_assistant_was_dead_are_rolled_up_when_it_says_so() throws Exception {
        long quiet = home.quiet("sensor.quiet");
        home.insert(quiet, home.now() - 9 * 3_600.0, "20.5");
        home.commit();
        try (Life life = new Life()) {
            life.awaitCurrent();
            Deadline.within(PATIENCE, "begun", () -> count("archive WHERE rolled_to_us>0") == 1);
            long dead = Math.floorDiv((long) home.now() - 9 * 3_600, 3_600) * 3_600_000_000L;
            assertThat(count("archive WHERE rolled_to_us>" + dead)).isZero();
            home.outage(home.now() - 9 * 3_600 + 1, home.now() - 7_200, false);
            home.insert(quiet, home.now() - 7_000, "21.5");
            home.insert(quiet, home.now(), "22.5");
            home.commit();
            Deadline.within(
                    PATIENCE,
                    "rolled up",
                    () -> count("archive WHERE rolled_to_us>" + (dead + 3_600_000_000L * 7)) == 1);
            life.awaitCurrent();
        }
        assertThat(count("outage")).isEqualTo(1);
        assertThat(RollUpReference.differences(database, own.schema())).isEmpty();
    }

    @Test
    void rows_that_never_happened_are_taken_out_with_all_that_came_of_them() throws Exception {
        home.past(3_000, Duration.ofHours(30));
        List<Long> undone = new ArrayList<>();
        try (Life life = new Life()) {
            life.awaitCurrent();
            Deadline.within(PATIENCE, "begun", () -> count("archive WHERE rolled_to_us>0") == 1);
            life.awaitCurrent();
        }
        Random random = new Random(5);
        for (String id : database.column("SELECT id FROM " + own.schema() + ".reading")) {
            if (random.nextInt(15) == 0) {
                undone.add(Long.valueOf(id));
            }
        }
        try (Connections connections = new Connections(own, "undone");
                Connection connection = connections.writable()) {
            connection.setAutoCommit(false);
            Marks marks = new Marks();
            var _ = new Roller(database.schema(), marks).reach(connection);
            new ArchiveWriter(database.schema(), marks)
                    .undone(connection, undone, java.time.Instant.now());
            connection.commit();
        }
        assertThat(count("reading")).isEqualTo(3_000 - undone.size());
        assertThat(home.textChanges()).isEqualTo(home.expectedTextChanges());
        try (Life _ = new Life()) {
            Deadline.within(PATIENCE, "made anew", () -> count("reroll") == 0);
        }
        assertThat(RollUpReference.differences(database, own.schema())).isEmpty();
    }

    @Test
    void without_a_log_every_row_is_archived_once_too() throws Exception {
        try (EmbeddedServer server = EmbeddedMariaDb.start(folder, "--skip-log-bin")) {
            end();
            start(TestDatabase.create(server, "t_logless"));
            home.past(3_000, Duration.ofHours(5));
            try (Life life = new Life()) {
                life.awaitCurrent();
                home.past(20, Duration.ofSeconds(10));
                awaitEqual();
            }
            home.past(20, Duration.ofSeconds(10));
            try (Life life = new Life()) {
                life.awaitCurrent();
                awaitEqual();
            }
            end();
        }
        start(shared);
    }
}
