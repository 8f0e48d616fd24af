package vigie.timeline;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.history.Work;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;

/**
 * Reads what a replay needs, keeps it, and lets go on what waits for it. What blocks is asked on
 * other threads; all else belongs to the replay's own thread.
 */
final class ReelReader {
    private static final Logger LOG = LoggerFactory.getLogger(ReelReader.class);

    private static final int AT_ONCE = 3;
    private static final Duration AGAIN = Duration.ofSeconds(2);

    /** Who is told, on the replay's own thread. */
    interface Face {
        /** A moment alone was read, before the stretch that holds it. */
        void arrived(Instant at, Reel reel);

        /** An answer came, or none. */
        void changed();
    }

    /**
     * What goes on as soon as the reel of a moment is there.
     *
     * @param rest how long the moment alone is left to be looked at before its reel is read
     */
    private record Waiting(Instant at, Duration rest, Runnable then) {}

    private final Recorded recorded;
    private final Executor home;
    private final Executor readers;
    private final ReplayTimeline.Later later;
    private final Face face;
    private final ReelShelf shelf;
    private final Map<Instant, Work> reading = new HashMap<>();
    private Basis basis;
    private @Nullable Waiting waiting;
    private @Nullable Work quick;
    private Optional<Sentence> fault = Optional.empty();
    private volatile boolean closed;

    /** Grows when the past is told otherwise: what was asked before it is not kept. */
    private int telling;

    ReelReader(
            Recorded recorded,
            Basis basis,
            Executor home,
            Executor readers,
            ReplayTimeline.Later later,
            long budget,
            Face face) {
        this.recorded = recorded;
        this.basis = basis;
        this.home = home;
        this.readers = readers;
        this.later = later;
        this.face = face;
        shelf = new ReelShelf(budget);
    }

    Basis basis() {
        return basis;
    }

    /** From now on another knowledge is told; what is being read was of the old one. */
    void basis(Basis wanted) {
        basis = wanted;
        cancelReels();
    }

    /** What is in the way; empty: nothing. */
    Optional<Sentence> fault() {
        return fault;
    }

    void fault(Optional<Sentence> newFault) {
        fault = newFault;
    }

    /** Whether something waits for what is being read. */
    boolean isWaited() {
        return waiting != null;
    }

    /** Whatever waited was for another moment. */
    void waitNoMore() {
        waiting = null;
    }

    /** Until it is known what there is, everything waits, and nothing is read. */
    void waitForBounds(Instant at) {
        waiting = new Waiting(at, Duration.ZERO, () -> {});
    }

    /** Whether more may be read ahead. */
    boolean isFree() {
        return reading.size() < AT_ONCE;
    }

    /** The reel that holds a moment, where it is there. */
    Optional<Reel> holding(Instant at) {
        return shelf.holding(at, basis);
    }

    /** A reel is read anew when it is needed again. */
    void remove(Reel reel) {
        shelf.remove(reel);
    }

    /**
     * What is told of a moment and later is another thing by now: it is read anew when it is needed
     * again, and what is being read may be of before.
     */
    void outdate(Instant at) {
        telling++;
        shelf.removeFrom(at);
        reading.values().forEach(Work::cancel);
    }

    /**
     * Of another place a moment is needed, as soon as can be, and then its reel.
     *
     * @param rest between the two, if the moment is there first: to read and to paint both would
     *     take the processor from each other
     */
    void needElsewhere(Instant wanted, Duration rest, Runnable then) {
        // What was read ahead is for another place, and takes the server from this one.
        cancelReels();
        waiting = new Waiting(wanted, rest, then);
        askQuickly(wanted);
    }

    private void cancelReels() {
        reading.values().forEach(Work::cancel);
        reading.clear();
    }

    /** Any thread: no answer is taken any more. */
    void close() {
        closed = true;
    }

    /** What is being read need not be. */
    void cancel() {
        reading.values().forEach(Work::cancel);
        if (quick != null) {
            quick.cancel();
        }
    }

    /**
     * The moment alone is there sooner than its reel, which is read after it: both at once would
     * take the server from each other. One question at a time: who drags asks for many, and sees
     * those that were answered.
     */
    private void askQuickly(Instant wanted) {
        if (quick != null) {
            return;
        }
        Work work = new Work();
        quick = work;
        Basis its = basis;
        read(
                work,
                () -> recorded.at(wanted, its, work),
                reel -> {
                    quick = null;
                    Waiting still = waiting;
                    if (still == null) {
                        return;
                    }
                    if (its != basis) {
                        askQuickly(still.at());
                        return;
                    }
                    face.arrived(wanted, reel);
                    afterQuickly(wanted, still, still.rest());
                },
                () -> {
                    quick = null;
                    Waiting still = waiting;
                    if (still != null) {
                        afterQuickly(wanted, still, Duration.ZERO);
                    }
                });
    }

    private void afterQuickly(Instant shown, Waiting still, Duration rest) {
        if (!still.at().equals(shown)) {
            askQuickly(still.at());
        } else if (rest.isZero()) {
            readReel(shown);
        } else {
            readReelLater(still, rest);
        }
    }

    private void readReelLater(Waiting now, Duration after) {
        later.run(
                () -> {
                    if (!closed && now.equals(waiting)) {
                        readReel(now.at());
                    }
                },
                after);
    }

    /** Goes on when the reel of a moment is there; whatever waited before waits no more. */
    void need(Instant wanted, Runnable then) {
        waiting = new Waiting(wanted, Duration.ZERO, then);
        readReel(wanted);
    }

    /** Reads the reel of a moment, unless that is under way. */
    void readReel(Instant wanted) {
        if (reading.containsKey(wanted)) {
            return;
        }
        // Whoever drags has passed by what is still being read.
        while (reading.size() >= AT_ONCE) {
            Instant other = reading.keySet().iterator().next();
            Work old = reading.remove(other);
            if (old != null) {
                old.cancel();
            }
        }
        Work work = new Work();
        reading.put(wanted, work);
        Basis its = basis;
        int then = telling;
        read(
                work,
                () -> recorded.reel(wanted, its, work),
                reel -> {
                    reading.remove(wanted, work);
                    if (then == telling) {
                        shelf.put(reel);
                        goOn();
                    } else {
                        retry();
                    }
                },
                () -> {
                    reading.remove(wanted, work);
                    retry();
                });
    }

    /** What waited goes on, if it can. */
    private void goOn() {
        Waiting now = waiting;
        if (now != null && shelf.holding(now.at(), basis).isPresent()) {
            waiting = null;
            fault = Optional.empty();
            now.then().run();
        }
    }

    private void retry() {
        Waiting now = waiting;
        if (now != null && !reading.containsKey(now.at())) {
            readReelLater(now, fault.isPresent() ? AGAIN : Duration.ZERO);
        }
    }

    /** What is read. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws Fault;
    }

    /** What is done with it, on the replay's own thread. */
    @FunctionalInterface
    interface Answer<T> {
        void take(T told);
    }

    /**
     * Asks on a reader's thread, and answers on the replay's own.
     *
     * @param failed what is done where there is no answer
     */
    <T> void read(Work work, Question<T> question, Answer<T> answer, Runnable failed) {
        readers.execute(() -> {
            try {
                T told = question.ask();
                back(work, () -> answer.take(told));
            } catch (CancellationException nobodyWaits) {
                back(work, failed);
            } catch (Fault why) {
                LOG.info("the past could not be read: {}", why.getMessage());
                back(
                        work,
                        () -> {
                            fault = Optional.of(why.sentence());
                            failed.run();
                        });
            } catch (RuntimeException mistake) { // the boundary of a reader's thread
                LOG.error("the past could not be read", mistake);
                back(
                        work,
                        () -> {
                            fault = Optional.of(Sentence.of("playing.mistake"));
                            failed.run();
                        });
            }
        });
    }

    private void back(Work work, Runnable what) {
        home.execute(() -> {
            if (!closed) {
                if (work.isCancelled()) {
                    LOG.trace("nobody waits for this any more");
                }
                what.run();
                face.changed();
            }
        });
    }
}
