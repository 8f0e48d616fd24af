package vigie.console.history;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.history.chart.Stretch;
import vigie.history.PointRange;
import vigie.history.Times;
import vigie.history.Work;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;

/**
 * Asks the past for one chart: one question at a time, on a virtual thread; while it is under way
 * only the newest wish is remembered. A question whose answer nobody waits for any more is
 * cancelled; one whose answer still helps may end, or a hand that drags without a pause would never
 * see anything.
 *
 * <p>Used on one thread, on which it also answers.
 */
final class Loader {
    private static final Logger LOG = LoggerFactory.getLogger(Loader.class);

    /** Who waits. */
    interface Waiting {
        void found(Answer answer);

        /**
         * @param why for the operator
         */
        void failed(Wish wish, Sentence why);
    }

    private record Running(Wish wish, Work work) {}

    private final PastSource source;
    private final Executor home;
    private final Waiting waiting;
    private @Nullable Running running;
    private @Nullable Wish next;
    private boolean closed;

    /**
     * @param home runs what it is given on the thread this is used on
     */
    Loader(PastSource source, Executor home, Waiting waiting) {
        this.source = source;
        this.home = home;
        this.waiting = waiting;
    }

    /** Asks, now or as soon as it can; a wish that still waited is forgotten. */
    void ask(Wish wish) {
        if (closed) {
            return;
        }
        Running current = running;
        if (current == null) {
            start(wish);
            return;
        }
        next = wish;
        if (current.wish.equals(wish) && !current.work.isCancelled()) {
            next = null;
        } else if (!current.wish.helps(wish)) {
            cancel(current);
        }
    }

    /** Nobody waits any more. */
    void forget() {
        next = null;
        if (running != null) {
            cancel(running);
        }
    }

    /** Whether an answer is on its way. */
    boolean isBusy() {
        return running != null;
    }

    void close() {
        closed = true;
        forget();
    }

    /** Elsewhere: it may talk to the server. */
    private static void cancel(Running question) {
        Thread.ofVirtual().name("vigie-past-cancel").start(question.work::cancel);
    }

    private void start(Wish wish) {
        Running question = new Running(wish, new Work());
        running = question;
        Thread.ofVirtual().name("vigie-past").start(() -> ask(question));
    }

    private void ask(Running question) {
        Wish wish = question.wish;
        try {
            List<PointRange> ranges = range(wish, wish.stretch(), question.work);
            List<PointRange> before =
                    wish.shift() == 0
                            ? List.of()
                            : range(wish, wish.stretch().moved(-wish.shift()), question.work);
            home.execute(
                    () -> ended(question, () -> waiting.found(new Answer(wish, ranges, before))));
        } catch (CancellationException nobodyWaits) {
            home.execute(() -> ended(question, () -> {}));
        } catch (Fault fault) {
            LOG.info("the past could not be asked: {}", fault.getMessage());
            home.execute(() -> ended(question, () -> waiting.failed(wish, fault.sentence())));
        } catch (RuntimeException mistake) { // the boundary of a question's thread
            LOG.error("the past could not be asked", mistake);
            home.execute(
                    () -> ended(question, () -> waiting.failed(wish, Sentence.of("chart.failed"))));
        }
    }

    private List<PointRange> range(Wish wish, Stretch stretch, Work work) throws Fault {
        return source.range(
                wish.points(),
                Times.instant(stretch.from()),
                Times.instant(stretch.to()),
                wish.buckets(),
                work);
    }

    private void ended(Running question, Runnable tell) {
        running = null;
        Wish wish = next;
        next = null;
        if (closed) {
            return;
        }
        // The next one goes out before anybody draws.
        if (wish != null) {
            start(wish);
        }
        if (!question.work.isCancelled()) {
            tell.run();
        }
    }
}
