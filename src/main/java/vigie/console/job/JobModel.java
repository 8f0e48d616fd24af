package vigie.console.job;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.history.Work;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleConsumer;

/** The one piece of work that is under way, or that just ended. JavaFX thread only. */
public final class JobModel {
    private static final Logger LOG = LoggerFactory.getLogger(JobModel.class);

    /**
     * What is to be said of it.
     *
     * @param text what is being done, or how it ended
     * @param share done, 0 to 1
     * @param running whether it is still under way, and can be cancelled
     * @param failed whether it ended otherwise than was wanted
     */
    public record Shown(Sentence text, double share, boolean running, boolean failed) {}

    /** The work itself; on a thread of its own. */
    @FunctionalInterface
    public interface Job {
        /**
         * Does it.
         *
         * @param progress to be told the share done, 0 to 1
         * @param work is cancelled where nobody wants it any more
         * @return how it ended
         * @throws CancellationException it was cancelled
         */
        Sentence run(DoubleConsumer progress, Work work) throws Fault, InterruptedException;
    }

    private final Executor workers;
    private final Executor home;
    private final ReadOnlyObjectWrapper<Optional<Shown>> shown =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Work> current = Optional.empty();

    /**
     * @param workers runs what takes long
     * @param home runs what it is given on the JavaFX thread
     */
    public JobModel(Executor workers, Executor home) {
        this.workers = workers;
        this.home = home;
    }

    /** What is to be said; empty: nothing. */
    public ReadOnlyObjectProperty<Optional<Shown>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** Whether something is under way; another job would not be begun. */
    public boolean isBusy() {
        return current.isPresent();
    }

    /**
     * Begins a job.
     *
     * @param what is being done, for people
     * @return false: another one is under way
     */
    public boolean start(Sentence what, Job job) {
        if (isBusy()) {
            return false;
        }
        Work work = new Work();
        current = Optional.of(work);
        shown.set(Optional.of(new Shown(what, 0, true, false)));
        // Of many steps of progress only the newest is worth a turn of the JavaFX thread.
        AtomicReference<Optional<Double>> newest = new AtomicReference<>(Optional.empty());
        workers.execute(() -> {
            Shown end = run(job, work, what, newest);
            home.execute(() -> {
                current = Optional.empty();
                shown.set(Optional.of(end));
            });
        });
        return true;
    }

    private Shown run(Job job, Work work, Sentence what, AtomicReference<Optional<Double>> newest) {
        try {
            Sentence done =
                    job.run(
                            share -> {
                                if (newest.getAndSet(Optional.of(share)).isEmpty()) {
                                    home.execute(() -> progress(work, what, newest));
                                }
                            },
                            work);
            return new Shown(done, 1, false, false);
        } catch (CancellationException cancelled) {
            return new Shown(Sentence.of("job.cancelled"), 0, false, true);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return new Shown(Sentence.of("job.cancelled"), 0, false, true);
        } catch (Fault fault) {
            LOG.info("a job failed: {}", fault.getMessage());
            return new Shown(fault.sentence(), 0, false, true);
        } catch (RuntimeException mistake) { // the boundary of a job's thread
            LOG.error("a job failed", mistake);
            return new Shown(Sentence.of("job.mistake"), 0, false, true);
        }
    }

    private void progress(Work work, Sentence what, AtomicReference<Optional<Double>> newest) {
        double share = newest.getAndSet(Optional.empty()).orElse(0.0);
        if (current.filter(work::equals).isPresent()) {
            shown.set(Optional.of(new Shown(what, share, true, false)));
        }
    }

    /** Says that something else did not work, unless a job is under way. */
    public void failed(Sentence why) {
        if (!isBusy()) {
            shown.set(Optional.of(new Shown(why, 0, false, true)));
        }
    }

    /** Nobody wants it any more; it ends as soon as it can. */
    public void cancel() {
        current.ifPresent(Work::cancel);
    }

    /** What ended was read. */
    public void dismiss() {
        if (!isBusy()) {
            shown.set(Optional.empty());
        }
    }
}
