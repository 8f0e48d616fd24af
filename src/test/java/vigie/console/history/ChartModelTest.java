package vigie.console.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import vigie.console.FakePast;
import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.history.chart.Scene;
import vigie.console.history.chart.Stretch;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;
import vigie.history.Times;
import vigie.history.series.Bucket;
import vigie.history.series.Kind;
import vigie.plan.ElementId;
import vigie.point.Attributes;
import vigie.point.DisplayUnits;
import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

class ChartModelTest {
    private static final Instant NOW = FakeRoom.NOW;
    private static final PointId TOP = new PointId("sensor.rack_a4_inlet_top");
    private static final Duration DAY = Duration.ofDays(1);

    private final FakeRoom room = new FakeRoom().normal();
    private final Frames frames = new Frames(room);
    private final FakePast past =
            new FakePast(NOW, ZoneId.of("Europe/Brussels"))
                    .number(TOP.name(), "°C", Duration.ofMinutes(1), FakePast.around(22, 2, 1));
    private final Home home = new Home();
    private final Speech speech = new Speech(Locale.UK);
    private final ChartModel model =
            new ChartModel(speech, room.plan(), past, home, home, () -> NOW);

    ChartModelTest() {
        model.show(frames.next());
        model.setPixels(1_000);
    }

    @Test
    void a_chart_shows_what_was_recorded_and_then_looks_beside_it() {
        open(Opening.following("Rack A4", List.of(TOP), DAY));
        Scene scene = model.sceneProperty().get();
        assertThat(scene.lanes()).extracting(Scene.Lane::unit).containsExactly("°C");
        Scene.Curve curve = scene.lanes().getFirst().curves().getFirst();
        assertThat(curve.name()).isEqualTo("Rack A4 inlet, top");
        assertThat(curve.track().begin()).isLessThanOrEqualTo(model.stretch().from());
        home.until("prefetched", () -> past.asked().size() == 2);
        FakePast.Asked beside = past.asked().getLast();
        assertThat(beside.from()).isEqualTo(NOW.minus(DAY.multipliedBy(2)));
        assertThat(beside.to()).isEqualTo(NOW);
    }

    @Test
    void curves_and_limits_follow_the_unit_that_the_reader_wants_at_once() {
        open(Opening.following("Rack A4", List.of(TOP), DAY));
        double celsius = mean();
        speech.show(DisplayUnits.FAHRENHEIT);
        Scene scene = model.sceneProperty().get();
        assertThat(scene.lanes()).extracting(Scene.Lane::unit).containsExactly("°F");
        assertThat(scene.lanes().getFirst().curves().getFirst().limits())
                .extracting(line -> line.highAlarm())
                .containsOnly(89.6);
        assertThat(mean()).isCloseTo(celsius * 9 / 5 + 32, within(0.1));
        speech.show(DisplayUnits.CELSIUS);
        assertThat(model.sceneProperty().get().lanes())
                .extracting(Scene.Lane::unit)
                .containsExactly("°C");
    }

    private double mean() {
        return model.sceneProperty()
                .get()
                .lanes()
                .getFirst()
                .curves()
                .getFirst()
                .track()
                .bucket(0)
                .mean();
    }

    @Test
    void while_it_loads_what_was_found_is_shown_at_the_new_place() {
        settled(
                Opening.between(
                        "",
                        List.of(TOP),
                        NOW.minus(DAY.multipliedBy(9)),
                        NOW.minus(DAY.multipliedBy(8))));
        Scene before = model.sceneProperty().get();
        past.delay(Duration.ofSeconds(30));
        model.moveBy(-Duration.ofHours(40).toNanos() / 1_000);
        Scene after = model.sceneProperty().get();
        assertThat(after.stretch()).isNotEqualTo(before.stretch());
        assertThat(after.lanes().getFirst().curves().getFirst().track())
                .isSameAs(before.lanes().getFirst().curves().getFirst().track());
        assertThat(model.loadingProperty().get()).isFalse();
        home.pass(ChartModel.PATIENCE);
        assertThat(model.loadingProperty().get()).isTrue();
        model.close();
    }

    @Test
    void a_short_wait_is_not_told() {
        open(Opening.following("", List.of(TOP), DAY));
        home.pass(ChartModel.PATIENCE);
        assertThat(model.loadingProperty().get()).isFalse();
    }

    @Test
    void dragging_within_what_is_known_asks_for_nothing_that_is_awaited() {
        settled(
                Opening.between(
                        "",
                        List.of(TOP),
                        NOW.minus(DAY.multipliedBy(9)),
                        NOW.minus(DAY.multipliedBy(8))));
        int asked = past.asked().size();
        model.hold();
        for (int i = 0; i < 50; i++) {
            model.moveBy(-Duration.ofMinutes(10).toNanos() / 1_000);
        }
        home.run();
        assertThat(past.asked()).hasSize(asked);
        assertThat(model.loadingProperty().get()).isFalse();
    }

    @Test
    void what_nobody_waits_for_any_more_is_cancelled() {
        past.delay(Duration.ofSeconds(30));
        model.open(Opening.following("", List.of(TOP), DAY));
        home.until("asked", () -> past.asked().size() == 1);
        past.delay(Duration.ZERO);
        model.range(Duration.ofDays(730));
        home.until("cancelled", () -> past.asked().getFirst().work().isCancelled());
        home.until("asked anew", () -> !model.sceneProperty().get().lanes().isEmpty());
        assertThat(past.asked().get(1).from()).isEqualTo(NOW.minus(Duration.ofDays(730)));
    }

    @Test
    void a_question_whose_answer_still_helps_may_end() {
        past.delay(Duration.ofMillis(100));
        model.open(
                Opening.between(
                        "",
                        List.of(TOP),
                        NOW.minus(DAY.multipliedBy(9)),
                        NOW.minus(DAY.multipliedBy(8))));
        home.until("asked", () -> past.asked().size() == 1);
        model.moveBy(-Duration.ofHours(2).toNanos() / 1_000);
        home.until("answered", () -> !model.sceneProperty().get().lanes().isEmpty());
        assertThat(past.asked().getFirst().work().isCancelled()).isFalse();
    }

    @Test
    void a_failure_keeps_the_picture_says_why_and_is_tried_again() {
        settled(Opening.following("", List.of(TOP), DAY));
        Sentence why = Sentence.of("store.db.timeout", "db:3306", 5);
        past.fail(new Fault(Fault.Kind.PASSING, why, "timeout"));
        model.range(Duration.ofDays(90));
        home.until("failed", () -> model.failureProperty().get().isPresent());
        assertThat(model.failureProperty().get()).contains(why);
        assertThat(model.sceneProperty().get().lanes()).isNotEmpty();
        int asked = past.asked().size();
        model.moveBy(-1_000_000);
        home.run();
        assertThat(past.asked()).as("a hand does not hammer").hasSize(asked);
        past.fail(null);
        home.pass(Duration.ofSeconds(2));
        home.until("mended", () -> model.failureProperty().get().isEmpty());
    }

    @Test
    void the_newest_reading_is_there_at_once_and_the_right_edge_follows() {
        settled(Opening.following("", List.of(TOP), Duration.ofHours(1)));
        long before = model.stretch().to();
        room.timeline().pass(Duration.ofSeconds(20));
        room.with(TOP.name(), "31.5", "°C");
        room.timeline().say(TOP.name(), "31.5", attributes(), NOW.plusSeconds(15));
        model.show(frames.next());
        assertThat(model.stretch().to()).isEqualTo(before + 20_000_000);
        var track = model.sceneProperty().get().lanes().getFirst().curves().getFirst().track();
        Bucket newest = track.bucket(track.size() - 1);
        assertThat(newest.mean()).isEqualTo(31.5);
        assertThat(newest.from()).isEqualTo(Times.micros(NOW.plusSeconds(15)));
        assertThat(newest.to()).isEqualTo(Times.micros(NOW.plusSeconds(20)));
    }

    @Test
    void a_feed_that_is_cut_off_vouches_for_nothing_more() {
        settled(Opening.following("", List.of(TOP), Duration.ofHours(1)));
        room.timeline().pass(Duration.ofSeconds(20));
        room.timeline().say(TOP.name(), "24.5", attributes(), NOW.plusSeconds(15));
        room.timeline().phase(FeedStatus.Phase.BACKOFF, Optional.empty());
        room.timeline().pass(Duration.ofMinutes(10));
        model.show(frames.next());
        var track = model.sceneProperty().get().lanes().getFirst().curves().getFirst().track();
        assertThat(track.end()).isEqualTo(Times.micros(NOW.plusSeconds(20)));
    }

    @Test
    void who_drags_away_from_the_present_no_longer_follows_and_end_brings_him_back() {
        settled(Opening.following("", List.of(TOP), DAY));
        model.hold();
        model.moveBy(-Duration.ofHours(3).toNanos() / 1_000);
        model.letGo();
        assertThat(model.followsProperty().get()).isFalse();
        model.follow();
        assertThat(model.followsProperty().get()).isTrue();
        assertThat(model.stretch().to()).isEqualTo(Times.micros(NOW));
    }

    @Test
    void nobody_gets_lost_in_the_future() {
        settled(Opening.following("", List.of(TOP), DAY));
        model.moveBy(Duration.ofDays(400).toNanos() / 1_000);
        assertThat(model.stretch().from()).isLessThan(Times.micros(NOW));
    }

    @Test
    void zooming_keeps_the_moment_under_the_pointer() {
        settled(
                Opening.between(
                        "",
                        List.of(TOP),
                        NOW.minus(DAY.multipliedBy(9)),
                        NOW.minus(DAY.multipliedBy(8))));
        long about = model.stretch().from() + model.stretch().width() / 4;
        model.zoom(about, 0.5);
        Stretch after = model.stretch();
        assertThat((double) (about - after.from()) / after.width()).isBetween(0.249, 0.251);
        assertThat(Duration.ofNanos(after.width() * 1_000)).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void a_comparison_shows_the_earlier_period_under_this_one() {
        settled(Opening.following("", List.of(TOP), DAY));
        model.compare(Comparison.WEEK);
        home.until("compared", () -> model.sceneProperty().get().shift() != 0);
        assertThat(model.sceneProperty().get().shift())
                .isEqualTo(Duration.ofDays(7).toNanos() / 1_000);
        Scene.Curve curve = model.sceneProperty().get().lanes().getFirst().curves().getFirst();
        assertThat(curve.before()).isNotNull();
        assertThat(StatLine.of(model.sceneProperty().get(), model.figures()).getFirst().before())
                .isNotBlank();
    }

    @Test
    void a_change_of_unit_begins_another_curve_and_is_marked() {
        Instant change = NOW.minus(Duration.ofHours(6)).truncatedTo(ChronoUnit.MINUTES);
        past.number(
                "sensor.outdoor",
                micros -> micros < Times.micros(change) ? "°F" : "°C",
                Duration.ofMinutes(1),
                Kind.NUMBER,
                micros -> micros < Times.micros(change) ? 50 : 10);
        settled(Opening.following("", List.of(new PointId("sensor.outdoor")), DAY));
        Scene scene = model.sceneProperty().get();
        assertThat(scene.lanes()).extracting(Scene.Lane::unit).containsExactly("°F", "°C");
        assertThat(scene.changes()).extracting(Scene.Change::units).containsExactly("°F → °C");
        assertThat(scene.changes().getFirst().at()).isEqualTo(Times.micros(change));
        assertThat(StatLine.of(scene, model.figures()))
                .extracting(StatLine::min, StatLine::gap)
                .containsExactly(tuple("50.0", "0%"), tuple("10.0", "0%"));

        // In one unit for all it is one curve, and nothing changes on it.
        speech.show(DisplayUnits.FAHRENHEIT);
        settled(Opening.following("", List.of(new PointId("sensor.outdoor")), DAY));
        Scene inOne = model.sceneProperty().get();
        assertThat(inOne.lanes()).extracting(Scene.Lane::unit).containsExactly("°F");
        assertThat(inOne.changes()).isEmpty();
        assertThat(StatLine.of(inOne, model.figures()))
                .extracting(StatLine::max)
                .containsExactly("50.0");
    }

    @Test
    void on_and_off_are_spans_with_what_they_mean() {
        past.text(
                "binary_sensor.crac_1_running",
                Duration.ofMinutes(1),
                micros -> micros < Times.micros(NOW.minus(Duration.ofHours(2))) ? "on" : "off");
        settled(Opening.following("", List.of(new PointId("binary_sensor.crac_1_running")), DAY));
        Scene.Strip strip = model.sceneProperty().get().strips().getFirst();
        assertThat(strip.spans()).extracting(Scene.Span::text).startsWith("running", "stopped");
        assertThat(strip.spans()).extracting(Scene.Span::lit).startsWith(true, false);
    }

    @Test
    void it_says_what_is_missing_and_why() {
        open(Opening.following("Door", List.of(), DAY));
        assertThat(model.sceneProperty().get().empty()).startsWith("No point is bound");
        model.open(Opening.following("", List.of(new PointId("sensor.nobody")), DAY));
        home.until("answered", () -> !model.sceneProperty().get().empty().isEmpty());
        assertThat(model.sceneProperty().get().empty()).startsWith("sensor.nobody has no history");
        past.begins(NOW.minus(Duration.ofHours(5)));
        model.open(
                Opening.between(
                        "",
                        List.of(TOP),
                        NOW.minus(DAY.multipliedBy(9)),
                        NOW.minus(DAY.multipliedBy(8))));
        home.until(
                "answered",
                () -> model.sceneProperty().get().empty().startsWith("Nothing was recorded"));
    }

    @Test
    void an_element_brings_all_points_of_its_sensors() {
        assertThat(model.boundTo(new ElementId("a4")))
                .contains(TOP, new PointId("sensor.rack_a4_inlet_middle"))
                .hasSizeBetween(4, 6);
        assertThat(model.boundTo(new ElementId("a4-inlet-top"))).containsExactly(TOP);
    }

    @Test
    void up_and_down_go_from_curve_to_curve_and_who_has_none_is_named() {
        settled(Opening.following("", List.of(TOP, new PointId("sensor.x")), DAY));
        assertThat(model.withoutHistory()).containsExactly(new PointId("sensor.x"));
        model.markNext(1);
        assertThat(model.marked()).contains(TOP);
        model.markNext(-1);
        assertThat(model.marked()).isEmpty();
    }

    private void open(Opening opening) {
        model.open(opening);
        home.until(
                "answered",
                () ->
                        opening.points().isEmpty()
                                || !model.sceneProperty().get().lanes().isEmpty()
                                || !model.sceneProperty().get().strips().isEmpty());
    }

    /** Opened, and nothing more to ask. */
    private void settled(Opening opening) {
        open(opening);
        home.until("prefetched", () -> past.asked().size() >= 2);
        int[] before = {-1};
        home.until(
                "at rest",
                () -> {
                    boolean same = before[0] == past.asked().size() && !model.isBusy();
                    before[0] = past.asked().size();
                    return same;
                });
    }

    private static Attributes attributes() {
        return new Attributes(
                Optional.empty(),
                Optional.of("°C"),
                Optional.empty(),
                Optional.of("measurement"),
                true);
    }
}
