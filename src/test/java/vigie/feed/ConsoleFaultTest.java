package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

import vigie.feed.FeedStatus.Phase;
import vigie.point.PointId;
import vigie.room.PointState;
import vigie.store.testing.ServerVersion;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What happens on this side: the console is killed, its clock jumps, its notes are damaged. */
@FaultRows
class ConsoleFaultTest {
    @Parameter ServerVersion version;
    private PrivateServer server;

    @BeforeParameterizedClassInvocation
    void start(ServerVersion on, @TempDir Path folder) throws Fault, IOException, SQLException {
        server = PrivateServer.start(on, folder);
    }

    @AfterParameterizedClassInvocation
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void row_36_a_clock_that_jumps_neither_stops_nor_hurries_the_feed() throws Fault, SQLException {
        try (Followed followed = Followed.idle(server)) {
            followed.feed(new Feed(followed.address(), followed.watcher(), new Jumping()));
            followed.start();
            followed.watcher().await(Phase.LIVE);
            for (int i = 0; i < 3; i++) {
                followed.write(3);
                long losses = followed.watcher().times(Phase.BACKOFF);
                server.killDumpThreads();
                followed.watcher()
                        .awaitThat(
                                "noticed", () -> followed.watcher().times(Phase.BACKOFF) > losses);
                followed.watcher().await(Phase.LIVE);
            }
            followed.assertExactWithoutResync();
        }
    }

    @Test
    void row_36_a_reading_from_the_future_has_no_negative_age() throws Fault, SQLException {
        try (Followed followed = Followed.live(server);
                HomeAssistant home = new HomeAssistant(server)) {
            home.state("sensor.ahead", "1");
            home.commit();
            followed.assertExact();
            PointState point =
                    followed.watcher().state.point(new PointId("sensor.ahead")).orElseThrow();
            Instant before = point.newest().orElseThrow().time().minus(Duration.ofDays(1));
            assertThat(point.age(before)).hasValue(Duration.ZERO);
        }
    }

    /** A day forward or back at each look. */
    private static final class Jumping extends Clock {
        private final Random random = new Random(36);

        @Override
        public synchronized Instant instant() {
            return Instant.now().plus(Duration.ofHours(random.nextInt(49) - 24));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** The statements by which schema 46 and 53 came, on tables in use. */
    @Test
    void row_24_a_migration_under_way_is_said_and_shifts_no_value() throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            followed.write(5);
            server.execute(
                    "SET foreign_key_checks=0",
                    "ALTER TABLE states MODIFY old_state_id BIGINT NULL, MODIFY event_id BIGINT",
                    "ALTER TABLE events MODIFY event_id BIGINT NOT NULL AUTO_INCREMENT",
                    "ALTER TABLE states_meta CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                    "ALTER TABLE states CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,"
                            + " LOCK=EXCLUSIVE",
                    "ALTER TABLE state_attributes CONVERT TO CHARACTER SET utf8mb4 COLLATE"
                            + " utf8mb4_bin",
                    "INSERT INTO schema_changes (schema_version, changed)"
                            + " VALUES (53, UTC_TIMESTAMP(6))");
            followed.home().reconnect();
            followed.write(10);
            followed.assertExact();
        } finally {
            server.execute("ALTER TABLE states MODIFY event_id SMALLINT");
        }
    }

    /** Another JVM, for only that can be killed between two instructions. */
    @Test
    void row_32_a_console_killed_at_any_moment_has_each_row_once(@TempDir Path folder)
            throws Fault, SQLException, IOException, InterruptedException {
        Path notes = folder.resolve("notes");
        Random random = new Random(32);
        try (Followed followed = Followed.idle(server)) {
            KilledConsole.Child first = KilledConsole.start(server.address(), notes);
            first.awaitLive();
            followed.startWriting();
            KilledConsole.Child child = first;
            for (int life = 0; life < LIVES; life++) {
                followed.awaitWritten(30 + random.nextInt(60));
                child.kill();
                child = KilledConsole.start(server.address(), notes);
                if (random.nextBoolean()) {
                    child.awaitLive();
                }
            }
            followed.awaitWritten(20);
            followed.stopWriting();
            List<Printed.Line> stored = followed.oracle().rows(server);
            try {
                Deadline.within(
                        Watcher.PATIENCE,
                        "all rows noted",
                        () -> KilledConsole.noted(notes).size() >= stored.size());
            } finally {
                child.kill();
            }
            assertThat(KilledConsole.noted(notes)).isEqualTo(stored);
        }
    }

    private static final int LIVES = 5;

    /** Whatever a file may hold: the feed falls back to the tables, and goes on. */
    @Test
    void row_39_a_place_that_makes_no_sense_is_no_obstacle() throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            followed.write(5);
            followed.assertExact();
            String end = server.ask("SELECT @@gtid_binlog_pos");
            long newest = followed.oracle().before();
            for (StoredPlace place :
                    List.of(
                            new StoredPlace("", "", 0, newest),
                            new StoredPlace("nonsense", "0-1-1", 1, newest),
                            new StoredPlace(end, "nonsense", 1, newest),
                            new StoredPlace(end, end, 1, newest),
                            new StoredPlace("0-1-4000000000", "0-1-3999999999", 7, newest))) {
                assertTakenUp(followed, place);
            }
        }
    }

    /** To a server a domain that a place does not name is one to be sent from its beginning. */
    @Test
    void row_39_a_place_of_another_servers_domains_does_not_bring_the_whole_log_again()
            throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            followed.write(5);
            followed.assertExact();
            assertTakenUp(
                    followed,
                    new StoredPlace("99-99-99", "99-99-98", 7, followed.oracle().before()));
        }
    }

    private void assertTakenUp(Followed followed, StoredPlace place) throws Fault, SQLException {
        Watcher watcher = new Watcher();
        try (Feed feed =
                new Feed(
                        server.address(),
                        FeedOptions.durable(Optional.of(place)),
                        watcher,
                        Clock.systemUTC())) {
            feed.start();
            watcher.awaitThat("live from " + place, () -> watcher.is(Phase.LIVE));
            followed.oracle().assertSameRows(watcher, server);
        }
    }
}
