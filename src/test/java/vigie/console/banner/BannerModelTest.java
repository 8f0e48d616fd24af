package vigie.console.banner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus.Phase;
import vigie.text.Sentence;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

class BannerModelTest {
    private final FakeRoom room = new FakeRoom().normal();
    private final Frames frames = new Frames(room);
    private final BannerModel model = new BannerModel(new Speech(Locale.UK), Optional.empty());

    @Test
    void while_live_there_is_none() {
        model.show(frames.next());
        assertThat(model.feedProperty().get()).isEmpty();
        assertThat(model.planProperty().get()).isEmpty();
    }

    @Test
    void a_lost_feed_is_said_at_once_with_the_first_loss_as_its_time() {
        model.show(frames.next());
        room.timeline().phase(Phase.BACKOFF, Optional.of(Sentence.of("console.fault.unknown")));
        model.show(frames.next());
        assertThat(banner().kind()).isEqualTo(BannerModel.Kind.LOST);
        assertThat(banner().headline())
                .isEqualTo("Not live since 12:23:12 (0\u00A0s): what you see is old");
        room.timeline().pass(Duration.ofSeconds(20));
        room.timeline().phase(Phase.CHECK, Optional.empty());
        model.show(frames.next());
        room.timeline().phase(Phase.BACKOFF, Optional.empty());
        model.show(frames.next());
        assertThat(banner().headline())
                .isEqualTo("Not live since 12:23:12 (20\u00A0s): what you see is old");
        assertThat(banner().detail()).isEqualTo("Vigie keeps trying by itself.");
    }

    @Test
    void it_goes_by_itself_when_the_feed_is_live_again() {
        room.timeline().phase(Phase.BACKOFF, Optional.empty());
        model.show(frames.next());
        assertThat(model.feedProperty().get()).isPresent();
        room.timeline().phase(Phase.LIVE, Optional.empty());
        model.show(frames.next());
        assertThat(model.feedProperty().get()).isEmpty();
    }

    @Test
    void the_first_connection_is_no_loss() {
        room.timeline().phase(Phase.SNAPSHOT, Optional.empty());
        model.show(frames.next());
        assertThat(banner().kind()).isEqualTo(BannerModel.Kind.NOTE);
        assertThat(banner().headline()).isEqualTo("Connecting to the database");
    }

    @Test
    void every_phase_but_live_has_a_banner_in_both_languages() {
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.FRENCH}) {
            BannerModel spoken = new BannerModel(new Speech(locale), Optional.empty());
            for (Phase phase : Phase.values()) {
                room.timeline().phase(phase, Optional.empty());
                spoken.show(frames.next());
                assertThat(spoken.feedProperty().get().isEmpty()).isEqualTo(phase == Phase.LIVE);
            }
        }
    }

    @Test
    void another_plan_than_the_operators_is_said() {
        BannerModel other =
                new BannerModel(
                        new Speech(Locale.UK), Optional.of(Sentence.of("console.fault.unknown")));
        assertThat(other.planProperty().get().orElseThrow().headline())
                .isEqualTo("Another plan than yours is shown");
    }

    private BannerModel.Banner banner() {
        return model.feedProperty().get().orElseThrow();
    }
}
