package vigie.console.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import vigie.plan.Quantity;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.PointState;
import vigie.text.Words;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

class FiguresTest {
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final Instant NOON = Instant.parse("2026-11-21T11:00:00Z");

    private final Figures english = new Figures(Words.in(Locale.UK), BRUSSELS);
    private final Figures french = new Figures(Words.in(Locale.FRANCE), BRUSSELS);

    @Test
    void values_follow_the_language() {
        assertThat(english.value(21.44, Quantity.TEMPERATURE)).isEqualTo("21.4\u00A0°C");
        assertThat(french.value(21.44, Quantity.TEMPERATURE)).isEqualTo("21,4\u00A0°C");
        assertThat(english.value(45.4, Quantity.HUMIDITY)).isEqualTo("45%");
        assertThat(french.value(45.4, Quantity.HUMIDITY)).isEqualTo("45\u00A0%");
        assertThat(english.value(3210, Quantity.POWER)).isEqualTo("3,210\u00A0W");
        assertThat(french.value(3210, Quantity.POWER)).isEqualTo("3\u00A0210\u00A0W");
    }

    @Test
    void a_minus_is_a_minus_and_zero_has_none() {
        assertThat(english.value(-3.2, Quantity.TEMPERATURE)).isEqualTo("−3.2\u00A0°C");
        assertThat(english.value(-0.04, Quantity.TEMPERATURE)).isEqualTo("0.0\u00A0°C");
    }

    @Test
    void half_is_rounded_up_as_people_do() {
        assertThat(english.number(24.25, 1)).isEqualTo("24.3");
        assertThat(english.number(0.5, 0)).isEqualTo("1");
    }

    @Test
    void ages_have_at_most_two_units() {
        assertThat(english.age(Duration.ofMillis(4900))).isEqualTo("4\u00A0s");
        assertThat(english.age(Duration.ofMinutes(12).plusSeconds(5))).isEqualTo("12\u00A0min");
        assertThat(english.age(Duration.ofHours(3).plusMinutes(5)))
                .isEqualTo("3\u00A0h\u00A005\u00A0min");
        assertThat(english.age(Duration.ofHours(29).plusMinutes(9))).isEqualTo("29\u00A0h");
        assertThat(english.roughAge(Duration.ofHours(3).plusMinutes(5))).isEqualTo("3\u00A0h");
        assertThat(french.age(Duration.ofDays(3))).isEqualTo("3\u00A0j");
        assertThat(english.age(Duration.ofSeconds(-5))).isEqualTo("0\u00A0s");
    }

    @Test
    void times_are_told_in_the_rooms_zone_with_the_day_where_it_is_another() {
        assertThat(english.time(NOON.minusSeconds(60), NOON)).isEqualTo("11:59:00");
        assertThat(english.time(NOON.minus(Duration.ofDays(2)), NOON)).isEqualTo("19 Nov, 12:00");
        assertThat(french.time(NOON.minus(Duration.ofDays(2)), NOON)).isEqualTo("19 nov., 12:00");
        assertThat(english.time(NOON.minus(Duration.ofDays(400)), NOON))
                .isEqualTo("17 Oct 2025, 13:00");
    }

    @Test
    void the_zone_is_named_with_its_offset_of_that_day() {
        assertThat(english.zoneName(NOON)).isEqualTo("Europe/Brussels, UTC+1");
        assertThat(english.zoneName(Instant.parse("2026-07-01T00:00:00Z")))
                .isEqualTo("Europe/Brussels, UTC+2");
        assertThat(new Figures(Words.in(Locale.UK), ZoneId.of("Asia/Kathmandu")).zoneName(NOON))
                .isEqualTo("Asia/Kathmandu, UTC+5:45");
        assertThat(new Figures(Words.in(Locale.UK), ZoneId.of("Etc/UTC")).zoneName(NOON))
                .isEqualTo("UTC");
        assertThat(new Figures(Words.in(Locale.UK), ZoneId.of("UTC")).zoneName(NOON))
                .isEqualTo("UTC");
    }

    @Test
    void recorded_numbers_keep_their_decimals_and_follow_the_language() {
        assertThat(french.recorded(point("48211.73", "kWh"))).isEqualTo("48\u00A0211,73\u00A0kWh");
        assertThat(english.recorded(point("1e3", "W"))).isEqualTo("1,000\u00A0W");
        assertThat(english.recorded(point("1.23456789", "V"))).isEqualTo("1.235\u00A0V");
        assertThat(english.recorded(point("1e300", "V"))).isEqualTo("1e300\u00A0V");
    }

    @Test
    void recorded_texts_stay_what_they_are() {
        assertThat(english.recorded(point("above_horizon", ""))).isEqualTo("above_horizon");
        assertThat(english.recorded(point("2026.11.3", ""))).isEqualTo("2026.11.3");
        assertThat(english.recorded(point("42", ""))).isEqualTo("42");
        assertThat(english.recorded(point("🙂", ""))).isEqualTo("🙂");
        assertThat(english.recorded(point("", ""))).isEqualTo("");
        assertThat(french.recorded(point("on", ""))).isEqualTo("actif");
    }

    @Test
    void bad_quality_shows_no_number() {
        assertThat(english.recorded(point("unavailable", "°C"))).isEqualTo("–");
        assertThat(english.recorded(point("NaN", "°C"))).isEqualTo("–");
        assertThat(english.recorded(point("1,5", "°C"))).isEqualTo("–");
        assertThat(english.recorded(point(null, "°C"))).isEqualTo("–");
    }

    @Test
    void every_reason_state_and_quantity_has_words_in_both_languages() {
        for (Figures figures : Arrays.asList(english, french)) {
            assertThat(figures.quality(Quality.GOOD)).isNotBlank();
            assertThat(Quality.Reason.values())
                    .extracting(reason -> figures.quality(Quality.of(reason)))
                    .doesNotContain("")
                    .doesNotHaveDuplicates();
            assertThat(Quantity.values())
                    .extracting(figures::name)
                    .doesNotContain("")
                    .doesNotHaveDuplicates();
            for (Quantity quantity : Quantity.values()) {
                assertThat(figures.name(quantity)).isNotBlank();
                assertThat(figures.text(quantity, "on")).isNotBlank();
                assertThat(figures.text(quantity, "off"))
                        .isNotEqualTo(figures.text(quantity, "on"));
            }
        }
    }

    private static PointState point(@Nullable String text, String unit) {
        Attributes attributes =
                new Attributes(
                        Optional.empty(),
                        unit.isEmpty() ? Optional.empty() : Optional.of(unit),
                        Optional.empty(),
                        Optional.empty(),
                        true);
        PointId id = new PointId("sensor.x");
        Reading reading =
                Reading.ofRow(
                        OptionalLong.of(1),
                        new PointKey(1),
                        id,
                        text,
                        attributes,
                        NOON,
                        NOON,
                        Optional.empty(),
                        Optional.empty(),
                        Source.BINLOG);
        return new PointState(new PointKey(1), id, Optional.of(reading));
    }
}
