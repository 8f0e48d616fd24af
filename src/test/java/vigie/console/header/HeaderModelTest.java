package vigie.console.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.FakeRoom;
import vigie.console.FakeTimeline;
import vigie.console.Frames;
import vigie.console.marks.Mark;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.room.Cadence;
import vigie.room.Cadences;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class HeaderModelTest {
    private final FakeRoom room = new FakeRoom();
    private final Frames frames = new Frames(room);
    private final HeaderModel model = new HeaderModel(new Speech(Locale.UK), room.plan());

    @Test
    void nothing_is_called_normal_before_it_is_known() {
        assertThat(model.contentProperty().get().state()).isEqualTo("Not known yet");
        model.show(frames.next());
        assertThat(model.contentProperty().get().state()).isEqualTo("Not known yet");
    }

    @Test
    void a_normal_room_is_called_normal() {
        room.normal();
        model.show(frames.next());
        HeaderModel.Content content = model.contentProperty().get();
        assertThat(content.room()).isEqualTo("Server room");
        assertThat(content.state()).isEqualTo("All normal");
        assertThat(content.since()).isEmpty();
        assertThat(content.mark()).isEqualTo(Mark.NONE);
        assertThat(content.known()).isTrue();
    }

    @Test
    void deviations_are_counted_with_the_time_since_when() {
        room.normal();
        model.show(frames.next());
        room.with("sensor.rack_a4_inlet_top", "33.6", "°C")
                .with("sensor.rack_a4_inlet_middle", "28", "°C");
        model.show(frames.next());
        room.timeline().pass(Duration.ofMinutes(5));
        model.show(frames.next());
        assertThat(model.contentProperty().get().state()).isEqualTo("1 alarm, 1 warning");
        assertThat(model.contentProperty().get().since()).isEqualTo("since 12:23:12");
        assertThat(model.contentProperty().get().mark()).isEqualTo(Mark.ALARM);
    }

    @Test
    void what_was_already_so_at_the_start_began_then_or_earlier() {
        room.normal().with("sensor.rack_a4_inlet_middle", "28", "°C");
        model.show(frames.next());
        assertThat(model.contentProperty().get().since()).isEqualTo("since 12:23:12 or earlier");
    }

    private String since() {
        return model.contentProperty().get().since();
    }

    private void at(Duration afterNow) {
        Duration gone = Duration.between(FakeRoom.NOW, room.timeline().now());
        room.timeline().pass(afterNow.minus(gone));
    }

    @Test
    void a_state_tells_since_when_whenever_the_window_was_opened() {
        room.normal();
        at(Duration.ofMinutes(10));
        room.with(
                "binary_sensor.crac_1_running",
                "off",
                "",
                FakeRoom.NOW.plus(Duration.ofMinutes(3)));
        model.show(frames.next());
        assertThat(since()).isEqualTo("since 12:26:12");
        at(Duration.ofMinutes(20));
        model.show(frames.next());
        assertThat(since()).isEqualTo("since 12:26:12");
    }

    @Test
    void of_a_limit_it_is_said_since_when_at_least() {
        room.normal();
        at(Duration.ofMinutes(10));
        room.with(
                "sensor.rack_a4_inlet_top", "33.6", "°C", FakeRoom.NOW.plus(Duration.ofMinutes(9)));
        model.show(frames.next());
        assertThat(since()).isEqualTo("since 12:32:12 or earlier");
        at(Duration.ofMinutes(12));
        room.with(
                "sensor.rack_a4_inlet_top",
                "33.8",
                "°C",
                FakeRoom.NOW.plus(Duration.ofMinutes(11)));
        model.show(frames.next());
        assertThat(since()).as("does not move").isEqualTo("since 12:32:12 or earlier");
    }

    @Test
    void a_look_at_the_past_does_not_begin_it_anew() {
        room.normal();
        model.show(frames.next());
        at(Duration.ofMinutes(1));
        room.with(
                "sensor.rack_a4_inlet_top",
                "33.6",
                "°C",
                FakeRoom.NOW.plus(Duration.ofSeconds(50)));
        model.show(frames.next());
        assertThat(since()).isEqualTo("since 12:24:02");
        model.setPast(true);
        model.show(new Frames(new FakeRoom().normal()).next());
        assertThat(since()).isEmpty();
        model.setPast(false);
        at(Duration.ofMinutes(9));
        room.with(
                "sensor.rack_a4_inlet_top", "33.9", "°C", FakeRoom.NOW.plus(Duration.ofMinutes(8)));
        model.show(frames.next());
        assertThat(since()).isEqualTo("since 12:24:02");
    }

    @Test
    void what_began_during_a_look_at_the_past_began_with_its_readings() {
        room.normal();
        model.show(frames.next());
        model.setPast(true);
        model.setPast(false);
        at(Duration.ofMinutes(9));
        room.with(
                "sensor.rack_a4_inlet_top", "33.9", "°C", FakeRoom.NOW.plus(Duration.ofMinutes(8)));
        model.show(frames.next());
        assertThat(since()).isEqualTo("since 12:31:12 or earlier");
        room.with(
                "binary_sensor.crac_1_running",
                "off",
                "",
                FakeRoom.NOW.plus(Duration.ofMinutes(5)));
        model.show(frames.next());
        assertThat(since()).as("told later").isEqualTo("since 12:28:12 or earlier");
    }

    @Test
    void missing_readings_are_said_also_when_all_else_is_normal() {
        room.normal().with("sensor.rack_a4_inlet_top", "unavailable", "°C");
        model.show(frames.next());
        assertThat(model.contentProperty().get().state()).isEqualTo("Nothing outside its limits");
        assertThat(model.contentProperty().get().since()).isEqualTo("1 reading missing");
    }

    @Test
    void a_room_with_a_stale_reading_is_not_called_normal() {
        room.normal();
        FakeTimeline timeline = room.timeline();
        PointKey key =
                timeline.moment()
                        .state()
                        .point(new PointId("sensor.rack_a4_inlet_top"))
                        .orElseThrow()
                        .key();
        timeline.learned(
                new Cadences(
                        FakeRoom.NOW,
                        Map.of(
                                key,
                                new Cadence(key, FakeRoom.NOW, 400, Duration.ofSeconds(30), true)),
                        Optional.of(Duration.ofMinutes(1))));
        timeline.pass(Duration.ofSeconds(100));
        model.show(frames.next());
        assertThat(model.contentProperty().get().state()).isEqualTo("Nothing outside its limits");
        assertThat(model.contentProperty().get().since()).isEqualTo("1 reading stale");
    }

    @Test
    void a_room_whose_home_assistant_is_silent_is_only_known_as_it_was() {
        room.normal();
        room.timeline().pass(Duration.ofMinutes(6));
        model.show(frames.next());
        assertThat(model.contentProperty().get().state()).isEqualTo("Last known: All normal");
        assertThat(model.contentProperty().get().known()).isFalse();
    }

    @Test
    void without_a_feed_it_is_only_the_last_known_state() {
        room.normal();
        model.show(frames.next());
        room.timeline().phase(FeedStatus.Phase.BACKOFF, Optional.empty());
        model.show(frames.next());
        assertThat(model.contentProperty().get().state()).isEqualTo("Last known: All normal");
        assertThat(model.contentProperty().get().known()).isFalse();
    }

    @Test
    void a_room_of_which_nothing_is_seen_is_not_called_within_its_limits() {
        room.normal();
        room.plan()
                .placements()
                .forEach(placement ->
                        room.with(
                                placement.point().name(),
                                "unavailable",
                                placement.quantity().unit()));
        model.show(frames.next());
        assertThat(model.contentProperty().get().state()).isEqualTo("No reading has a value");
    }

    @Test
    void a_past_in_which_nothing_was_recorded_says_so() {
        model.setPast(true);
        model.show(frames.next());
        assertThat(model.contentProperty().get().state())
                .isEqualTo("Nothing is recorded of this moment");
    }
}
