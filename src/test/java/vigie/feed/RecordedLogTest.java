package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.point.PointId;
import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.PointState;
import vigie.room.RecorderState;
import vigie.room.RoomState;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What real Home Assistants wrote is read whole. */
class RecordedLogTest {
    private static final List<String> FILES =
            List.of("2026.11/binlog.000001.gz", "2026.11/binlog.000002.gz");

    private static Instant instant(String seconds) {
        BigDecimal exact = new BigDecimal(Double.parseDouble(seconds));
        BigDecimal micros = exact.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN);
        return Instant.EPOCH.plusNanos(micros.longValueExact() * 1000);
    }

    private static String text(Reading reading) {
        return reading.text() == null ? "NULL" : reading.text();
    }

    @Test
    void every_inserted_row_is_reported_once_in_order_with_text_name_and_time()
            throws IOException, StreamFault {
        List<Reading> readings =
                Recorded.readings(Recorded.groups(FILES, List.of("schema-53.sql")));
        List<String[]> inserted = Recorded.table("2026.11/inserted.tsv.gz");

        assertThat(inserted).hasSize(10_482);
        assertThat(readings).hasSameSizeAs(inserted);
        for (int i = 0; i < inserted.size(); i++) {
            String[] row = inserted.get(i);
            Reading reading = readings.get(i);
            assertThat(
                            List.of(
                                    Long.toString(reading.id().orElseThrow()),
                                    reading.point().name(),
                                    text(reading),
                                    reading.time()))
                    .isEqualTo(List.of(row[0], row[1], row[2], instant(row[3])));
        }
    }

    @Test
    void the_state_at_the_end_is_right_for_every_entity() throws IOException, StreamFault {
        RoomState state = RoomState.EMPTY;
        for (Group group : Recorded.groups(FILES, List.of("schema-53.sql"))) {
            state = state.after(group);
        }
        Map<String, String[]> newest = new HashMap<>();
        for (String[] row : Recorded.table("2026.11/states-at-end.tsv.gz")) {
            newest.merge(
                    row[1],
                    row,
                    (a, b) -> Double.parseDouble(b[3]) >= Double.parseDouble(a[3]) ? b : a);
        }
        assertThat(newest).isNotEmpty();
        for (Map.Entry<String, String[]> entry : newest.entrySet()) {
            String[] row = entry.getValue();
            PointState point = state.point(new PointId(entry.getKey())).orElseThrow();
            Reading reading = point.newest().orElseThrow();
            assertThat(reading.id()).as(entry.getKey()).hasValue(Long.parseLong(row[0]));
            assertThat(text(reading)).isEqualTo(row[2]);
            assertThat(reading.time()).isEqualTo(instant(row[3]));
            assertThat(reading.changed())
                    .isEqualTo(instant("NULL".equals(row[4]) ? row[3] : row[4]));
        }
    }

    @Test
    void every_reading_has_its_attributes() throws IOException, StreamFault {
        List<Reading> readings =
                Recorded.readings(Recorded.groups(FILES, List.of("schema-53.sql")));
        assertThat(readings).allMatch(reading -> reading.attributes().known());
        assertThat(readings)
                .filteredOn(reading -> reading.point().name().equals("sensor.rack_a1_inlet"))
                .isNotEmpty()
                .allSatisfy(reading -> assertThat(reading.attributes().unit()).contains("°C"));
    }

    @Test
    void a_migration_under_way_loses_no_row() throws IOException, StreamFault {
        List<Reading> readings =
                Recorded.readings(
                        Recorded.groups(
                                List.of("2025.4-migration/binlog.000007.gz"),
                                List.of(
                                        "2025.4-migration/schema-42.sql",
                                        "2025.4-migration/schema-50-migrated.sql")));
        assertEveryIdOnce(readings);
    }

    private static RecorderState recorder(RecorderState.Phase phase, String since) {
        return new RecorderState(phase, Optional.of(Instant.parse(since)));
    }

    private static List<RecorderState> said(List<Group> groups) {
        return groups.stream()
                .flatMap(group -> group.facts().stream())
                .filter(Fact.RecorderSaid.class::isInstance)
                .map(fact -> ((Fact.RecorderSaid) fact).state())
                .toList();
    }

    @Test
    void a_stop_in_order_is_told_and_a_crash_is_not() throws IOException, StreamFault {
        assertThat(said(Recorded.groups(FILES, List.of("schema-53.sql"))))
                .containsExactly(
                        recorder(RecorderState.Phase.MIGRATING, "2026-11-21T09:47:41Z"),
                        recorder(RecorderState.Phase.RUNNING, "2026-11-21T09:47:41.548369Z"),
                        recorder(RecorderState.Phase.STOPPED, "2026-11-21T09:49:49.593537Z"),
                        recorder(RecorderState.Phase.RUNNING, "2026-11-21T09:50:06.569550Z"),
                        // Killed, so the next start says it.
                        recorder(RecorderState.Phase.RUNNING, "2026-11-21T09:51:31.627638Z"),
                        recorder(RecorderState.Phase.STOPPED, "2026-11-21T09:53:19.628696Z"),
                        recorder(RecorderState.Phase.RUNNING, "2026-11-21T10:04:17.902376Z"));
    }

    @Test
    void a_migration_is_told_from_its_first_statement_to_its_end() throws IOException, StreamFault {
        assertThat(
                        said(
                                Recorded.groups(
                                        List.of("2025.4-migration/binlog.000007.gz"),
                                        List.of(
                                                "2025.4-migration/schema-42.sql",
                                                "2025.4-migration/schema-50-migrated.sql"))))
                .containsExactly(
                        recorder(RecorderState.Phase.MIGRATING, "2026-11-21T09:41:19Z"),
                        recorder(RecorderState.Phase.RUNNING, "2026-11-21T09:41:15.989094Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compress",
                "minimal-metafull",
                "noblob-nochecksum-noannotate",
                "unicode-defaults"
            })
    void every_shape_of_the_log_is_read_whole(String shape) throws IOException, StreamFault {
        List<Reading> readings =
                Recorded.readings(
                        Recorded.groups(
                                List.of("shapes/" + shape + ".binlog.gz"),
                                List.of("2025.4-migration/schema-42.sql")));
        assertEveryIdOnce(readings);
    }

    /** A recorder writes alone and its ids are given in order, so a lost row leaves a hole. */
    private static void assertEveryIdOnce(List<Reading> readings) {
        assertThat(readings).hasSizeGreaterThan(100);
        long first = readings.getFirst().id().orElseThrow();
        for (int i = 0; i < readings.size(); i++) {
            assertThat(readings.get(i).id()).hasValue(first + i);
        }
    }
}
