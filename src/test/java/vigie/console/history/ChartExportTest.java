package vigie.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.console.FakePast;
import vigie.console.FakeRoom;
import vigie.console.history.chart.Stretch;
import vigie.feed.Deadline;
import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class ChartExportTest {
    private static final Instant NOW = FakeRoom.NOW;
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    @TempDir private Path folder;

    private final FakePast past =
            new FakePast(NOW, BRUSSELS)
                    .number("sensor.a", "°C", Duration.ofMinutes(1), FakePast.around(22, 2, 1))
                    .number("sensor.b", "%", Duration.ofMinutes(1), FakePast.around(45, 2, 2));

    @Test
    void every_point_is_in_the_file_and_the_progress_is_told() throws IOException {
        Path file = folder.resolve("chart.csv");
        List<Double> shares = new ArrayList<>();
        assertThat(export().write(ChartExport.Form.CSV, file, shares::add))
                .isEqualTo(Sentence.of("chart.export.written", file.toString()));
        assertThat(Files.readString(file)).contains("sensor.a").contains("sensor.b");
        assertThat(shares).containsExactly(0.5, 1.0);
        assertThat(files()).hasSize(1);
    }

    @Test
    void who_cancels_finds_no_file() throws Exception {
        past.delay(Duration.ofSeconds(30));
        Path file = folder.resolve("chart.jsonl");
        ChartExport export = export();
        CompletableFuture<Sentence> ended = new CompletableFuture<>();
        export.start(ChartExport.Form.JSON, file, _ -> {}, ended::complete);
        Deadline.within(Duration.ofSeconds(10), "asked", () -> !past.asked().isEmpty());
        export.cancel();
        assertThat(ended.get()).isEqualTo(Sentence.of("chart.export.cancelled"));
        assertThat(files()).isEmpty();
    }

    @Test
    void a_failure_leaves_no_file_and_a_sentence() throws IOException {
        Sentence why = Sentence.of("store.db.timeout", "db:3306", 5);
        past.fail(new Fault(Fault.Kind.PASSING, why, "timeout"));
        assertThat(export().write(ChartExport.Form.CSV, folder.resolve("chart.csv"), _ -> {}))
                .isEqualTo(why);
        assertThat(files()).isEmpty();
    }

    private ChartExport export() {
        return new ChartExport(
                past,
                List.of(new PointId("sensor.a"), new PointId("sensor.b")),
                Stretch.between(NOW.minus(Duration.ofDays(1)), NOW),
                BRUSSELS);
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
