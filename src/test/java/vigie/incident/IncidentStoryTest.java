package vigie.incident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.note.Note;
import vigie.plan.Deviation;
import vigie.plan.ElementId;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.point.Attributes;
import vigie.point.DisplayUnits;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recording.Basis;
import vigie.recording.Excerpt;
import vigie.recording.Reel;
import vigie.recording.Step;
import vigie.room.Cadences;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RoomState;
import vigie.text.Words;
import vigie.timeline.Occurrence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

class IncidentStoryTest {
    private static final Plan PLAN = PlanFile.builtIn();
    private static final Instant BEGINS = Instant.parse("2026-03-04T01:00:00Z");
    private static final Instant FROM = BEGINS.plusSeconds(600);
    private static final Instant TO = BEGINS.plusSeconds(7_200);
    private static final String UNIT = "binary_sensor.crac_1_running";
    private static final String SUPPLY = "sensor.crac_1_supply_temperature";
    private static final String AISLE = "sensor.hot_aisle_north";
    private static final String TOP = "sensor.rack_a1_inlet_top";
    private static final String MIDDLE = "sensor.rack_a1_inlet_middle";
    private static final String WARM = "sensor.rack_b4_inlet_middle";

    private final Map<String, PointKey> keys = new HashMap<>();
    private final List<Reading> readings = new ArrayList<>();

    private void say(int second, String point, String text) {
        boolean number = point.startsWith("sensor");
        Attributes attributes =
                new Attributes(
                        Optional.empty(),
                        number ? Optional.of("°C") : Optional.empty(),
                        Optional.empty(),
                        number ? Optional.of("measurement") : Optional.empty(),
                        true);
        Instant time = BEGINS.plusSeconds(second);
        PointKey key = keys.computeIfAbsent(point, _ -> new PointKey(keys.size() + 1L));
        readings.add(
                Reading.ofRow(
                        OptionalLong.of(readings.size() + 1L),
                        key,
                        new PointId(point),
                        text,
                        attributes,
                        time,
                        time,
                        Optional.empty(),
                        Optional.empty(),
                        Source.HISTORY));
    }

    /** A cooling unit stops; what it cools gets warm, one after the other; it runs again. */
    private void failure() {
        say(-60, UNIT, "on");
        say(-50, SUPPLY, "16.0");
        say(-40, AISLE, "34.0");
        say(-30, TOP, "21.0");
        say(-30, MIDDLE, "21.0");
        say(-20, WARM, "27.4");
        say(800, UNIT, "off");
        say(860, SUPPLY, "25.5");
        say(920, SUPPLY, "30.5");
        say(1_000, AISLE, "41.0");
        say(1_060, TOP, "27.5");
        say(1_100, TOP, "unavailable");
        say(1_200, TOP, "33.5");
        say(1_260, MIDDLE, "27.2");
        say(1_300, AISLE, "46.5");
        say(1_400, AISLE, "43.0");
        say(2_000, UNIT, "on");
        say(2_100, SUPPLY, "15.0");
        say(2_400, AISLE, "35.0");
        say(2_500, TOP, "24.0");
        say(2_600, MIDDLE, "26.0");
        say(2_700, MIDDLE, "27.1");
        say(2_900, MIDDLE, "25.0");
    }

    /** In two reels, the second of which begins with the room as it is. */
    private List<Reel> reels(int cut) {
        Instant border = BEGINS.plusSeconds(cut);
        readings.sort(Comparator.comparing(Reading::time));
        return List.of(reel(BEGINS, border), reel(border, TO));
    }

    private Reel reel(Instant from, Instant to) {
        RoomState room = RoomState.EMPTY;
        List<Step> steps = new ArrayList<>();
        for (Reading reading : readings) {
            Group group = new Group("", Optional.empty(), List.of(new Fact.Observed(reading)));
            if (!reading.time().isAfter(from)) {
                room = room.after(group);
            } else if (!reading.time().isAfter(to)) {
                steps.add(new Step(reading.time(), group));
            }
        }
        Step start = new Step(from, Excerpt.room(room));
        return Reel.of(Basis.KNOWN_NOW, from, to, start, steps, Cadences.NONE, Map.of());
    }

    private Story story(int cut) {
        IncidentStory story = new IncidentStory(PLAN);
        reels(cut).forEach(story::add);
        return story.tell(BEGINS, TO, List.of(outage()), List.of(note()));
    }

    private static Occurrence outage() {
        return new Occurrence(
                Occurrence.Kind.SENSOR_OUTAGE,
                BEGINS.plusSeconds(1_100),
                Optional.of(BEGINS.plusSeconds(1_200)),
                Duration.ZERO,
                Optional.of(new ElementId("a1")),
                Optional.of(new PointId(TOP)),
                Deviation.NONE,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                null,
                null,
                null);
    }

    private static Note note() {
        return new Note(
                new UUID(1, 2),
                BEGINS.plusSeconds(1_500),
                BEGINS.plusSeconds(1_500),
                "Ada",
                "Belt torn.\nNew one ordered.",
                Optional.of("crac-1"));
    }

    private static Manifest manifest() {
        return new Manifest(
                1,
                "0.1.0",
                BEGINS,
                FROM,
                TO,
                ZoneId.of("Europe/Brussels"),
                Set.of(Basis.KNOWN_NOW, Basis.KNOWN_THEN),
                17,
                1,
                1);
    }

    @Test
    void a_failed_cooling_unit_is_told_from_its_cause_to_its_end() {
        failure();
        Story story = story(1_050);
        String lines =
                String.join("\n", StoryText.lines(story, PLAN, manifest(), Words.in(Locale.UK)));
        String fahrenheit =
                String.join(
                        "\n",
                        StoryText.lines(
                                story,
                                PLAN,
                                manifest(),
                                Words.in(DisplayUnits.FAHRENHEIT.in(Locale.UK))));
        assertThat(fahrenheit)
                .contains("Temperature 105.8\u00A0°F, above 104.0\u00A0°F (warning)")
                .doesNotContain("°C");
        assertThat(lines.replace('\u00A0', ' ').replace("2026-03-04 ", "").replace("+01:00", ""))
                .isEqualTo(
                        """
                        Incident from 02:10:00 to 04:00:00 (Europe/Brussels)
                        Told from 02:00:00 on, 17 readings, saved by Vigie 0.1.0

                        First out of its limits
                          02:13:20  Cooling unit 1, operation: stopped (alarm)

                        Then followed
                          02:16:40  +0:03:20  Hot aisle, north: Temperature 41.0 °C, above 40.0 °C (warning)
                          02:17:40  +0:04:20  Rack A1 inlet, top: Temperature 27.5 °C, above 27.0 °C (warning), 2 times in all

                        Out of its limits from the beginning
                          02:00:00  Rack B4 inlet, middle: Temperature 27.4 °C, above 27.0 °C (warning)

                        How far it went
                          02:15:20  Cooling unit 1, supply air: Temperature 30.5 °C, above 30.0 °C (alarm)
                          02:21:40  Hot aisle, north: Temperature 46.5 °C, above 45.0 °C (alarm)
                          02:20:00  Rack A1 inlet, top: Temperature 33.5 °C, above 32.0 °C (alarm)
                          02:00:00  Rack B4 inlet, middle: Temperature 27.4 °C, above 27.0 °C (warning)

                        Recovery
                          02:35:00  Cooling unit 1 is within its limits again
                          02:40:00  Hot aisle is within its limits again
                          02:48:20  Rack A1 is within its limits again
                          Not within their limits by the end: Rack B4

                        Without trustworthy values
                          02:18:20 to 02:20:00  Rack A1: no trustworthy value

                        Notes
                          02:25:00  Ada (Cooling unit 1): Belt torn.
                              New one ordered.\
                        """);
    }

    @Test
    void a_sensor_that_bears_its_elements_name_is_named_once_in_every_language() {
        failure();
        List<String> lines =
                StoryText.lines(story(1_050), PLAN, manifest(), Words.in(Locale.FRENCH));
        assertThat(lines)
                .anyMatch(line -> line.contains("  Entrée d'air baie A1, haut"))
                .noneMatch(line -> line.contains("Baie A1, "));
    }

    @Test
    void a_distance_is_that_of_the_seconds_that_are_told() {
        say(-60, UNIT, "on");
        say(800, UNIT, "off");
        say(1_000, AISLE, "46.5");
        readings.replaceAll(reading -> later(reading, UNIT, 900));
        readings.replaceAll(reading -> later(reading, AISLE, 100));
        assertThat(StoryText.lines(story(1_050), PLAN, manifest(), Words.in(Locale.UK)))
                .anyMatch(line -> line.startsWith("  2026-03-04 02:16:40+01:00  +0:03:20  "));
    }

    private static Reading later(Reading reading, String point, long millis) {
        return reading.point().name().equals(point)
                ? Reading.ofRow(
                        reading.id(),
                        reading.key(),
                        reading.point(),
                        reading.text(),
                        reading.attributes(),
                        reading.time().plusMillis(millis),
                        reading.changed().plusMillis(millis),
                        reading.committed(),
                        reading.position(),
                        reading.source())
                : reading;
    }

    @Test
    void the_cut_between_reels_does_not_change_the_story() {
        failure();
        Story whole = story(7_000);
        for (int cut : new int[] {1, 800, 861, 1_001, 1_100, 1_150, 1_399, 2_000, 2_650}) {
            assertThat(story(cut)).as("cut at %d s", cut).isEqualTo(whole);
        }
    }

    @Test
    void of_one_second_a_state_comes_before_the_numbers_that_follow_it() {
        say(-60, UNIT, "on");
        say(-30, TOP, "21.0");
        say(800, TOP, "27.5");
        say(800, UNIT, "off");
        assertThat(story(900).courses())
                .extracting(course -> course.first().point().name())
                .containsExactly(UNIT, TOP);
    }

    @Test
    void what_is_not_over_by_the_end_is_said_to_last() {
        failure();
        readings.removeIf(reading -> reading.time().isAfter(BEGINS.plusSeconds(2_650)));
        say(3_000, AISLE, "unavailable");
        say(3_100, TOP, "29.0");
        Story story = story(1_000);
        assertThat(story.recovered()).isEmpty();
        assertThat(story.courses())
                .filteredOn(course -> course.recovered().isEmpty())
                .extracting(course -> course.element().value())
                .containsExactly("a1");
        assertThat(StoryText.lines(story, PLAN, manifest(), Words.in(Locale.FRENCH)))
                .contains("  Pas dans leurs limites à la fin : Baie B4, Baie A1");
    }

    @Test
    void a_quiet_stretch_says_that_nothing_happened() {
        say(-60, UNIT, "on");
        say(500, AISLE, "34.0");
        IncidentStory story = new IncidentStory(PLAN);
        reels(900).forEach(story::add);
        Story told = story.tell(BEGINS, TO, List.of(), List.of());
        assertThat(told.first()).isEmpty();
        assertThat(StoryText.lines(told, PLAN, manifest(), Words.in(Locale.UK)))
                .contains("  Nothing left its limits in that time.");
        assertThat(StoryJson.of(told, manifest()))
                .startsWith("{\"version\":1,")
                .contains("\"first\":null,\"followed\":[]")
                .doesNotContain("\n");
    }
}
