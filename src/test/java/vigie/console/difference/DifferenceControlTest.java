package vigie.console.difference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.film.RecordedDay;
import vigie.history.Work;
import vigie.picture.Difference;
import vigie.picture.Picture;
import vigie.picture.PictureMaker;
import vigie.plan.ElementId;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.room.Bindings;
import vigie.timeline.Moment;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What is asked of the past and when; the test runs the threads. */
class DifferenceControlTest {
    private static final Instant AT = RecordedDay.FAILURE.plusSeconds(45 * 60);

    private final RecordedDay day = new RecordedDay();
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final DifferenceControl control =
            new DifferenceControl(day, day.plan(), threads::add, Runnable::run);

    private Picture picture(Instant at) throws Exception {
        Reel reel = day.at(at, Basis.KNOWN_NOW, new Work());
        day.asked.decrementAndGet();
        Moment moment = Moment.past(reel.at(at), reel.cadences(), reel.widths(), at, 0);
        return new PictureMaker(day.plan(), Bindings.NONE)
                .next(moment.state(), moment.freshness(at), at);
    }

    private void show(Instant at) throws Exception {
        control.show(picture(at), Basis.KNOWN_NOW);
    }

    private void run() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    private Optional<Difference> shown() {
        return control.differenceProperty().get();
    }

    @Test
    void the_day_before_is_read_and_held_against_what_is_shown() throws Exception {
        show(AT);
        assertThat(day.asked).hasValue(0);
        control.show(Optional.of(Against.day()));
        assertThat(shown()).isEmpty();
        run();
        Difference difference = shown().orElseThrow();
        assertThat(difference.now().at()).isEqualTo(AT);
        assertThat(difference.then().at()).isEqualTo(AT.minusSeconds(86_400));
        assertThat(
                        difference
                                .element(new ElementId("a4"))
                                .orElseThrow()
                                .leading()
                                .orElseThrow()
                                .amount()
                                .orElseThrow())
                .isGreaterThan(5);
        control.show(Optional.empty());
        assertThat(shown()).isEmpty();
    }

    @Test
    void back_at_present_nothing_is_compared_whatever_was_asked_before() throws Exception {
        show(AT);
        control.show(Optional.of(Against.day()));
        run();
        assertThat(shown()).isPresent();
        show(AT.plusSeconds(100));
        control.showsPresent();
        assertThat(shown()).isEmpty();
        assertThat(control.against()).isEmpty();
        run();
        show(AT.plusSeconds(200));
        run();
        assertThat(shown()).isEmpty();
    }

    @Test
    void while_time_goes_on_the_other_moment_is_asked_for_only_where_it_moved_noticeably()
            throws Exception {
        control.show(Optional.of(Against.day()));
        show(AT);
        run();
        for (int second = 1; second < 10; second++) {
            show(AT.plusSeconds(second));
            run();
        }
        assertThat(day.asked).hasValue(1);
        assertThat(shown().orElseThrow().now().at()).isEqualTo(AT.plusSeconds(9));
        assertThat(shown().orElseThrow().then().at()).isEqualTo(AT.minusSeconds(86_400));
        show(AT.plusSeconds(10));
        run();
        assertThat(day.asked).hasValue(2);
        assertThat(shown().orElseThrow().then().at()).isEqualTo(AT.minusSeconds(86_390));
        // Standing still, it is exact.
        show(AT.plusSeconds(13));
        show(AT.plusSeconds(13));
        run();
        assertThat(shown().orElseThrow().then().at()).isEqualTo(AT.minusSeconds(86_387));
    }

    @Test
    void a_fixed_moment_is_asked_for_once_and_one_asking_runs_at_a_time() throws Exception {
        Instant fixed = AT.minusSeconds(40_000);
        show(AT);
        control.show(Optional.of(new Against.Fixed(fixed)));
        show(AT.plusSeconds(100));
        show(AT.plusSeconds(200));
        assertThat(threads).hasSize(1);
        run();
        show(AT.plusSeconds(300));
        run();
        assertThat(day.asked).hasValue(1);
        assertThat(shown().orElseThrow().then().at()).isEqualTo(fixed);
        assertThat(shown().orElseThrow().now().at()).isEqualTo(AT.plusSeconds(300));
    }

    @Test
    void an_answer_to_what_is_no_longer_wanted_is_not_shown() throws Exception {
        show(AT);
        control.show(Optional.of(Against.day()));
        control.show(Optional.of(new Against.Fixed(AT.minusSeconds(60))));
        run();
        assertThat(shown().orElseThrow().then().at()).isEqualTo(AT.minusSeconds(60));
        control.show(Optional.of(Against.week()));
        control.show(Optional.empty());
        run();
        assertThat(shown()).isEmpty();
    }

    @Test
    void two_kinds_of_knowledge_are_never_held_against_each_other() throws Exception {
        show(AT);
        control.show(Optional.of(Against.day()));
        run();
        control.show(picture(AT), Basis.KNOWN_THEN);
        assertThat(shown()).isEmpty();
        run();
        assertThat(shown()).isPresent();
    }

    @Test
    void a_moment_that_cannot_be_read_says_so_and_is_asked_for_again() throws Exception {
        show(AT);
        day.broken = true;
        control.show(Optional.of(Against.day()));
        run();
        assertThat(shown()).isEmpty();
        assertThat(control.faultProperty().get().orElseThrow().key())
                .isEqualTo("difference.failed");
        day.broken = false;
        show(AT);
        run();
        assertThat(control.faultProperty().get()).isEmpty();
        assertThat(shown()).isPresent();
    }
}
