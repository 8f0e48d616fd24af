package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

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
            followed.watcher().await(FeedStatus.Phase.LIVE);
            for (int i = 0; i < 3; i++) {
                followed.write(3);
                long losses = followed.watcher().times(FeedStatus.Phase.BACKOFF);
                server.killDumpThreads();
                followed.watcher()
                        .awaitThat(
                                "noticed",
                                () -> followed.watcher().times(FeedStatus.Phase.BACKOFF) > losses);
                followed.watcher().await(FeedStatus.Phase.LIVE);
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
}
