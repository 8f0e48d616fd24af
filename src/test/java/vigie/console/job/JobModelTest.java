package vigie.console.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.util.ArrayDeque;

class JobModelTest {
    private static final Sentence WHAT = Sentence.of("job.saving", "x.vigie");
    private static final Sentence DONE = Sentence.of("job.saved", "x.vigie", 3);
    private final ArrayDeque<Runnable> workers = new ArrayDeque<>();
    private final ArrayDeque<Runnable> home = new ArrayDeque<>();
    private final JobModel jobs = new JobModel(workers::add, home::add);

    private JobModel.Shown shown() {
        while (!home.isEmpty()) {
            home.poll().run();
        }
        return jobs.shownProperty().get().orElseThrow();
    }

    @Test
    void a_job_says_what_it_does_how_far_it_is_and_how_it_ended() {
        assertThat(
                        jobs.start(
                                WHAT,
                                (progress, work) -> {
                                    progress.accept(0.25);
                                    progress.accept(0.5);
                                    assertThat(home).as("one turn for many steps").hasSize(1);
                                    assertThat(shown().share()).isEqualTo(0.5);
                                    return DONE;
                                }))
                .isTrue();
        assertThat(shown()).isEqualTo(new JobModel.Shown(WHAT, 0, true, false));
        workers.poll().run();
        assertThat(shown()).isEqualTo(new JobModel.Shown(DONE, 1, false, false));
        jobs.dismiss();
        assertThat(jobs.shownProperty().get()).isEmpty();
    }

    @Test
    void there_is_one_job_at_a_time() {
        assertThat(jobs.start(WHAT, (progress, work) -> DONE)).isTrue();
        assertThat(jobs.start(WHAT, (progress, work) -> DONE)).isFalse();
        jobs.dismiss();
        assertThat(shown().running()).isTrue();
        workers.poll().run();
        assertThat(shown().running()).isFalse();
        assertThat(jobs.start(WHAT, (progress, work) -> DONE)).isTrue();
    }

    @Test
    void a_job_that_is_cancelled_or_fails_says_so() {
        jobs.start(
                WHAT,
                (progress, work) -> {
                    work.check();
                    return DONE;
                });
        jobs.cancel();
        workers.poll().run();
        assertThat(shown().text().key()).isEqualTo("job.cancelled");
        assertThat(shown().failed()).isTrue();
        Sentence why = Sentence.of("app.unwritable", "x");
        jobs.start(
                WHAT,
                (progress, work) -> {
                    throw new Fault(Fault.Kind.BLOCKED, why, "for the test");
                });
        workers.poll().run();
        assertThat(shown()).isEqualTo(new JobModel.Shown(why, 0, false, true));
        jobs.start(
                WHAT,
                (progress, work) -> {
                    throw new IllegalStateException("for the test");
                });
        workers.poll().run();
        assertThat(shown().text().key()).isEqualTo("job.mistake");
    }
}
