package vigie.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.point.PointId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class SavedChartsTest {
    private static final List<PointId> POINTS =
            List.of(new PointId("sensor.a"), new PointId("sensor.b"));

    @TempDir private Path folder;

    @Test
    void what_was_saved_is_read_again() throws IOException {
        List<SavedChart> charts =
                List.of(
                        new SavedChart(
                                "Été",
                                Opening.following("Été", POINTS, Duration.ofDays(7)),
                                Comparison.YEAR,
                                true),
                        new SavedChart(
                                "The night of the fire",
                                Opening.between(
                                        "The night of the fire",
                                        POINTS,
                                        Instant.parse("2026-02-01T20:00:00Z"),
                                        Instant.parse("2026-02-02T06:00:00Z")),
                                Comparison.NONE,
                                false));
        Path file = folder.resolve("not/yet/charts.json");
        new SavedCharts(file).write(charts);
        assertThat(new SavedCharts(file).read()).isEqualTo(charts);
        try (var files = Files.list(file.resolveSibling("."))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void no_file_and_a_broken_file_are_no_charts() throws IOException {
        Path file = folder.resolve("charts.json");
        assertThat(new SavedCharts(file).read()).isEmpty();
        Files.writeString(file, "[{\"name\": ");
        assertThat(new SavedCharts(file).read()).isEmpty();
    }

    @Test
    void what_is_not_a_chart_is_passed_over() throws IOException {
        Path file = folder.resolve("charts.json");
        Files.writeString(
                file,
                """
                [{"name": "", "points": ["sensor.a"], "last": "PT1H"},
                 {"name": "no points", "points": [], "last": "PT1H"},
                 {"name": "no time", "points": ["sensor.a"]},
                 {"name": "bad time", "points": ["sensor.a"], "last": "soon"},
                 {"name": "backwards", "points": ["sensor.a"],
                  "from": "2026-02-02T06:00:00Z", "to": "2026-02-01T06:00:00Z"},
                 17,
                 {"name": "good", "points": ["sensor.a"], "last": "PT1H", "compare": "moon"}]
                """);
        assertThat(new SavedCharts(file).read())
                .containsExactly(
                        new SavedChart(
                                "good",
                                Opening.following(
                                        "good",
                                        List.of(new PointId("sensor.a")),
                                        Duration.ofHours(1)),
                                Comparison.NONE,
                                false));
    }
}
