package vigie.duty;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.Connections;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Strives for the duty, and keeps it once it has it. What the state consists of: the connection
 * that holds or asks for the lock, the tenure while there is one, and the moment of the last proof
 * that it is ours. One virtual thread does all of it, in steps.
 *
 * <p>Two things keep a second process from believing the same. The server frees the lock when this
 * process has been silent for three seconds, and before that {@link #held} answers no. And the
 * epoch: what a process still writes that was frozen meanwhile is refused by {@link
 * DutyTransaction}, whatever it believes.
 */
public final class DutyLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DutyLock.class);

    /** Between two proofs, and between two questions of one who stands by. */
    static final Duration BEAT = Duration.ofSeconds(1);

    /** How long a proof is good for; less than the server's patience. */
    static final Duration LEASE = JdbcLockSession.OUR_PATIENCE.plus(BEAT);

    private static final double LONGEST_PAUSE = 30;
    private static final double GROWTH = 1.5;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(4);

    /**
     * How it stands.
     *
     * @param since when the state began (this process's clock)
     * @param tenure in {@link DutyState#ON_DUTY}
     * @param reason in {@link DutyState#AWAY}: what is in the way, for the operator
     */
    public record Status(
            DutyState state, Instant since, Optional<Tenure> tenure, Optional<Sentence> reason) {}

    private final LockSession.Door door;
    private final Supplier<String> holder;
    private final DutyListener listener;
    private final Clock clock;
    private final LongSupplier ticker;
    private final RandomGenerator random;
    private final Function<SQLException, Fault> meaning;
    private final Duration headStart;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private volatile Status status;
    private volatile long provenAt;

    // What follows belongs to the lock's thread.
    private @Nullable LockSession session;
    private double pause = BEAT.toSeconds();

    /**
     * @param door opens sessions, on the lock's thread
     * @param holder how this process is called in {@code duty.holder}, asked on the lock's thread
     * @param clock this process's
     * @param ticker nanoseconds that are never set back and that go on while the process is frozen
     * @param meaning what an exception of the server means to people
     * @param headStart how long the rest of the program goes first
     */
    DutyLock(
            LockSession.Door door,
            Supplier<String> holder,
            DutyListener listener,
            Clock clock,
            LongSupplier ticker,
            RandomGenerator random,
            Function<SQLException, Fault> meaning,
            Duration headStart) {
        this.door = door;
        this.holder = holder;
        this.listener = listener;
        this.clock = clock;
        this.ticker = ticker;
        this.random = random;
        this.meaning = meaning;
        this.headStart = headStart;
        status = new Status(DutyState.SEEKING, clock.instant(), Optional.empty(), Optional.empty());
        thread = Thread.ofVirtual().name("vigie-duty").unstarted(this::run);
    }

    /**
     * The duty of a schema.
     *
     * @param own Vigie's own schema, usable
     * @param holder how this process is called there
     */
    public static DutyLock on(
            Connections own,
            String holder,
            DutyListener listener,
            Clock clock,
            LongSupplier ticker) {
        return new DutyLock(
                () -> JdbcLockSession.open(own),
                () -> holder,
                listener,
                clock,
                ticker,
                RandomGenerator.getDefault(),
                own::fault,
                Duration.ZERO);
    }

    /** Begins to strive for the duty. Called once. */
    public void start() {
        thread.start();
    }

    /** How it stands. Any thread; never blocks. */
    public Status status() {
        return status;
    }

    /**
     * The tenure, as long as it is sure to be this process's: empty also when the last proof is too
     * old, whatever the reason. Any thread; never blocks.
     */
    public Optional<Tenure> held() {
        Optional<Tenure> tenure = status.tenure();
        return tenure.isPresent() && ticker.getAsLong() - provenAt < LEASE.toNanos()
                ? tenure
                : Optional.empty();
    }

    /**
     * Gives the duty back, so that another process has it a second later, and returns when the
     * thread has ended, at the latest after 4 s. Not to be called by the listener.
     */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread.getState() != Thread.State.NEW && !thread.join(CLOSE_PATIENCE)) {
                LOG.warn("the duty's thread did not end in time");
                thread.interrupt();
            }
        } catch (InterruptedException hurried) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    // ---- the lock's thread

    private void run() {
        try {
            Duration wait = headStart;
            while (!closing.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                wait = step();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    /** Does what the state asks for; answers how long to wait before the next step. */
    Duration step() {
        return switch (status.state()) {
            case SEEKING, AWAY -> seek();
            case STANDBY -> contend();
            case ON_DUTY -> prove();
            case ENDED -> BEAT;
        };
    }

    private Duration seek() {
        if (status.state() == DutyState.AWAY) {
            become(DutyState.SEEKING, Optional.empty(), Optional.empty());
        }
        try {
            session = door.open();
        } catch (Fault fault) {
            return away(fault);
        } catch (SQLException failed) {
            return away(meaning.apply(failed));
        }
        return contend();
    }

    private Duration contend() {
        LockSession asking = session;
        if (asking == null) {
            throw new IllegalStateException("no session in " + status);
        }
        long sent = ticker.getAsLong();
        Optional<Tenure> taken;
        try {
            taken = asking.take(holder.get());
        } catch (SQLException failed) {
            return away(meaning.apply(failed));
        }
        pause = BEAT.toSeconds();
        if (taken.isPresent()) {
            provenAt = sent;
            become(DutyState.ON_DUTY, taken, Optional.empty());
            LOG.info("on duty, epoch {}", taken.get().epoch());
            tell(() -> listener.taken(taken.get()));
        } else if (status.state() != DutyState.STANDBY) {
            become(DutyState.STANDBY, Optional.empty(), Optional.empty());
        }
        return BEAT;
    }

    private Duration prove() {
        LockSession holding = session;
        Tenure tenure = status.tenure().orElseThrow();
        if (holding == null) {
            throw new IllegalStateException("no session in " + status);
        }
        long sent = ticker.getAsLong();
        try {
            if (holding.holds(tenure)) {
                provenAt = sent;
                return BEAT;
            }
        } catch (SQLException failed) {
            Fault fault = meaning.apply(failed);
            Duration wait = away(fault);
            lost(tenure, DutyListener.Loss.CUT_OFF);
            return wait;
        }
        Duration wait =
                away(
                        new Fault(
                                Fault.Kind.PASSING,
                                Sentence.of("store.own.takenAway"),
                                "the lock is not ours any more"));
        lost(tenure, DutyListener.Loss.TAKEN_AWAY);
        return wait;
    }

    private void lost(Tenure tenure, DutyListener.Loss why) {
        LOG.info("off duty, epoch {}: {}", tenure.epoch(), why);
        tell(() -> listener.lost(tenure, why));
    }

    private Duration away(Fault fault) {
        leave();
        become(DutyState.AWAY, Optional.empty(), Optional.of(fault.sentence()));
        LOG.debug("no way to the duty: {}", fault.getMessage());
        double seconds = pause / 2 + random.nextDouble() * (pause / 2);
        pause = Math.min(LONGEST_PAUSE, pause * GROWTH);
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    private void leave() {
        LockSession left = session;
        session = null;
        if (left != null) {
            left.close();
        }
    }

    private void end() {
        Optional<Tenure> tenure = status.tenure();
        LockSession held = session;
        if (tenure.isPresent() && held != null) {
            try {
                held.release();
            } catch (SQLException failed) {
                LOG.debug("the lock was not given back; the server frees it", failed);
            }
        }
        leave();
        become(DutyState.ENDED, Optional.empty(), Optional.empty());
        tenure.ifPresent(over -> lost(over, DutyListener.Loss.HANDED_OVER));
    }

    private void become(DutyState next, Optional<Tenure> tenure, Optional<Sentence> reason) {
        Status before = status;
        if (!before.state().leadsTo(next)) {
            throw new IllegalStateException(before.state() + " does not lead to " + next);
        }
        status = new Status(next, clock.instant(), tenure, reason);
        tell(listener::changed);
    }

    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException broken) {
            // A listener's fault must not cost the duty.
            LOG.error("a listener of the duty failed", broken);
        }
    }
}
