package vigie.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.point.PointKey;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The rule of {@link Cadence} on rooms that were measured, with sensors that never died: how often
 * would it have called a living one stale?
 */
class MeasuredRoomsTest {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private record Sample(Instant time, double value) {}

    /** A row of {@code states} and what it tells of the row before. */
    private record Row(Instant time, Cadence.Interval interval) {}

    /** What came of the rule on one sensor. */
    private record Outcome(int hours, int regular, int falselyStale, int naivelyStale) {
        Outcome plus(Outcome other) {
            return new Outcome(
                    hours + other.hours,
                    regular + other.regular,
                    falselyStale + other.falselyStale,
                    naivelyStale + other.naivelyStale);
        }
    }

    @Test
    void a_living_sensor_of_an_office_is_almost_never_called_stale() throws IOException {
        Outcome all = new Outcome(0, 0, 0, 0);
        for (int column = 2; column <= 5; column++) {
            List<Sample> samples = office(column);
            double delta = column == 2 ? 0.1 : 0.5;
            all =
                    all.plus(outcome(polled(samples, 1)))
                            .plus(outcome(polled(samples, 0)))
                            .plus(outcome(pushed(samples, delta)));
        }
        assertThat(all.hours()).isGreaterThan(1_500);
        assertThat(all.regular()).as("%s", all).isGreaterThan(350);
        assertThat(all.falselyStale()).as("%s", all).isLessThanOrEqualTo(4);
        // Three times the percentile of the reports, whatever the silences are.
        assertThat(all.naivelyStale()).as("%s", all).isGreaterThan(1_000);
    }

    @Test
    void a_sensor_that_is_read_once_an_hour_is_never_called_stale() throws IOException {
        Outcome outcome = outcome(polled(hourly(), 1));
        assertThat(outcome.regular()).isZero();
        assertThat(outcome.falselyStale()).isZero();
    }

    /** Home Assistant asks at every sample, and writes a row where the text is another. */
    private static List<Row> polled(List<Sample> samples, int decimals) {
        List<Row> rows = new ArrayList<>();
        String text = "";
        Instant written = Instant.MIN;
        Instant reported = Instant.MIN;
        for (Sample sample : samples) {
            String next =
                    BigDecimal.valueOf(sample.value())
                            .setScale(decimals, RoundingMode.HALF_EVEN)
                            .toPlainString();
            if (!next.equals(text)) {
                if (!text.isEmpty()) {
                    rows.add(row(sample.time(), reported, written));
                }
                text = next;
                written = sample.time();
            }
            reported = sample.time();
        }
        return rows;
    }

    /** The sensor speaks only where the value has moved by more than so much. */
    private static List<Row> pushed(List<Sample> samples, double delta) {
        List<Row> rows = new ArrayList<>();
        double last = Double.NaN;
        Instant written = Instant.MIN;
        for (Sample sample : samples) {
            double next = Math.round(sample.value() * 10) / 10.0;
            if (Double.isNaN(last) || Math.abs(next - last) > delta) {
                if (!Double.isNaN(last)) {
                    rows.add(row(sample.time(), written, written));
                }
                last = next;
                written = sample.time();
            }
        }
        return rows;
    }

    private static Row row(Instant time, Instant reported, Instant before) {
        return new Row(
                time,
                new Cadence.Interval(
                        Duration.between(reported, time), Duration.between(before, time)));
    }

    private static Outcome outcome(List<Row> rows) {
        int hours = 0;
        int regular = 0;
        int falselyStale = 0;
        int naivelyStale = 0;
        Instant end = rows.getLast().time();
        Instant hour = rows.getFirst().time().truncatedTo(ChronoUnit.HOURS).plusSeconds(3600);
        for (; hour.isBefore(end); hour = hour.plusSeconds(3600)) {
            hours++;
            Instant from = hour;
            List<Row> known =
                    rows.stream()
                            .filter(row ->
                                    row.time().isBefore(from)
                                            && !row.time().isBefore(from.minus(Cadences.HISTORY)))
                            .toList();
            List<Cadence.Interval> newest =
                    known
                            .subList(
                                    Math.max(0, known.size() - Cadences.MOST_ROWS + 1),
                                    known.size())
                            .stream()
                            .map(Row::interval)
                            .toList();
            Optional<Cadence> cadence = Cadence.of(new PointKey(1), from, newest);
            if (cadence.isEmpty()) {
                continue;
            }
            if (cadence.get().regular()) {
                regular++;
                falselyStale += passed(rows, from, cadence.get().staleAfter());
            }
            Duration reports =
                    Cadence.p99(newest.stream().map(Cadence.Interval::reported).sorted().toList());
            if (newest.size() >= Cadence.FEWEST_OF_REGULAR
                    && reports.compareTo(Cadence.LONGEST_REGULAR) <= 0) {
                naivelyStale += passed(rows, from, reports.multipliedBy(3));
            }
        }
        return new Outcome(hours, regular, falselyStale, naivelyStale);
    }

    /** How many silences pass a limit within the hour. */
    private static int passed(List<Row> rows, Instant from, Duration limit) {
        return (int)
                rows.stream()
                        .filter(row -> row.interval().silent().compareTo(limit) > 0)
                        .map(row -> row.time().minus(row.interval().silent()).plus(limit))
                        .filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(3600)))
                        .count();
    }

    private static List<Sample> office(int column) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (String line : lines("office-climate.csv.gz")) {
            String[] cells = line.replace("\"", "").split(",", -1);
            samples.add(new Sample(time(cells[1]), Double.parseDouble(cells[column])));
        }
        return samples;
    }

    private static List<Sample> hourly() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (String line : lines("ambient-temperature.csv.gz")) {
            String[] cells = line.split(",", -1);
            samples.add(new Sample(time(cells[0]), Double.parseDouble(cells[1])));
        }
        return samples;
    }

    private static Instant time(String text) {
        return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
    }

    private static List<String> lines(String name) throws IOException {
        InputStream file = MeasuredRoomsTest.class.getResourceAsStream("/climate/" + name);
        if (file == null) {
            throw new FileNotFoundException(name);
        }
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).toList();
        }
    }
}
