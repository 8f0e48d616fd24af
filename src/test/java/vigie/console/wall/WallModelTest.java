package vigie.console.wall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import vigie.console.FakeRoom;
import vigie.console.FakeTimeline;
import vigie.console.Frames;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus.Phase;
import vigie.room.RecorderState;
import vigie.timeline.Timeline;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

class WallModelTest {
    private final FakeRoom room = new FakeRoom().normal();
    private final FakeTimeline timeline = room.timeline();
    private final Frames frames = new Frames(room);
    private final Speech speech = new Speech(Locale.UK);
    private long nanos = 5_000_000_000L;
    private WallModel wall;

    @BeforeEach
    void a_wall() {
        wall =
                new WallModel(
                        speech,
                        room.plan(),
                        second(Optional.of(timeline)),
                        ZoneId.of("Europe/Brussels"));
    }

    @Test
    void the_mark_goes_on_by_one_in_every_second_that_showed_a_frame() {
        int before = step();
        for (int i = 1; i <= 5; i++) {
            pass(true);
            assertThat(step()).isEqualTo(before + i);
        }
        assertThat(kind()).isEqualTo(Beat.Kind.BEATS);
        assertThat(wall.contentProperty().get().word()).isEqualTo("Live");
    }

    @Test
    void an_outage_counts_from_the_last_sign_of_life_and_is_told_by_its_time() {
        pass(true);
        timeline.silent(Duration.ofSeconds(7));
        pass(true);
        timeline.phase(Phase.BACKOFF, Optional.empty());
        pass(5, true);
        Optional<Instant> lost = wall.lostSince();
        assertThat(lost).isPresent();
        String told = wall.contentProperty().get().since();
        assertThat(told).startsWith("since ");
        pass(20, true);
        assertThat(wall.lostSince()).isEqualTo(lost);
        assertThat(wall.contentProperty().get().since()).isEqualTo(told);
        assertThat(kind()).isEqualTo(Beat.Kind.GONE);
        timeline.phase(Phase.LIVE, Optional.empty());
        timeline.silent(Duration.ZERO);
        pass(true);
        assertThat(wall.lostSince()).isEmpty();
    }

    @Test
    void the_zone_stands_beside_the_day_where_it_is_not_that_of_this_computer() {
        WallModel.Second now = second(Optional.of(timeline));
        String away =
                new WallModel(speech, room.plan(), now, ZoneId.of("Asia/Tokyo"))
                        .contentProperty()
                        .get()
                        .day();
        String home =
                new WallModel(speech, room.plan(), now, ZoneId.of("Europe/Paris"))
                        .contentProperty()
                        .get()
                        .day();
        assertThat(away).isEqualTo(home + " · UTC+1");
    }

    @Test
    void many_frames_in_a_second_are_one_step() {
        pass(true);
        int before = step();
        wall.show(frames.next(), nanos);
        wall.show(frames.next(), nanos);
        pass(true);
        assertThat(step()).isEqualTo(before + 1);
    }

    @Test
    void without_frames_the_mark_stops_at_once_while_the_clock_goes_on() {
        pass(true);
        int before = step();
        String clock = wall.contentProperty().get().clock();
        pass(false);
        pass(false);
        assertThat(step()).isEqualTo(before);
        assertThat(wall.contentProperty().get().clock()).isNotEqualTo(clock);
    }

    @Test
    void a_picture_that_stands_is_called_so() {
        pass(true);
        pass(5, false);
        assertThat(kind()).isEqualTo(Beat.Kind.STANDS);
        assertThat(wall.contentProperty().get().word()).isEqualTo("PICTURE STANDS");
        pass(true);
        assertThat(kind()).isEqualTo(Beat.Kind.BEATS);
    }

    @Test
    void a_feed_that_is_live_but_says_nothing_is_late_and_then_gone() {
        pass(true);
        for (int second = 1; second <= 12; second++) {
            timeline.silent(Duration.ofSeconds(second));
            pass(true);
            assertThat(kind())
                    .isEqualTo(
                            second < 4
                                    ? Beat.Kind.BEATS
                                    : second < 12 ? Beat.Kind.LATE : Beat.Kind.GONE);
        }
        assertThat(wall.contentProperty().get().since()).isEqualTo("for 12\u00A0s");
        timeline.silent(Duration.ZERO);
        pass(true);
        assertThat(kind()).isEqualTo(Beat.Kind.BEATS);
    }

    @Test
    void a_short_reconnect_is_not_cried_out() {
        pass(true);
        timeline.phase(Phase.BACKOFF, Optional.empty());
        pass(3, true);
        assertThat(kind()).isEqualTo(Beat.Kind.BEATS);
        pass(true);
        assertThat(kind()).isEqualTo(Beat.Kind.LATE);
        pass(8, true);
        assertThat(kind()).isEqualTo(Beat.Kind.GONE);
    }

    @Test
    void a_mark_without_a_feed_still_moves_for_the_window_lives() {
        Optional<Timeline> nothing = Optional.empty();
        wall = new WallModel(speech, room.plan(), second(nothing));
        assertThat(kind()).isEqualTo(Beat.Kind.GONE);
        int before = step();
        nanos += 1_000_000_000L;
        wall.pass(second(nothing));
        assertThat(step()).isEqualTo(before + 1);
        assertThat(wall.contentProperty().get().word()).isEqualTo("No data yet");
    }

    @Test
    void a_silent_home_assistant_is_no_healthy_beat() {
        pass(true);
        timeline.recorder(
                new RecorderState(
                        RecorderState.Phase.STOPPED, Optional.of(timeline.now().plusSeconds(3))));
        timeline.pass(Duration.ofMinutes(10));
        pass(true);
        assertThat(kind()).isEqualTo(Beat.Kind.LATE);
        assertThat(wall.contentProperty().get().word()).isEqualTo("Home Assistant stopped");
    }

    @Test
    void clock_and_words_follow_the_language_and_the_rooms_zone() {
        pass(true);
        assertThat(wall.contentProperty().get().clock()).startsWith("12:23:");
        assertThat(wall.contentProperty().get().day()).isEqualTo("Saturday 21 November 2026");
        speech.speak(Locale.FRENCH);
        assertThat(wall.contentProperty().get().day()).isEqualTo("samedi 21 novembre 2026");
        assertThat(wall.contentProperty().get().word()).isEqualTo("En direct");
    }

    private void pass(int seconds, boolean shown) {
        for (int i = 0; i < seconds; i++) {
            pass(shown);
        }
    }

    private void pass(boolean shown) {
        timeline.pass(Duration.ofSeconds(1));
        nanos += 1_000_000_000L;
        if (shown) {
            wall.show(frames.next(), nanos);
        }
        wall.pass(second(Optional.of(timeline)));
    }

    private WallModel.Second second(Optional<Timeline> followed) {
        return new WallModel.Second(
                timeline.now(),
                nanos,
                followed.map(its -> its.moment().feed()),
                followed.flatMap(Timeline::silence));
    }

    private Beat.Kind kind() {
        return wall.contentProperty().get().beat().kind();
    }

    private int step() {
        return wall.contentProperty().get().beat().step();
    }
}
