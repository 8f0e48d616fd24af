package vigie.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import vigie.history.History;
import vigie.history.PointRange;
import vigie.history.Times;
import vigie.history.Work;
import vigie.history.series.Bucket;
import vigie.history.series.Tier;
import vigie.point.PointId;
import vigie.text.Fault;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A small store of the kind that the bench builds. */
class HistoryStoreTest {
    private static final Instant END = Instant.parse("2026-11-20T00:00:00Z");
    private static final HistoryStore.Extent SMALL =
            new HistoryStore.Extent(3, Times.micros(END), 2, 4, 6, 5, 5_000);
    private static final PointId POINT = new PointId("sensor.load_0002");

    private static Path temporary = Path.of("");
    private static Path folder = Path.of("");

    @BeforeAll
    static void build() throws Exception {
        temporary = Files.createTempDirectory("vigie-store-");
        folder = temporary.resolve("store");
        HistoryStore.open(folder, SMALL, nobody()).close();
    }

    @AfterAll
    static void remove() {
        BenchDatabase.delete(temporary);
    }

    private static PrintStream nobody() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    @Test
    void a_store_that_is_whole_is_found_again_with_its_end() throws Fault {
        HistoryStore.Extent later =
                new HistoryStore.Extent(3, SMALL.end() + StoreFill.DAY, 2, 4, 6, 5, 5_000);
        try (HistoryStore store = HistoryStore.open(folder, later, nobody())) {
            assertThat(store.extent()).isEqualTo(SMALL);
            assertThat(store.built().seconds()).isPositive();
        }
    }

    @Test
    void a_disk_that_is_short_is_refused_before_anything_is_built() throws Exception {
        Path other = temporary.resolve("other");
        HistoryStore.Extent endless = new HistoryStore.Extent(3, SMALL.end(), 2, 4, 6, 5, 1L << 50);
        assertThatThrownBy(() -> HistoryStore.open(other, endless, nobody()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault ->
                                assertThat(fault.sentence().key()).isEqualTo("store.server.space"));
        assertThat(other).doesNotExist();
    }

    @Test
    void what_was_broken_off_is_built_anew() throws Exception {
        Path other = temporary.resolve("again");
        Files.createDirectories(temporary.resolve("again.unfinished/data"));
        HistoryStore.open(other, SMALL, nobody()).close();
        assertThat(temporary.resolve("again.unfinished")).doesNotExist();
    }

    @Test
    void readings_and_roll_ups_tell_the_same() throws Fault {
        try (HistoryStore store = HistoryStore.open(folder, SMALL, nobody())) {
            var recorder = store.recorder();
            try (History history =
                    new History(recorder, HistoryStore.own(recorder), ZoneOffset.UTC)) {
                PointRange hour = range(history, END.minus(Duration.ofHours(30)), 1, 360);
                PointRange days = range(history, END.minus(Duration.ofDays(4)), 96, 96);
                assertThat(hour.segments().getFirst().tier().isRaw()).isTrue();
                assertThat(days.segments().getFirst().tier())
                        .isIn(Tier.MINUTES, Tier.QUARTERS, Tier.HOURS);
                Bucket rolled =
                        days.segments().stream()
                                .flatMap(segment -> segment.buckets().stream())
                                .filter(bucket -> bucket.from() == hour.from())
                                .findFirst()
                                .orElseThrow();
                List<Bucket> raw =
                        hour.segments().stream()
                                .flatMap(segment -> segment.buckets().stream())
                                .toList();
                assertThat(rolled.count()).isEqualTo(360);
                assertThat(raw.stream().mapToInt(Bucket::count).sum()).isEqualTo(360);
                assertThat(rolled.max())
                        .isEqualTo(raw.stream().mapToDouble(Bucket::max).max().orElseThrow());
                assertThat(rolled.min())
                        .isEqualTo(raw.stream().mapToDouble(Bucket::min).min().orElseThrow());
                assertThat(rolled.mean())
                        .isCloseTo(
                                raw.stream().mapToDouble(Bucket::mean).average().orElseThrow(),
                                within(1e-9));
                PointRange all = range(history, END.minus(Duration.ofDays(6)), 144, 144);
                assertThat(all.from()).isEqualTo(SMALL.rolledFrom());
                assertThat(all.segments().getFirst().buckets().getLast().isEmpty()).isFalse();
            }
        }
    }

    private static PointRange range(History history, Instant from, int hours, int buckets)
            throws Fault {
        return history.range(
                        List.of(POINT),
                        from,
                        from.plus(Duration.ofHours(hours)),
                        buckets,
                        new Work())
                .getFirst();
    }
}
