package vigie.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Quality.Reason;
import vigie.point.Reading;
import vigie.point.Source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

class FreshnessTest {
    private static final Instant START = Instant.parse("2026-03-04T02:00:00Z");
    private static final PointKey KEY = new PointKey(7);

    private Cadences cadences = Cadences.NONE;
    private Duration commitEvery = Freshness.USUAL_COMMIT;
    private Optional<Instant> followedUntil = Optional.empty();

    /** Another point that keeps Home Assistant heard. */
    private Optional<Instant> heard = Optional.empty();

    private RecorderState recorder = RecorderState.UNKNOWN;

    @Test
    void a_regular_point_is_stale_after_three_times_its_percentile_and_not_before() {
        learned(30, true);
        assertThat(quality("sensor.inlet", "21.4", "°C", 90)).isEqualTo(Quality.GOOD);
        assertThat(quality("sensor.inlet", "21.4", "°C", 90.001)).isEqualTo(of(Reason.STALE));
        assertThat(turn("sensor.inlet", "21.4", "°C", 5))
                .contains(START.plusSeconds(90).plusNanos(1));
    }

    @Test
    void it_is_not_stale_before_its_next_report_can_be_committed() {
        learned(2, true);
        assertThat(quality("sensor.inlet", "21.4", "°C", 12)).isEqualTo(Quality.GOOD);
        assertThat(quality("sensor.inlet", "21.4", "°C", 13)).isEqualTo(of(Reason.STALE));
        commitEvery = Duration.ofSeconds(30);
        assertThat(quality("sensor.inlet", "21.4", "°C", 62)).isEqualTo(Quality.GOOD);
        assertThat(quality("sensor.inlet", "21.4", "°C", 63)).isEqualTo(of(Reason.STALE));
    }

    @Test
    void any_other_measurement_is_unchanged_after_an_hour_and_never_bad() {
        assertThat(quality("sensor.inlet", "21.4", "°C", 3_600)).isEqualTo(Quality.GOOD);
        assertThat(quality("sensor.inlet", "21.4", "°C", 3_601)).isEqualTo(of(Reason.UNCHANGED));
        assertThat(quality("sensor.inlet", "21.4", "°C", 1e7).isBad()).isFalse();
    }

    @Test
    void who_is_used_to_be_silent_for_longer_is_unchanged_later() {
        learned(3_600, false);
        assertThat(quality("sensor.inlet", "21.4", "°C", 3 * 3_600)).isEqualTo(Quality.GOOD);
        assertThat(quality("sensor.inlet", "21.4", "°C", 3 * 3_600 + 1))
                .isEqualTo(of(Reason.UNCHANGED));
        learned(30, false);
        assertThat(quality("sensor.inlet", "21.4", "°C", 3_600)).isEqualTo(Quality.GOOD);
        assertThat(quality("sensor.inlet", "21.4", "°C", 3_601)).isEqualTo(of(Reason.UNCHANGED));
    }

    @ParameterizedTest
    @CsvSource({
        "binary_sensor.door, off, ''",
        "sensor.ups_status, OL, ''",
        "light.hall, on, ''",
        "number.set_point, 21, °C",
        "input_number.set_point, 21, °C",
        "sensor.version, 7, ''",
    })
    void on_off_points_texts_and_what_people_set_never_go_stale_by_silence(
            String name, String text, String unit) {
        learned(30, true);
        assertThat(quality(name, text, unit, 1e7)).isEqualTo(Quality.GOOD);
        assertThat(turn(name, text, unit, 5)).isEmpty();
    }

    @Test
    void what_is_bad_stays_bad_for_its_own_reason() {
        learned(30, true);
        recorder =
                new RecorderState(RecorderState.Phase.STOPPED, Optional.of(START.plusSeconds(1)));
        assertThat(quality("sensor.inlet", "unavailable", "°C", 1e6))
                .isEqualTo(of(Reason.UNAVAILABLE));
        assertThat(quality("sensor.inlet", null, "°C", 1e6)).isEqualTo(of(Reason.REMOVED));
    }

    @Test
    void while_nothing_is_followed_no_silence_grows() {
        learned(30, true);
        followedUntil = Optional.of(START.plusSeconds(60));
        assertThat(quality("sensor.inlet", "21.4", "°C", 1e6)).isEqualTo(Quality.GOOD);
        assertThat(turn("sensor.inlet", "21.4", "°C", 1e6)).isEmpty();
        followedUntil = Optional.of(START.plusSeconds(100));
        assertThat(quality("sensor.inlet", "21.4", "°C", 1e6)).isEqualTo(of(Reason.STALE));
    }

    @Test
    void time_alone_changes_a_quality_exactly_at_its_turn() {
        learned(30, true);
        Instant turn = turn("sensor.inlet", "21.4", "°C", 0).orElseThrow();
        double seconds = Duration.between(START, turn).toNanos() / 1e9;
        assertThat(quality("sensor.inlet", "21.4", "°C", seconds - 0.001)).isEqualTo(Quality.GOOD);
        assertThat(quality("sensor.inlet", "21.4", "°C", seconds + 0.001))
                .isEqualTo(of(Reason.STALE));
        Instant ofFuture = turn("sensor.inlet", "21.4", "°C", -60).orElseThrow();
        assertThat(ofFuture).isEqualTo(START.minusSeconds(2));
    }

    @Test
    void when_home_assistant_writes_nothing_every_value_is_in_doubt_for_that_reason() {
        heard = Optional.of(START);
        cadences = cadences(Optional.of(Duration.ofSeconds(4)));
        assertThat(voice(30)).isEqualTo(Voice.HEARD);
        assertThat(voice(31)).isEqualTo(new Voice(Voice.Kind.SILENT, Optional.of(START)));
        heard = Optional.empty();
        assertThat(quality("binary_sensor.door", "off", "", 31))
                .isEqualTo(of(Reason.SOURCE_SILENT));
        assertThat(quality("sensor.inlet", "21.4", "°C", 31)).isEqualTo(of(Reason.SOURCE_SILENT));
    }

    @ParameterizedTest
    @CsvSource({"0, 5, 30", "4, 5, 30", "20, 5, 60", "60, 5, 180", "4, 30, 90", "3000, 5, 900"})
    void its_silence_is_learned_from_its_own_pauses_and_commits(
            int pause, int commit, int silentAfter) {
        heard = Optional.of(START);
        commitEvery = Duration.ofSeconds(commit);
        cadences = cadences(Optional.of(Duration.ofSeconds(pause)));
        assertThat(voice(silentAfter)).isEqualTo(Voice.HEARD);
        assertThat(voice(silentAfter + 1).kind()).isEqualTo(Voice.Kind.SILENT);
    }

    @Test
    void whose_pauses_nobody_knows_is_given_five_minutes() {
        heard = Optional.of(START);
        assertThat(voice(300)).isEqualTo(Voice.HEARD);
        assertThat(voice(301).kind()).isEqualTo(Voice.Kind.SILENT);
    }

    @Test
    void a_stop_in_order_and_a_migration_are_told_apart_from_silence() {
        heard = Optional.of(START);
        Instant at = START.plusSeconds(1);
        recorder = new RecorderState(RecorderState.Phase.STOPPED, Optional.of(at));
        assertThat(voice(2)).isEqualTo(new Voice(Voice.Kind.STOPPED, Optional.of(at)));
        recorder = new RecorderState(RecorderState.Phase.MIGRATING, Optional.of(at));
        assertThat(voice(1e6)).isEqualTo(new Voice(Voice.Kind.MIGRATING, Optional.of(at)));
        recorder = new RecorderState(RecorderState.Phase.RUNNING, Optional.of(at));
        assertThat(voice(2)).isEqualTo(Voice.HEARD);
    }

    @Test
    void rows_after_the_end_show_that_it_runs() {
        heard = Optional.of(START.plusSeconds(10));
        recorder = new RecorderState(RecorderState.Phase.STOPPED, Optional.of(START));
        assertThat(voice(11)).isEqualTo(Voice.HEARD);
    }

    @Test
    void a_clock_that_was_set_back_hides_no_silence() {
        cadences = cadences(Optional.of(Duration.ofSeconds(4)));
        heard = Optional.of(START.plusSeconds(7_200));
        assertThat(voice(31).kind()).isEqualTo(Voice.Kind.SILENT);
    }

    @ParameterizedTest
    @EnumSource(Voice.Kind.class)
    void every_kind_but_heard_is_a_doubt_of_its_own(Voice.Kind kind) {
        assertThat(new Voice(kind, Optional.empty()).doubt().isEmpty())
                .isEqualTo(kind == Voice.Kind.HEARD);
    }

    private static Quality of(Reason reason) {
        return Quality.of(reason);
    }

    private void learned(long p99, boolean regular) {
        cadences =
                new Cadences(
                        START,
                        Map.of(KEY, new Cadence(KEY, START, 400, Duration.ofSeconds(p99), regular)),
                        Optional.of(Duration.ofSeconds(1)));
    }

    private static Cadences cadences(Optional<Duration> ofRecorder) {
        return new Cadences(START, Map.of(), ofRecorder);
    }

    /**
     * Judged alone, Home Assistant would be silent too: another point speaks, where none is set.
     */
    private Quality quality(String name, @Nullable String text, String unit, double seconds) {
        boolean alone = cadences.points().isEmpty() && cadences.recorder().isPresent();
        return point(name, text, unit)
                .quality(at(seconds), freshness(name, text, unit, seconds, alone))
                .orElseThrow();
    }

    private Optional<Instant> turn(String name, String text, String unit, double seconds) {
        return point(name, text, unit)
                .turn(at(seconds), freshness(name, text, unit, seconds, false));
    }

    private Voice voice(double seconds) {
        return freshness("binary_sensor.door", "off", "", seconds, true).voice();
    }

    private Freshness freshness(
            String name, @Nullable String text, String unit, double seconds, boolean alone) {
        Instant other = alone ? heard.orElse(START) : at(seconds);
        RoomState state =
                RoomState.EMPTY.after(
                        new Group(
                                "0-1-1",
                                Optional.empty(),
                                List.of(
                                        new Fact.Observed(reading(KEY, name, text, unit, START)),
                                        new Fact.Observed(
                                                reading(
                                                        new PointKey(8),
                                                        "sensor.other",
                                                        "1",
                                                        "",
                                                        other)),
                                        new Fact.RecorderSaid(recorder))));
        return Freshness.of(state, cadences, commitEvery, followedUntil, at(seconds));
    }

    private static PointState point(String name, @Nullable String text, String unit) {
        return new PointState(
                KEY, new PointId(name), Optional.of(reading(KEY, name, text, unit, START)));
    }

    private static Reading reading(
            PointKey key, String name, @Nullable String text, String unit, Instant time) {
        return Reading.ofRow(
                OptionalLong.empty(),
                key,
                new PointId(name),
                text,
                new Attributes(
                        Optional.empty(),
                        unit.isEmpty() ? Optional.empty() : Optional.of(unit),
                        Optional.empty(),
                        Optional.empty(),
                        true),
                time,
                time,
                Optional.empty(),
                Optional.empty(),
                Source.BINLOG);
    }

    private static Instant at(double seconds) {
        return START.plusNanos(Math.round(seconds * 1e9));
    }
}
