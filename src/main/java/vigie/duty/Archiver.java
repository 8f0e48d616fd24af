package vigie.duty;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Archives one Home Assistant database as long as this process is on duty: begins with each tenure
 * and ends with it. It has a stream of its own, so the picture never waits for it. A virtual thread
 * looks after it; what goes wrong is tried again.
 */
public final class Archiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(8);

    private final DatabaseAddress recorder;
    private final String ownSchema;
    private final DutyConnections connections;
    private final Supplier<Optional<Tenure>> held;
    private final ArchiveSettings settings;
    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore poke = new Semaphore(0);
    private final Thread thread;
    private volatile ArchiveStatus status = ArchiveStatus.RESTING;
    private volatile boolean closing;

    private Archiver(
            DatabaseAddress recorder,
            String ownSchema,
            DutyConnections connections,
            Supplier<Optional<Tenure>> held,
            ArchiveSettings settings,
            Clock clock) {
        this.recorder = recorder;
        this.ownSchema = ownSchema;
        this.connections = connections;
        this.held = held;
        this.settings = settings;
        this.clock = clock;
        thread = Thread.ofVirtual().name("vigie-archiver").unstarted(this::run);
    }

    /**
     * Begins, and returns at once.
     *
     * @param recorder Home Assistant's database, as a reader
     * @param ownSchema the name of Vigie's own schema
     * @param connections to it, for work under the duty
     * @param held the tenure while this process is surely on duty
     * @param clock this process's
     */
    public static Archiver start(
            DatabaseAddress recorder,
            String ownSchema,
            DutyConnections connections,
            Supplier<Optional<Tenure>> held,
            ArchiveSettings settings,
            Clock clock) {
        Archiver archiver = new Archiver(recorder, ownSchema, connections, held, settings, clock);
        archiver.thread.start();
        return archiver;
    }

    /** How it stands. Any thread; never blocks. */
    public ArchiveStatus status() {
        return status;
    }

    /**
     * Has each change of {@link #status} told, on a thread of the archiver.
     *
     * @return takes it back
     */
    public AutoCloseable onChange(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    /** Ends the work between two transactions; what was begun is done by the next one on duty. */
    @Override
    public void close() {
        closing = true;
        poke.release();
        try {
            if (!thread.join(CLOSE_PATIENCE)) {
                LOG.warn("the archiver did not end in time");
                thread.interrupt();
            }
        } catch (InterruptedException hurried) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    // ---- the archiver's thread

    private void run() {
        ArchiveSession session = null;
        try {
            while (!closing) {
                Optional<Tenure> tenure = held.get();
                if (session != null
                        && (session.isOver()
                                || tenure.isEmpty()
                                || tenure.get().epoch() != session.tenure().epoch())) {
                    session.close();
                    session = null;
                    say(ArchiveStatus.RESTING);
                }
                Duration wait = LOOK;
                if (session == null && tenure.isPresent()) {
                    session = open(tenure.get());
                    wait = session == null ? PAUSE : LOOK;
                }
                boolean _ = poke.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            if (session != null) {
                session.close();
            }
            say(ArchiveStatus.RESTING);
        }
    }

    private @Nullable ArchiveSession open(Tenure tenure) {
        say(ArchiveStatus.RESTING.in(ArchiveStatus.Phase.BEGINNING, 0));
        try {
            return ArchiveSession.open(
                    recorder, ownSchema, connections, held, tenure, settings, clock, this::say);
        } catch (Fault fault) {
            trouble(fault);
        } catch (SQLException failed) {
            trouble(Connections.fault(failed, recorder));
        } catch (RuntimeException broken) {
            LOG.error("the archive could not be begun", broken);
        }
        return null;
    }

    private void trouble(Fault fault) {
        LOG.info("the archive waits: {}", fault.getMessage(), fault.getCause());
        say(new ArchiveStatus(ArchiveStatus.Phase.BEGINNING, 0, 0, Optional.of(fault.sentence())));
    }

    private void say(ArchiveStatus next) {
        ArchiveStatus before = status;
        status = next;
        if (!before.equals(next)) {
            for (Runnable listener : listeners) {
                try {
                    listener.run();
                } catch (RuntimeException broken) {
                    LOG.error("a listener of the archiver failed", broken);
                }
            }
        }
    }

    /** The same words for whoever shows it. */
    public static Sentence said(ArchiveStatus status) {
        return switch (status.phase()) {
            case RESTING -> Sentence.of("duty.archive.resting");
            case BEGINNING ->
                    status.reason()
                            .map(reason -> Sentence.of("duty.archive.waiting", reason))
                            .orElseGet(() -> Sentence.of("duty.archive.beginning"));
            case FILLING -> Sentence.of("duty.archive.filling", percent(status));
            case ROLLING -> Sentence.of("duty.archive.rolling", percent(status));
            case CURRENT -> Sentence.of("duty.archive.current");
        };
    }

    private static int percent(ArchiveStatus status) {
        return (int) Math.floor(100 * Math.clamp(status.share(), 0, 1));
    }
}
