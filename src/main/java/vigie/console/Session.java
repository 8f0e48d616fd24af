package vigie.console;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Timeline;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Keeps a timeline open: opens it, tells what stands in the way, and tries again, by itself or when
 * asked. One thread of its own.
 */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** A person needs some seconds to mend something, and must not wait long afterwards. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /**
     * A wall may stand before a refused password for a weekend: servers lock accounts that knock
     * too often.
     */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration CLOSING = Duration.ofSeconds(7);

    private enum Signal {
        RETRY,
        BLOCKED,
        FREE
    }

    /** Who shows the timeline. Its methods come on the session's thread. */
    interface Follower {
        /** It is open. */
        void follow(Timeline timeline);

        /** It is not any more, or never was. */
        void letGo();
    }

    private final TimelineSource source;
    private final Follower follower;
    private final Consumer<Sentence> onFault;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Lock lock = new ReentrantLock();
    private boolean closed;
    private String lastFault = "";

    /** How often in a row a person was needed. */
    private int refusals;

    /**
     * @param follower shows the timeline
     * @param onFault told what stands in the way, on the session's thread
     */
    Session(TimelineSource source, Follower follower, Consumer<Sentence> onFault) {
        this.source = source;
        this.follower = follower;
        this.onFault = onFault;
        thread = Thread.ofVirtual().name("vigie-session").unstarted(this::run);
    }

    /** Begins; after {@link #close} nothing does. */
    void start() {
        lock.lock();
        try {
            if (!closed) {
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tries again now. Any thread. */
    void retry() {
        signals.add(Signal.RETRY);
    }

    /** The feed says that it needs a person, or no longer does. Any thread. */
    void blocked(boolean isBlocked) {
        signals.add(isBlocked ? Signal.BLOCKED : Signal.FREE);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (thread.getState() == Thread.State.NEW) {
                return;
            }
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        try {
            if (!thread.join(CLOSING)) {
                LOG.warn("the timeline did not close in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                openOnce();
            }
        } catch (InterruptedException closed) {
            LOG.debug("the session ends");
        }
    }

    private void openOnce() throws InterruptedException {
        @Nullable Timeline timeline = null;
        try {
            timeline = source.open();
            lastFault = "";
            signals.clear();
            follower.follow(timeline);
            awaitRetry();
        } catch (Fault fault) {
            log(fault);
            onFault.accept(fault.sentence());
            Signal asked = signals.poll(patience(refusals).toMillis(), TimeUnit.MILLISECONDS);
            refusals = asked == null ? refusals + 1 : 0;
            LOG.debug("tries again; asked: {}", asked != null);
        } finally {
            follower.letGo();
            if (timeline != null) {
                timeline.close();
            }
        }
    }

    /** Once, not with every attempt. */
    private void log(Fault fault) {
        String why = String.valueOf(fault.getMessage());
        if (!why.equals(lastFault)) {
            lastFault = why;
            LOG.warn("the timeline cannot be opened: {}", why);
        }
    }

    /** Returns when somebody asks, or when the feed has been blocked for a while. */
    private void awaitRetry() throws InterruptedException {
        long opened = System.nanoTime();
        @Nullable Signal signal = signals.take();
        while (signal != Signal.RETRY) {
            if (signal == Signal.BLOCKED) {
                // What went well for a while is not the refusal of before.
                if (System.nanoTime() - opened > LONGEST.toNanos()) {
                    refusals = 0;
                }
                signal = signals.poll(patience(refusals).toMillis(), TimeUnit.MILLISECONDS);
                if (signal == null) {
                    refusals++;
                    return;
                }
            } else {
                signal = signals.take();
            }
        }
        refusals = 0;
    }

    /** How long to wait before asking by itself again, after so many refusals in a row. */
    static Duration patience(int refusals) {
        Duration doubled = AGAIN.multipliedBy(1L << Math.min(refusals, 6));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
