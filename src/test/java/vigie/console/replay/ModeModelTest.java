package vigie.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.console.FakeRoom;
import vigie.console.history.TypedMoment;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;
import vigie.recording.Basis;
import vigie.text.Sentence;
import vigie.timeline.Playback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

class ModeModelTest {
    private static final Instant AT = Instant.parse("2026-03-04T01:13:20Z");

    private final FakeRoom room = new FakeRoom().normal();
    private final Speech speech = new Speech(Locale.UK);
    private final ModeModel model =
            new ModeModel(speech, room.plan(), InstantSource.fixed(FakeRoom.NOW));

    @Test
    void the_past_is_said_in_words_and_digits() {
        model.show(Mode.REPLAY, Optional.of(playback(AT, true, false, 60, false, false)));
        assertThat(band().title()).isEqualTo("REPLAY 2026-03-04 02:13:20 ×60");
        assertThat(band().state()).isEqualTo("playing");
        speech.speak(Locale.FRENCH);
        assertThat(band().title()).isEqualTo("RELECTURE 2026-03-04 02:13:20 ×60");
        assertThat(band().way()).isEqualTo("Retour au direct");
    }

    @Test
    void the_present_has_no_band() {
        assertThat(model.bandProperty().get()).isEmpty();
        model.show(Mode.REPLAY, Optional.of(playback(AT, true, false, 60, false, false)));
        model.show(Mode.LIVE, Optional.empty());
        assertThat(model.bandProperty().get()).isEmpty();
    }

    @Test
    void slow_fast_and_back_are_told_in_the_title() {
        model.show(Mode.REPLAY, Optional.of(playback(AT, true, false, 0.25, false, false)));
        assertThat(band().title()).endsWith(" ×0.25");
        model.show(Mode.REPLAY, Optional.of(playback(AT, true, true, 3600, false, false)));
        assertThat(band().title()).endsWith(" ◀ ×3600");
        assertThat(band().state()).isEqualTo("playing backwards");
        model.show(Mode.REPLAY, Optional.of(playback(AT, false, true, 3600, false, false)));
        assertThat(band().title()).endsWith(" ×3600").doesNotContain("◀");
    }

    @Test
    void an_hour_that_comes_twice_is_told_with_its_offset() {
        Instant twice = Instant.parse("2026-10-25T01:10:00Z");
        model.show(Mode.REPLAY, Optional.of(playback(twice, true, false, 1, false, false)));
        assertThat(band().title()).isEqualTo("REPLAY 2026-10-25 02:10:00 UTC+1 ×1");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T00:59:59Z, 2026-03-29 01:59:59",
        "2026-03-29T01:00:00Z, 2026-03-29 03:00:00",
        "2026-10-24T23:59:59Z, 2026-10-25 01:59:59",
        "2026-10-25T00:00:00Z, 2026-10-25 02:00:00 UTC+2",
        "2026-10-25T00:30:00Z, 2026-10-25 02:30:00 UTC+2",
        "2026-10-25T00:59:59Z, 2026-10-25 02:59:59 UTC+2",
        "2026-10-25T01:00:00Z, 2026-10-25 02:00:00 UTC+1",
        "2026-10-25T01:30:00Z, 2026-10-25 02:30:00 UTC+1",
        "2026-10-25T02:00:00Z, 2026-10-25 03:00:00"
    })
    void the_digits_are_right_while_it_plays_over_a_change_of_the_clocks(
            Instant shown, String digits) {
        Instant before = Instant.parse("2026-03-29T00:00:00Z");
        model.show(Mode.REPLAY, Optional.of(playback(before, true, false, 60, false, false)));
        model.showAt(shown);
        assertThat(band().title()).isEqualTo("REPLAY " + digits + " ×60");
        assertThat(TypedMoment.parse(digits, ZoneId.of("Europe/Paris"), before))
                .as("typed as it is read")
                .contains(shown);
    }

    @Test
    void the_band_is_about_the_picture_that_is_seen() {
        model.show(Mode.REPLAY, Optional.of(playback(AT, true, false, 60, false, false)));
        model.showAt(AT.minusSeconds(3));
        assertThat(band().title()).contains("02:13:17");
    }

    @Test
    void over_the_picture_of_the_present_stand_no_digits_of_the_past() {
        model.show(Mode.REPLAY, Optional.of(playback(AT, false, false, 60, true, false)));
        assertThat(band().title()).isEqualTo("REPLAY");
        assertThat(band().state())
                .isEqualTo("reading 2026-03-04 02:13:20: the plan does not show it yet");
        model.showAt(AT);
        assertThat(band().title()).isEqualTo("REPLAY 2026-03-04 02:13:20 ×60");
        assertThat(band().state()).isEqualTo("waiting: still reading");
    }

    @Test
    void waiting_and_the_end_are_told_and_the_end_is_not_live() {
        model.show(Mode.REPLAY, Optional.of(playback(AT, true, false, 60, false, false)));
        model.showAt(AT);
        model.show(Mode.REPLAY, Optional.of(playback(AT, true, false, 60, true, false)));
        assertThat(band().state()).isEqualTo("waiting: still reading");
        Instant lately = FakeRoom.NOW.minusSeconds(86_405);
        model.show(Mode.REPLAY, Optional.of(playback(lately, false, false, 60, false, true)));
        assertThat(band().state()).isEqualTo("end of the past. This is not live");
        model.show(Mode.REPLAY, Optional.of(playback(AT, false, false, 60, false, true)));
        assertThat(band().state()).isEqualTo("end of the interval. This is not live");
        model.show(Mode.INCIDENT, Optional.of(playback(AT, false, false, 60, false, true)));
        assertThat(band().state()).isEqualTo("end of the file");
    }

    @Test
    void what_happens_live_is_told_meanwhile() {
        model.show(Mode.REPLAY, Optional.of(playback(AT, true, false, 60, false, false)));
        assertThat(band().live()).isEqualTo("Live: not known yet");
        model.showLive(room.timeline().moment());
        assertThat(band().live()).isEqualTo("Live: connected");
        assertThat(band().liveIsWell()).isTrue();
        room.timeline()
                .phase(FeedStatus.Phase.BACKOFF, Optional.of(Sentence.of("console.feed.backoff")));
        model.showLive(room.timeline().moment());
        assertThat(band().live()).isEqualTo("Live: feed lost since 12:23:12");
        assertThat(band().liveIsWell()).isFalse();
    }

    @Test
    void a_silent_home_assistant_is_no_healthy_present() {
        ModeModel later =
                new ModeModel(
                        speech,
                        room.plan(),
                        InstantSource.fixed(FakeRoom.NOW.plus(Duration.ofHours(2))));
        later.show(Mode.REPLAY, Optional.of(playback(AT, true, false, 60, false, false)));
        later.showLive(room.timeline().moment());
        ModeModel.Band band = later.bandProperty().get().orElseThrow();
        assertThat(band.live()).startsWith("Live: connected, Home Assistant silent since");
        assertThat(band.liveIsWell()).isFalse();
    }

    @Test
    void a_drill_is_marked_and_does_not_claim_to_be_the_room() {
        model.show(Mode.DRILL, Optional.of(playback(AT, true, false, 1, false, false)));
        assertThat(band().title()).startsWith("DRILL ");
        assertThat(band().live()).isEqualTo("Not the room: a recorded incident is played");
        assertThat(band().way()).isEqualTo("End the drill");
        model.show(Mode.INCIDENT, Optional.of(playback(AT, true, false, 1, false, false)));
        assertThat(band().title()).startsWith("INCIDENT FILE ");
        assertThat(band().way()).as("there is nowhere to go back to").isEmpty();
    }

    @Test
    void that_it_returns_soon_is_told() {
        model.show(Mode.REPLAY, Optional.of(playback(AT, false, false, 1, false, false)));
        model.returnsIn(Optional.of(Duration.ofSeconds(12)));
        assertThat(band().remark()).isEqualTo("back to live in 12 s");
    }

    private ModeModel.Band band() {
        return model.bandProperty().get().orElseThrow();
    }

    private static Playback playback(
            Instant at,
            boolean playing,
            boolean backwards,
            double speed,
            boolean waits,
            boolean ended) {
        return new Playback(
                at,
                at.minusSeconds(86_400),
                at.plusSeconds(86_400),
                Basis.KNOWN_NOW,
                playing,
                backwards,
                speed,
                speed,
                false,
                waits,
                ended,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
