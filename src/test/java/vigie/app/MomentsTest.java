package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import vigie.text.Fault;
import vigie.text.Moments;
import vigie.text.Words;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

class MomentsTest {
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final Instant NOW = Instant.parse("2026-11-21T06:23:12.345678Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-21, 2026-11-20T23:00:00Z",
        "2026-07-01, 2026-06-30T22:00:00Z",
        "2026-11-21T06:30, 2026-11-21T05:30:00Z",
        "2026-11-21 06:30, 2026-11-21T05:30:00Z",
        "2026-07-01T06:30:15, 2026-07-01T04:30:15Z",
        "2026-07-01T06:30:15.25, 2026-07-01T04:30:15.250Z",
        "'2026-07-01T06:30:15,25', 2026-07-01T04:30:15.250Z",
        "2026-07-01T06:30:15.123456Z, 2026-07-01T06:30:15.123456Z",
        "2026-07-01t06:30z, 2026-07-01T06:30:00Z",
        "2026-07-01T06:30-05:00, 2026-07-01T11:30:00Z",
        "2026-07-01T06:30+0530, 2026-07-01T01:00:00Z",
        "2026-07-01T06:30+02, 2026-07-01T04:30:00Z",
        "now, 2026-11-21T06:23:12.345678Z",
        "NOW, 2026-11-21T06:23:12.345678Z",
        "now-90s, 2026-11-21T06:21:42.345678Z",
        "now-10m, 2026-11-21T06:13:12.345678Z",
        "now-36h, 2026-11-19T18:23:12.345678Z",
        "now+2d, 2026-11-23T06:23:12.345678Z",
        "now-1w, 2026-11-14T06:23:12.345678Z",
    })
    void a_moment_is_understood(String text, Instant expected) throws Fault {
        assertThat(Moments.parse(text, BRUSSELS, NOW)).isEqualTo(expected);
        assertThat(Moments.note(text, BRUSSELS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "now-",
                "now-3y",
                "now - 3h",
                "2026-02-30",
                "2026-13-01T00:00",
                "2026-11-21T25:00",
                "2026-11-21T06",
                "2026-11-21T06:30+25:00",
                "21/11/2026",
                "1795254461"
            })
    void anything_else_is_refused_with_examples(String text) {
        assertThatThrownBy(() -> Moments.parse(text, BRUSSELS, NOW))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.kind()).isEqualTo(Fault.Kind.USAGE);
                            assertThat(Words.in(Locale.UK).say(fault.sentence()))
                                    .startsWith("\"" + text + "\" is not a moment")
                                    .contains("now-36h");
                        });
    }

    @Test
    void of_an_hour_that_comes_twice_the_earlier_is_taken_and_said() throws Fault {
        assertThat(Moments.parse("2026-10-25T02:30", BRUSSELS, NOW))
                .isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(Moments.note("2026-10-25T02:30", BRUSSELS).map(Words.in(Locale.UK)::say))
                .contains(
                        "2026-10-25T02:30 comes twice in Europe/Brussels: taken as"
                                + " 2026-10-25T02:30:00+02:00; for the later one write"
                                + " 2026-10-25T02:30:00+01:00");
        assertThat(Moments.note("2026-10-25T02:30+01:00", BRUSSELS)).isEmpty();
    }

    @Test
    void a_time_that_is_left_out_is_later_and_that_is_said() throws Fault {
        assertThat(Moments.parse("2026-03-29T02:30", BRUSSELS, NOW))
                .isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(Moments.note("2026-03-29T02:30", BRUSSELS).map(Words.in(Locale.UK)::say))
                .contains(
                        "2026-03-29T02:30 does not exist in Europe/Brussels, where the clocks are"
                                + " put forward then: taken as 2026-03-29T03:30:00+02:00");
    }

    @Test
    void a_range_is_the_last_day_where_nothing_is_said() throws Fault {
        RangeOption.Range range = range();
        assertThat(range.to()).isEqualTo(NOW);
        assertThat(range.from()).isEqualTo(Instant.parse("2026-11-20T06:23:12.345678Z"));
    }

    @Test
    void a_range_with_an_end_only_is_the_day_before_it() throws Fault {
        assertThat(range("--to", "2026-01-02T00:00Z").from())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void a_range_tells_of_both_its_doubtful_hours() throws Fault {
        assertThat(range("--from", "2026-03-29T02:30", "--to", "2026-10-25T02:30").notes())
                .hasSize(2);
    }

    @Test
    void a_range_that_ends_before_it_begins_is_refused() {
        assertThatThrownBy(() -> range("--from", "now", "--to", "now-1h"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault ->
                                assertThat(Words.in(Locale.UK).say(fault.sentence()))
                                        .isEqualTo(
                                                "--from must be before --to: \"now\" is not before"
                                                        + " \"now-1h\""));
    }

    @Test
    void a_range_beyond_all_time_is_cut() throws Fault {
        assertThat(range("--from", "now-999999999w", "--to", "now+999999999w"))
                .extracting(RangeOption.Range::from, RangeOption.Range::to)
                .containsExactly(
                        Instant.parse("0001-01-01T00:00:00Z"),
                        Instant.parse("9999-12-31T00:00:00Z"));
    }

    private static RangeOption.Range range(String... words) throws Fault {
        @CommandLine.Command
        class Asked {
            @CommandLine.Mixin RangeOption option = new RangeOption();
        }
        Asked asked = new Asked();
        new CommandLine(asked).parseArgs(words);
        return asked.option.range(BRUSSELS, NOW);
    }
}
