package vigie.history.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.history.PointRange;
import vigie.history.series.Bucket;
import vigie.history.series.Kind;
import vigie.history.series.TextSpan;
import vigie.history.series.Tier;
import vigie.point.Quality;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;

class RangeWriterTest {
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    private static final PointRange NUMBERS =
            Ranges.numbers(
                    "sensor.inlet",
                    Kind.NUMBER,
                    Ranges.segment(
                            "°C",
                            Tier.STATES,
                            Ranges.bucket("2026-10-25T00:30:00Z", 1_800, 21.4, -3.5, 21, 3, 1_620),
                            Bucket.empty(
                                    Ranges.at("2026-10-25T01:00:00Z"),
                                    Ranges.at("2026-10-25T01:30:00.250Z"))),
                    Ranges.segment(
                            "",
                            Tier.STATISTICS,
                            Ranges.bucket(
                                    "2026-10-25T01:30:00.25Z",
                                    1_800,
                                    1e-7,
                                    1e10,
                                    0.1,
                                    Bucket.UNKNOWN_COUNT,
                                    1_800)));

    private static final PointRange METER =
            Ranges.numbers(
                    "sensor.energy",
                    Kind.METER,
                    Ranges.segment(
                            "kWh",
                            Tier.HOURS,
                            Ranges.grown(
                                    Ranges.bucket(
                                            "2026-07-01T00:00:00Z", 3_600, 7, 8, 7.5, 9, 3_600),
                                    1)));

    private static final PointRange TEXTS =
            Ranges.texts(
                    "binary_sensor.door",
                    new TextSpan(
                            Ranges.at("2026-07-01T00:00:00Z"),
                            Ranges.at("2026-07-01T00:10:00.5Z"),
                            "say \"on\",\r\n雪 \uD800",
                            Quality.GOOD,
                            Tier.READINGS),
                    new TextSpan(
                            Ranges.at("2026-07-01T00:10:00.5Z"),
                            Ranges.at("2026-07-01T01:00:00Z"),
                            null,
                            Quality.of(Quality.Reason.REMOVED),
                            Tier.STATES));

    @Test
    void json_has_a_line_for_each_bucket_and_each_span() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonRanges json = new JsonRanges(out);
        json.begin();
        for (PointRange range : List.of(NUMBERS, METER, TEXTS)) {
            json.range(range);
        }
        json.flush();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        {"point":"sensor.inlet","from":"2026-10-25T00:30:00Z","to":"2026-10-25T01:00:00Z","min":21.4,"max":-3.5,"mean":21.0,"first":21.4,"last":-3.5,"count":3,"gap":0.1,"unit":"°C","source":"states"}
                        {"point":"sensor.inlet","from":"2026-10-25T01:00:00Z","to":"2026-10-25T01:30:00.250Z","min":null,"max":null,"mean":null,"first":null,"last":null,"count":0,"gap":1.0,"unit":"°C","source":"states"}
                        {"point":"sensor.inlet","from":"2026-10-25T01:30:00.250Z","to":"2026-10-25T02:00:00.250Z","min":1.0E-7,"max":1.0E10,"mean":0.1,"first":1.0E-7,"last":1.0E10,"count":null,"gap":0.0,"unit":null,"source":"statistics-1h"}
                        {"point":"sensor.energy","from":"2026-07-01T00:00:00Z","to":"2026-07-01T01:00:00Z","min":7.0,"max":8.0,"mean":7.5,"first":7.0,"last":8.0,"count":9,"gap":0.0,"growth":1.0,"unit":"kWh","source":"archive-1h"}
                        {"point":"binary_sensor.door","from":"2026-07-01T00:00:00Z","to":"2026-07-01T00:10:00.500Z","text":"say \\"on\\",\\r\\n雪 ?","quality":"good","reason":null,"unit":null,"source":"archive"}
                        {"point":"binary_sensor.door","from":"2026-07-01T00:10:00.500Z","to":"2026-07-01T01:00:00Z","text":null,"quality":"bad","reason":"removed","unit":null,"source":"states"}
                        """);
    }

    @Test
    void csv_has_a_head_and_tells_both_hours_of_autumn_apart() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CsvRanges csv = new CsvRanges(out, BRUSSELS);
        csv.begin();
        for (PointRange range : List.of(NUMBERS, METER, TEXTS)) {
            csv.range(range);
        }
        csv.flush();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        \uFEFFpoint,from_utc,from_local,to_utc,to_local,min,max,mean,first,last,count,gap,growth,text,unit,quality,reason,source
                        sensor.inlet,2026-10-25 00:30:00,2026-10-25T02:30:00+02:00,2026-10-25 01:00:00,2026-10-25T02:00:00+01:00,21.4,-3.5,21.0,21.4,-3.5,3,0.1,,,°C,,,states
                        sensor.inlet,2026-10-25 01:00:00,2026-10-25T02:00:00+01:00,2026-10-25 01:30:00.25,2026-10-25T02:30:00.25+01:00,,,,,,0,1.0,,,°C,,,states
                        sensor.inlet,2026-10-25 01:30:00.25,2026-10-25T02:30:00.25+01:00,2026-10-25 02:00:00.25,2026-10-25T03:00:00.25+01:00,1.0E-7,1.0E10,0.1,1.0E-7,1.0E10,,0.0,,,,,,statistics-1h
                        sensor.energy,2026-07-01 00:00:00,2026-07-01T02:00:00+02:00,2026-07-01 01:00:00,2026-07-01T03:00:00+02:00,7.0,8.0,7.5,7.0,8.0,9,0.0,1.0,,kWh,,,archive-1h
                        binary_sensor.door,2026-07-01 00:00:00,2026-07-01T02:00:00+02:00,2026-07-01 00:10:00.5,2026-07-01T02:10:00.5+02:00,,,,,,,,,"say ""on"",~
                        雪 ?",,good,,archive
                        binary_sensor.door,2026-07-01 00:10:00.5,2026-07-01T02:10:00.5+02:00,2026-07-01 01:00:00,2026-07-01T03:00:00+02:00,,,,,,,,,,,bad,removed,states
                        """
                                .replace("~\n", "\n")
                                .replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain|plain",
                "21.5|21.5",
                "-3.5|-3.5",
                "+3|+3",
                "-1.5e-3|-1.5e-3",
                "=1+1|'=1+1",
                "+1+1|'+1+1",
                "-2+3|'-2+3",
                "@SUM(A1)|'@SUM(A1)",
                "` =1`|' =1",
                "`\u00A0=1`|`'\u00A0=1`",
                "\"=1\"|\"'\"\"=1\"\"\"",
                "'=1|''=1",
                "＝1+1|'＝1+1",
                "x;=1+1|x;'=1+1",
                "x; \"=1\"|\"x;' \"\"=1\"\"\"",
                "a - b|a - b",
                "a;b|a;b",
                "a=b|a=b",
            })
    void a_text_that_a_spreadsheet_would_run_is_made_harmless(String text, String cell) {
        assertThat(Cell.text(text)).isEqualTo(cell);
    }

    @Test
    void a_tab_or_an_end_of_line_hides_no_formula() {
        assertThat(Cell.text("\t=1")).isEqualTo("'\t'=1");
        assertThat(Cell.text("\rx")).isEqualTo("\"'\rx\"");
        assertThat(Cell.text("x\r\n=1")).isEqualTo("\"x\r'\n'=1\"");
    }
}
