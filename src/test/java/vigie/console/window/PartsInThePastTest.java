package vigie.console.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.status.StatusModel;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;

import java.util.Locale;
import java.util.Optional;

/** No part of the window claims to be live while it shows the past. */
class PartsInThePastTest {
    private final FakeRoom room = new FakeRoom().normal();
    private final Frames frames = new Frames(room);
    private final Parts parts =
            Parts.of(new Speech(Locale.UK), room.plan(), "vigie@db", Optional.empty());

    @Test
    void the_foot_tells_the_present_s_feed_and_the_past_s_clock() {
        parts.setPast(true);
        parts.show(frames.next());
        StatusModel.Content foot = parts.status().contentProperty().get();
        assertThat(foot.feed().text()).isEqualTo("No live feed");
        assertThat(foot.delay().text()).isEmpty();
        assertThat(foot.rate().text()).isEmpty();
        assertThat(foot.day().text()).startsWith("shown: Saturday 21 November 2026");
        parts.status().showLive(room.timeline().moment());
        assertThat(parts.status().contentProperty().get().feed().text())
                .isEqualTo("Feed of the present: Live");
        parts.setPast(false);
        parts.show(frames.next());
        assertThat(parts.status().contentProperty().get().feed().text()).isEqualTo("Live");
    }

    @Test
    void the_foot_tells_the_present_s_feed_before_a_moment_of_the_past_is_read() {
        parts.setPast(true);
        parts.status().showLive(room.timeline().moment());
        assertThat(parts.status().contentProperty().get().feed().text())
                .isEqualTo("Feed of the present: Live");
    }

    @Test
    void a_feed_that_is_lost_today_is_no_banner_over_the_past() {
        parts.show(frames.next());
        parts.setPast(true);
        room.timeline().phase(FeedStatus.Phase.BACKOFF, Optional.empty());
        parts.show(frames.next());
        assertThat(parts.banner().feedProperty().get()).isEmpty();
        parts.setPast(false);
        parts.show(frames.next());
        assertThat(parts.banner().feedProperty().get()).isPresent();
    }

    @Test
    void the_head_does_not_claim_to_have_watched_the_past() {
        parts.setPast(true);
        room.with("sensor.rack_a4_inlet_top", "33.6", "°C");
        parts.show(frames.next());
        assertThat(parts.header().contentProperty().get().state()).isEqualTo("1 alarm");
        assertThat(parts.header().contentProperty().get().since()).isEmpty();
    }
}
