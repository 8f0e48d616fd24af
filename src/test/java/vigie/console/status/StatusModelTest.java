package vigie.console.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;
import vigie.feed.FeedStatus.Phase;
import vigie.feed.FeedStatus.Way;
import vigie.feed.Tally;
import vigie.room.RecorderState;
import vigie.text.Sentence;
import vigie.timeline.Clocks;
import vigie.timeline.Delay;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

class StatusModelTest {
    private final FakeRoom room = new FakeRoom().normal();
    private final Frames frames = new Frames(room);
    private final StatusModel model = new StatusModel(new Speech(Locale.UK), "vigie@db/home");

    @Test
    void a_delay_is_as_fine_as_it_was_measured() {
        assertThat(delay(Duration.ofMillis(3), false)).isEqualTo("delay under 1 s");
        assertThat(delay(Duration.ofMillis(3), true)).isEqualTo("delay under 0.1 s");
        assertThat(delay(Duration.ofMillis(340), true)).isEqualTo("delay 0.3 s");
        assertThat(delay(Duration.ofSeconds(7), true)).isEqualTo("delay 7\u00A0s");
    }

    @Test
    void the_four_cases_differ_by_shape_and_by_words() {
        assertThat(shape()).isEqualTo(StatusModel.Shape.LIVE);
        assertThat(content().feed().text()).isEqualTo("Live");
        room.timeline().pass(Duration.ofMinutes(6));
        assertThat(shape()).isEqualTo(StatusModel.Shape.SILENT);
        assertThat(content().feed().text()).isEqualTo("Live, Home Assistant silent");
        room.timeline()
                .recorder(
                        new RecorderState(
                                RecorderState.Phase.MIGRATING, Optional.of(FakeRoom.NOW)));
        assertThat(shape()).isEqualTo(StatusModel.Shape.MIGRATING);
        assertThat(content().feed().text()).isEqualTo("Live, Home Assistant updating");
        room.timeline()
                .recorder(
                        new RecorderState(RecorderState.Phase.STOPPED, Optional.of(FakeRoom.NOW)));
        assertThat(shape()).isEqualTo(StatusModel.Shape.STOPPED);
        assertThat(content().feed().text()).isEqualTo("Live, Home Assistant stopped");
        // Who is cut off cannot tell how Home Assistant is.
        room.timeline().phase(Phase.BACKOFF, Optional.empty());
        assertThat(shape()).isEqualTo(StatusModel.Shape.DOWN);
        assertThat(content().feed().text()).isEqualTo("Connection lost");
    }

    @Test
    void the_server_followed_is_named_only_where_the_address_has_several() {
        assertThat(host("Demo, mariadb://vigie@127.0.0.1:3307/home")).isEmpty();
        assertThat(host("mariadb://vigie@db1:3306,db2:3306/home")).isEqualTo("follows db2:3306");
    }

    @Test
    void what_was_mended_is_said_for_ten_minutes_and_kept_for_who_asks() {
        status(
                Way.BINLOG,
                Optional.empty(),
                new Tally(
                        12,
                        2,
                        1,
                        1,
                        Optional.of(FakeRoom.NOW),
                        Optional.of(Sentence.of("console.fault.unknown"))));
        String said = "12 rows recovered, 2 rows undone, steps skipped once at 12:23:12";
        assertThat(content().mended().text()).isEqualTo(said);
        assertThat(content().mended().more())
                .contains(said)
                .contains("the reason is not known")
                .contains("cannot keep up");
        room.timeline().pass(Duration.ofMinutes(10));
        assertThat(content().mended().text()).isEmpty();
        assertThat(content().feed().more()).contains(said);
    }

    @Test
    void polling_is_said_all_the_time_with_its_reason() {
        status(Way.POLL, Optional.of(Sentence.of("console.fault.unknown")), Tally.NONE);
        assertThat(content().way().text()).isEqualTo("Reading once a second: no binlog to follow");
        assertThat(content().way().more()).contains("the reason is not known");
        room.timeline().phase(Phase.BACKOFF, Optional.of(Sentence.of("console.feed.backoff")));
        assertThat(content().way().text()).isNotEmpty();
    }

    @Test
    void a_clock_that_is_off_is_named() {
        room.timeline().clocks(new Clocks(Duration.ofSeconds(2), Duration.ofSeconds(-2)));
        assertThat(content().clocks().text()).isEmpty();
        room.timeline().clocks(new Clocks(Duration.ofSeconds(-4), Duration.ofSeconds(73)));
        assertThat(content().clocks().text())
                .isEqualTo(
                        "Database clock 4\u00A0s behind this computer · "
                                + "Home Assistant clock 1\u00A0min ahead of the database");
    }

    @Test
    void the_host_is_named_where_there_is_a_choice() {
        assertThat(content().host().text()).isEmpty();
        StatusModel several = new StatusModel(new Speech(Locale.UK), "vigie@db1,db2/home");
        status(Way.BINLOG, Optional.empty(), Tally.NONE);
        several.show(frames.next());
        assertThat(several.contentProperty().get().host().text()).isEqualTo("follows db2:3306");
    }

    private void status(Way way, Optional<Sentence> reason, Tally tally) {
        room.timeline()
                .status(
                        new FeedStatus(
                                Phase.LIVE,
                                FakeRoom.NOW,
                                reason,
                                way,
                                Optional.of("db2:3306"),
                                tally));
    }

    private String delay(Duration length, boolean exact) {
        room.timeline().delay(new Delay(length, exact));
        return content().delay().text();
    }

    private StatusModel.Shape shape() {
        return content().shape();
    }

    private String host(String database) {
        StatusModel other = new StatusModel(new Speech(Locale.UK), database);
        room.timeline()
                .status(
                        new FeedStatus(
                                Phase.LIVE,
                                FakeRoom.NOW,
                                Optional.empty(),
                                Way.BINLOG,
                                Optional.of("db2:3306"),
                                Tally.NONE));
        other.show(frames.next());
        return other.contentProperty().get().host().text();
    }

    private StatusModel.Content content() {
        model.show(frames.next());
        return model.contentProperty().get();
    }
}
