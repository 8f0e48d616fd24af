package vigie.console.banner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.fault.Obstacle;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;
import vigie.feed.FeedStatus.Phase;
import vigie.feed.Tally;
import vigie.room.RecorderState;
import vigie.text.Sentence;

import java.time.Duration;
import java.util.List;
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
    void tables_that_a_newer_vigie_made_are_told_beside_a_live_picture() {
        model.show(frames.next());
        assertThat(model.ownProperty().get()).isEmpty();
        model.setOwnNotice(Optional.of(Sentence.of("store.own.newer", "db:3306", "vigie", 9, 4)));
        assertThat(model.ownProperty().get())
                .contains(
                        new BannerModel.Banner(
                                BannerModel.Kind.NOTE,
                                "Vigie's own tables are not written from here",
                                "The tables in vigie on db:3306 were made by a newer Vigie"
                                        + " (version 9, this one knows 4); they are read and not"
                                        + " written: use the same Vigie everywhere"));
        assertThat(model.feedProperty().get()).isEmpty();
        model.setOwnNotice(Optional.empty());
        assertThat(model.ownProperty().get()).isEmpty();
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
    void that_vigie_tries_again_is_said_once() {
        room.timeline().phase(Phase.BACKOFF, Optional.of(Sentence.of("feed.lost", "db:3306")));
        model.show(frames.next());
        assertThat(banner().detail())
                .isEqualTo("The connection to db:3306 is lost; Vigie connects again by itself.");
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
        room.timeline().pass(Duration.ofSeconds(2));
        model.show(frames.next());
        assertThat(banner().kind()).isEqualTo(BannerModel.Kind.NOTE);
        assertThat(banner().headline()).isEqualTo("Connecting to the database");
    }

    @Test
    void a_first_connection_that_is_made_at_once_does_not_move_the_plan() {
        for (Phase phase : List.of(Phase.IDLE, Phase.CHECK, Phase.SNAPSHOT, Phase.CATCHUP)) {
            room.timeline().phase(phase, Optional.empty());
            model.show(frames.next());
            assertThat(model.feedProperty().get()).isEmpty();
            room.timeline().pass(Duration.ofMillis(400));
        }
        room.timeline().phase(Phase.BACKOFF, Optional.empty());
        model.show(frames.next());
        assertThat(banner().kind()).isEqualTo(BannerModel.Kind.LOST);
    }

    @Test
    void what_a_person_must_mend_has_a_headline_of_its_own_and_leaves_the_reason_to_the_page() {
        room.timeline().phase(Phase.BLOCKED, Optional.of(Sentence.of("console.fault.unknown")));
        model.show(frames.next());
        assertThat(banner().headline()).isEqualTo("The database cannot be followed");
        assertThat(banner().detail()).contains("the reason is not known");
        model.setPage(Optional.of(Obstacle.Kind.BLOCKED));
        assertThat(banner().headline()).isEqualTo("The database cannot be followed");
        assertThat(banner().detail()).isEqualTo("A person must do something first.");
    }

    @Test
    void a_server_not_reached_yet_keeps_its_headline_through_all_attempts() {
        room.timeline().phase(Phase.BACKOFF, Optional.of(Sentence.of("console.fault.unknown")));
        model.show(frames.next());
        model.setPage(Optional.of(Obstacle.Kind.UNREACHED));
        String headline = banner().headline();
        assertThat(headline).startsWith("No connection to the database since");
        assertThat(banner().detail()).isEmpty();
        room.timeline().phase(Phase.CHECK, Optional.empty());
        model.show(frames.next());
        assertThat(banner().headline()).isEqualTo(headline);
    }

    @Test
    void every_phase_but_live_has_a_banner_in_both_languages() {
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.FRENCH}) {
            BannerModel spoken = new BannerModel(new Speech(locale), Optional.empty());
            for (Phase phase : Phase.values()) {
                room.timeline().phase(phase, Optional.empty());
                room.timeline().pass(Duration.ofSeconds(2));
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

    @Test
    void a_silent_a_migrating_and_a_stopped_home_assistant_have_banners_of_their_own() {
        room.timeline().pass(Duration.ofMinutes(6));
        model.show(frames.next());
        assertThat(banner().kind()).isEqualTo(BannerModel.Kind.SILENT);
        assertThat(banner().headline())
                .isEqualTo("Live, but Home Assistant has written nothing for 6\u00A0min");
        recorder(RecorderState.Phase.MIGRATING);
        assertThat(banner().kind()).isEqualTo(BannerModel.Kind.MIGRATING);
        assertThat(banner().headline())
                .isEqualTo(
                        "Home Assistant is changing its tables since 12:23:12;"
                                + " values pause meanwhile");
        recorder(RecorderState.Phase.STOPPED);
        assertThat(banner().kind()).isEqualTo(BannerModel.Kind.STOPPED);
        assertThat(banner().headline()).isEqualTo("Home Assistant was stopped at 12:23:12");
        recorder(RecorderState.Phase.RUNNING);
        assertThat(banner().kind()).isEqualTo(BannerModel.Kind.SILENT);
        // A dead stream is told first: who is cut off cannot tell how Home Assistant is.
        room.timeline().phase(Phase.BACKOFF, Optional.empty());
        model.show(frames.next());
        assertThat(banner().kind()).isEqualTo(BannerModel.Kind.LOST);
    }

    @Test
    void polling_has_a_quiet_banner_beside_the_others() {
        room.timeline()
                .status(
                        new FeedStatus(
                                Phase.LIVE,
                                FakeRoom.NOW,
                                Optional.of(Sentence.of("console.fault.unknown")),
                                FeedStatus.Way.POLL,
                                Optional.empty(),
                                Tally.NONE));
        model.show(frames.next());
        assertThat(model.feedProperty().get()).isEmpty();
        BannerModel.Banner way = model.wayProperty().get().orElseThrow();
        assertThat(way.kind()).isEqualTo(BannerModel.Kind.POLL);
        assertThat(way.detail()).contains("the reason is not known");
        room.timeline().phase(Phase.BACKOFF, Optional.empty());
        model.show(frames.next());
        assertThat(model.wayProperty().get()).isEmpty();
    }

    @Test
    void what_is_read_from_a_replica_is_live_and_says_so() {
        room.timeline()
                .status(
                        new FeedStatus(
                                Phase.LIVE,
                                FakeRoom.NOW,
                                Optional.of(Sentence.of("feed.replica-stopped", "db2:3306")),
                                FeedStatus.Way.BINLOG,
                                Optional.of("db2:3306"),
                                Tally.NONE));
        model.show(frames.next());
        assertThat(model.feedProperty().get()).isEmpty();
        BannerModel.Banner way = model.wayProperty().get().orElseThrow();
        assertThat(way.headline()).contains("not from the server that takes the writes");
        assertThat(way.detail()).contains("db2:3306").contains("START SLAVE");
    }

    private void recorder(RecorderState.Phase phase) {
        room.timeline().recorder(new RecorderState(phase, Optional.of(FakeRoom.NOW)));
        model.show(frames.next());
    }

    private BannerModel.Banner banner() {
        return model.feedProperty().get().orElseThrow();
    }
}
