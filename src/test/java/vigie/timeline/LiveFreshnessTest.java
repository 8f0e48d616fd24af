package vigie.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.point.PointId;
import vigie.point.Quality;
import vigie.room.Voice;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** From the tables of a real server to the quality of a value: learned, judged, told apart. */
@ExtendWith(EmbeddedMariaDb.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveFreshnessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeAll
    static void tables(TestDatabase database) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(
                        LiveFreshnessTest.class.getResourceAsStream("/recorder/schema-53.sql"))) {
            String schema = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : schema.replaceAll("--[^\n]*", "").split(";")) {
                String statement = sql.strip();
                String verb = statement.toUpperCase(Locale.ROOT);
                if (!statement.isEmpty()
                        && !verb.startsWith("CREATE DATABASE")
                        && !verb.startsWith("USE ")) {
                    database.execute(statement);
                }
            }
        }
        database.execute(
                "INSERT INTO states_meta VALUES (1,'sensor.inlet'),(2,'binary_sensor.door'),"
                        + "(3,'sensor.charge'),(4,'sensor.busy')",
                "INSERT INTO state_attributes VALUES (1,0,'{\"unit_of_measurement\":\"°C\"}'),"
                        + "(2,0,'{}')",
                "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES"
                        + " (UTC_TIMESTAMP(6) - INTERVAL 9 HOUR, 0, UTC_TIMESTAMP(6))",
                // A row a minute for eight hours, until ten minutes ago.
                "INSERT INTO states (state_id, metadata_id, state, last_updated_ts, attributes_id,"
                        + " old_state_id) SELECT seq, 1, 20 + seq % 7,"
                        + " UNIX_TIMESTAMP(NOW(6)) - 600 - (480 - seq) * 60, 1,"
                        + " IF(seq = 1, NULL, seq - 1) FROM seq_1_to_480",
                "INSERT INTO states (state_id, metadata_id, state, last_updated_ts, attributes_id)"
                        + " VALUES (1001, 2, 'off', UNIX_TIMESTAMP(NOW(6)) - 30000, 2),"
                        + " (1002, 3, '100', UNIX_TIMESTAMP(NOW(6)) - 30000, 1)");
        busy(database);
    }

    @Test
    void silence_is_judged_by_what_the_tables_tell_and_a_stop_is_told_apart(TestDatabase database) {
        try (LiveTimeline timeline = LiveTimeline.start(database.reader(), Clock.systemUTC())) {
            until("live", () -> timeline.moment().feed().isLive());
            until("learned", () -> !timeline.moment().cadences().points().isEmpty());
            assertThat(voice(timeline)).isEqualTo(Voice.Kind.HEARD);
            assertThat(quality(timeline, "sensor.inlet"))
                    .isEqualTo(Quality.of(Quality.Reason.STALE));
            assertThat(quality(timeline, "sensor.charge"))
                    .isEqualTo(Quality.of(Quality.Reason.UNCHANGED));
            assertThat(quality(timeline, "binary_sensor.door")).isEqualTo(Quality.GOOD);
            assertThat(quality(timeline, "sensor.busy")).isEqualTo(Quality.GOOD);

            database.execute("UPDATE recorder_runs SET end = UTC_TIMESTAMP(6)");
            until("stopped", () -> voice(timeline) == Voice.Kind.STOPPED);
            assertThat(quality(timeline, "binary_sensor.door"))
                    .isEqualTo(Quality.of(Quality.Reason.SOURCE_STOPPED));

            database.execute(
                    "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES"
                            + " (UTC_TIMESTAMP(6), 0, UTC_TIMESTAMP(6))");
            busy(database);
            until("started", () -> voice(timeline) == Voice.Kind.HEARD);
            assertThat(quality(timeline, "binary_sensor.door")).isEqualTo(Quality.GOOD);
        }
    }

    private static void busy(TestDatabase database) {
        database.execute(
                "INSERT INTO states (metadata_id, state, last_updated_ts, attributes_id)"
                        + " VALUES (4, '1', UNIX_TIMESTAMP(NOW(6)), 1)");
    }

    private static Voice.Kind voice(LiveTimeline timeline) {
        return timeline.moment().freshness(timeline.now()).voice().kind();
    }

    private static Quality quality(LiveTimeline timeline, String name) {
        Instant now = timeline.now();
        Moment moment = timeline.moment();
        return moment.state()
                .point(new PointId(name))
                .flatMap(point -> point.quality(now, moment.freshness(now)))
                .orElseThrow();
    }

    private static void until(String what, BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within %s: %s", PATIENCE, what).isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
