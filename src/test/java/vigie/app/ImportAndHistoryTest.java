package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Real series imported into a simulated room, and asked for again, from outside. */
@ExtendWith(EmbeddedMariaDb.class)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImportAndHistoryTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void room(TestDatabase database, @TempDir Path folder) throws IOException {
        ImportAndHistoryTest room = new ImportAndHistoryTest();
        assertThat(room.run(database, "simulate", "--no-past", "--for", "0.2")).isZero();
        for (String series :
                List.of(
                        "office-climate.csv sensor.office_co2 CO2 ppm",
                        "ambient-temperature.csv sensor.ambient_temperature value °F")) {
            String[] of = series.split(" ");
            assertThat(
                            room.run(
                                    database,
                                    "simulate",
                                    "import",
                                    unpacked(of[0], folder).toString(),
                                    "--point",
                                    of[1],
                                    "--column",
                                    of[2],
                                    "--unit",
                                    of[3]))
                    .as(room.said())
                    .isZero();
        }
        assertThat(room.printed())
                .contains(
                        "8,143 rows of office-climate.csv from 2015-02-04T17:51+01:00 to"
                                + " 2015-02-10T09:33+01:00 are now sensor.office_co2 in ",
                        "No gap (no row for more than PT1M31.5S)",
                        "10 gaps (no row for more than PT1H30M)",
                        "  from 2013-07-28T02:00+02:00 to 2013-07-28T04:00+02:00",
                        "Europe/Brussels left out: its clock has no summer time");
    }

    private static Path unpacked(String name, Path folder) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream packed =
                new GZIPInputStream(
                        Objects.requireNonNull(
                                ImportAndHistoryTest.class.getResourceAsStream(
                                        "/climate/" + name + ".gz")))) {
            Files.copy(packed, file);
        }
        return file;
    }

    private int run(TestDatabase database, String... words) {
        return Main.run(
                words,
                Map.of("MARIADB_URL", database.writer().url(), "LANG", "en_GB.UTF-8"),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_gap_of_an_imported_series_is_a_gap_at_every_zoom(TestDatabase database) {
        assertThat(
                        run(
                                database,
                                "history",
                                "sensor.ambient*",
                                "--from",
                                "2013-07-28",
                                "--to",
                                "2013-07-30",
                                "--points",
                                "2",
                                "--format",
                                "json"))
                .as(said())
                .isZero();
        // 02:00 to 03:30 and 05:00 to 06:30 are the times after the last values before the gaps.
        assertThat(printed().lines().map(line -> line.replaceAll(".*\"gap\":([^,]*),.*", "$1")))
                .containsExactly(gap(24 - 6), gap(13));
        assertThat(printed()).contains("\"unit\":\"°F\",\"source\":\"states\"");
    }

    private static String gap(double hours) {
        return Double.toString(hours / 24);
    }

    @Test
    void a_hidden_peak_of_an_imported_series_is_in_the_csv_of_a_month(
            TestDatabase database, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("co2.csv");
        assertThat(
                        run(
                                database,
                                "history",
                                "sensor.office_co2",
                                "--from",
                                "2015-02-01",
                                "--to",
                                "2015-03-01",
                                "--points",
                                "1",
                                "--output",
                                file.toString()))
                .as(said())
                .isZero();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.getFirst()).startsWith("\uFEFFpoint,from_utc,from_local,");
        // The greatest of the file's 8,143 values.
        assertThat(lines.subList(1, lines.size())).anyMatch(line -> line.contains(",2028.5,"));
    }
}
