package vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.text.Fault;
import vigie.text.Words;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

class SeriesFileTest {
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    private @TempDir Path folder;

    private Series read(String text) throws Fault, IOException {
        Path file = folder.resolve("x.csv");
        Files.writeString(file, text);
        return SeriesFile.read(file, "v", BRUSSELS);
    }

    private List<String> rows(String text) throws Fault, IOException {
        return read(text).rows().stream().map(row -> row.at() + " " + row.text()).toList();
    }

    @Test
    void a_header_with_a_name_less_than_fields_leaves_out_the_row_number() throws Fault {
        Series series =
                SeriesFile.read(
                        MeasuredRooms.file("office-climate.csv", folder), "Temperature", BRUSSELS);
        assertThat(series.rows()).hasSize(8_143);
        assertThat(series.rows().subList(0, 2))
                .containsExactly(
                        new Series.Row(Instant.parse("2015-02-04T16:51:00Z"), "23.18"),
                        new Series.Row(Instant.parse("2015-02-04T16:51:59Z"), "23.15"));
        assertThat(series.longest()).isEqualTo(Duration.ofMillis(91_500));
    }

    @Test
    void a_header_with_a_name_for_each_field_is_taken_as_it_is() throws Fault {
        Series series =
                SeriesFile.read(
                        MeasuredRooms.file("ambient-temperature.csv", folder), "value", BRUSSELS);
        assertThat(series.rows()).hasSize(7_267);
        assertThat(series.longest()).isEqualTo(Duration.ofMinutes(90));
    }

    @Test
    void quotes_blank_lines_and_any_end_of_line_are_understood() throws Exception {
        assertThat(
                        rows(
                                "\uFEFF\"t\", v ,\"a \"\"b\"\",\r\nc\"\r\n\r\n"
                                        + "2026-07-01T02:00:00Z,\" 1.5\",\"x\ny\"\n\n\r"
                                        + "2026-07-01 04:01, -2 ,\r"
                                        + "2026-07-01 04:02:00.5,,\n"
                                        + "2026-07-01 04:03,n/a,\n"
                                        + "2026-07-01 04:04,+.5e1,"))
                .containsExactly(
                        "2026-07-01T02:00:00Z 1.5",
                        "2026-07-01T02:01:00Z -2",
                        "2026-07-01T02:02:00.500Z null",
                        "2026-07-01T02:03:00Z null",
                        "2026-07-01T02:04:00Z 5.0");
    }

    @Test
    void of_two_rows_at_a_time_the_later_counts() throws Exception {
        Series series = read("t,v\n2026-07-01T00:00Z,1\n2026-07-01T00:00Z,x\n");
        assertThat(series.rows())
                .containsExactly(new Series.Row(Instant.parse("2026-07-01T00:00:00Z"), null));
        assertThat(series.unknown()).isEqualTo(1);
        assertThat(series.repeated()).isEqualTo(1);
    }

    @Test
    void an_hour_that_comes_twice_is_passed_twice() throws Exception {
        assertThat(
                        rows(
                                """
                                t,v
                                2026-10-25 02:00,1
                                2026-10-25 02:30,2
                                2026-10-25 02:00,3
                                2026-10-25 02:30,4
                                2026-10-25 03:00,5
                                """))
                .containsExactly(
                        "2026-10-25T00:00:00Z 1",
                        "2026-10-25T00:30:00Z 2",
                        "2026-10-25T01:00:00Z 3",
                        "2026-10-25T01:30:00Z 4",
                        "2026-10-25T02:00:00Z 5");
    }

    @Test
    void a_clock_that_has_the_hour_left_out_has_no_summer_time() throws Exception {
        Series series = read("t,v\n2026-03-29 01:00,1\n2026-03-29 02:00,2\n2026-03-29 03:00,3\n");
        assertThat(series.isStandardTime()).isTrue();
        assertThat(series.rows().stream().map(Series.Row::at))
                .containsExactly(
                        Instant.parse("2026-03-29T00:00:00Z"),
                        Instant.parse("2026-03-29T01:00:00Z"),
                        Instant.parse("2026-03-29T02:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "t,v|x.csv has no rows",
                "t,v~2026-07-01 00:00,1,2|names 2 columns, but line 2 has 3 fields, and its first",
                "t,v~1,2026-07-01 00:00,2~3,2026-07-01 00:01,2~3,2026-07-01 00:02,2"
                        + "|line 4: \"3\" does not count on",
                "n,date,v~1,2026-07-01 00:00,23,18|the column \"date\" would hold no times",
                "t,v,w,x~2026-07-01 00:00,1|names 4 columns, but line 2 has 2 fields",
                "t,v,v~2026-07-01 00:00,1,2|two columns named \"v\"",
                "t,w~2026-07-01 00:00,1|has no column \"v\"; there are: t, w",
                "a,v~1,2|no field holds a time",
                "t,u,v~2026-07-01 00:00,2026-07-01 00:00,1|several columns of times: t, u",
                "w,v~1,2026-07-01 00:00|the column \"v\" holds the times",
                "t,v~2026-07-01 00:00,1~noon,1|line 3: \"noon\" is no time",
                "t,v~2026-07-01 00:00,\"1,5\"|line 2: \"1,5\" has a comma",
                "t,v~2026-07-01 00:00,\"1 234,5\"|line 2: \"1 234,5\" has a comma",
                "t,v~2026-07-01 00:00,1~~2026-07-01 00:01|line 4: 1 fields, but 2",
                "t;v~2026-07-01 00:00;1|is separated by \";\"",
                "t,v~2026-07-01 00:00,\"1|line 2: a quote is not closed",
                "t,v~2026-07-01 00:00,\"1\"2|line 2: a quote is not closed",
                "t,v~2026-07-01 00:01,1~2026-07-01 00:00,1|line 3: its time is before",
            })
    void what_could_be_read_in_two_ways_is_refused_and_named(String text, String expected) {
        assertThatThrownBy(() -> read(text.replace('~', '\n')))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault ->
                                assertThat(Words.in(Locale.UK).say(fault.sentence()))
                                        .contains(expected));
    }

    @Test
    void another_encoding_is_named() throws IOException {
        Path file = folder.resolve("x.csv");
        Files.write(file, "t,v\n2026-07-01 00:00,1 °\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SeriesFile.read(file, "v", BRUSSELS))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault ->
                                assertThat(fault.sentence().key())
                                        .isEqualTo("simulator.import.encoding"));
    }
}
