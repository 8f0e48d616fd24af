package vigie.duty;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.OwnSchema;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * This process's part in what one process does for the building: opens Vigie's own schema as soon
 * as the server lets it, strives for the duty, and writes the heartbeat while it has it. Where the
 * account may not write, it says so once in the log and in {@link #access}, and looks again now and
 * then.
 *
 * <p>All of it runs on virtual threads of its own; nobody waits for it.
 */
public final class DutyService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DutyService.class);

    /** The window comes first: the first start of all loads and runs the migrations. */
    private static final Duration HEAD_START = Duration.ofSeconds(2);

    private final DatabaseAddress own;
    private final Connections connections;
    private final Heartbeat heartbeat;
    private final DutyLock lock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<OwnSchema.Access> access = Optional.empty();

    private DutyService(
            DatabaseAddress own, Clock clock, Duration heartbeatPeriod, Duration headStart) {
        this.own = own;
        connections = new Connections(own, "vigie-duty");
        lock =
                new DutyLock(
                        this::open,
                        DutyService::name,
                        new Listener(),
                        clock,
                        System::nanoTime,
                        RandomGenerator.getDefault(),
                        connections::fault,
                        headStart);
        heartbeat = new Heartbeat(DutyConnections.to(connections), lock::held, heartbeatPeriod);
    }

    /**
     * Begins, and returns at once.
     *
     * @param own Vigie's own schema, whether or not it is there and may be written
     * @param clock this process's
     */
    public static DutyService start(DatabaseAddress own, Clock clock) {
        return start(own, clock, Heartbeat.PERIOD, HEAD_START);
    }

    static DutyService start(
            DatabaseAddress own, Clock clock, Duration heartbeatPeriod, Duration headStart) {
        DutyService service = new DutyService(own, clock, heartbeatPeriod, headStart);
        service.heartbeat.start();
        service.lock.start();
        return service;
    }

    /** What may be done with the own schema; empty until it was first looked at. Any thread. */
    public Optional<OwnSchema.Access> access() {
        return access;
    }

    /** How it stands towards the duty. Any thread. */
    public DutyLock.Status status() {
        return lock.status();
    }

    /** The tenure while this process is surely on duty. Any thread. */
    public Optional<Tenure> held() {
        return lock.held();
    }

    /** Connections for work under the duty. */
    public DutyConnections connections() {
        return DutyConnections.to(connections);
    }

    /**
     * Has a change of {@link #access} or {@link #status} told, on a thread of the service, which
     * the listener must not hold up.
     *
     * @return takes it back
     */
    public AutoCloseable onChange(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    /** Gives the duty back and ends; some milliseconds, a few seconds where the server is away. */
    @Override
    public void close() {
        heartbeat.close();
        lock.close();
        connections.close();
    }

    // ---- the lock's thread

    private LockSession open() throws Fault, SQLException {
        OwnSchema.Access found = OwnSchema.open(own);
        publish(found);
        return switch (found) {
            case OwnSchema.Usable _ -> JdbcLockSession.open(connections);
            case OwnSchema.Unavailable(DatabaseAddress _, Fault fault) -> throw fault;
            case OwnSchema.NotPermitted refused -> throw blocked(refused);
            case OwnSchema.Newer newer -> throw blocked(newer);
        };
    }

    private static Fault blocked(OwnSchema.Access access) {
        Sentence sentence = access.obstacle().orElseThrow();
        return new Fault(Fault.Kind.BLOCKED, sentence, sentence.key());
    }

    private void publish(OwnSchema.Access found) {
        Optional<OwnSchema.Access> before = access;
        access = Optional.of(found);
        Optional<String> obstacle = found.obstacle().map(Sentence::key);
        if (before.isPresent() && before.get().obstacle().map(Sentence::key).equals(obstacle)) {
            return;
        }
        switch (found) {
            case OwnSchema.Usable(DatabaseAddress where, int version) ->
                    LOG.info("own schema {} at version {}", where.shown(), version);
            case OwnSchema.NotPermitted(DatabaseAddress where, List<String> missing) ->
                    LOG.info(
                            "own schema {} may not be kept; missing: {}",
                            where.shown(),
                            String.join("; ", missing));
            case OwnSchema.Newer(DatabaseAddress where, int version, int known) ->
                    LOG.warn(
                            "own schema {} has version {}, known is {}",
                            where.shown(),
                            version,
                            known);
            case OwnSchema.Unavailable(DatabaseAddress where, Fault fault) ->
                    LOG.info("own schema {}: {}", where.shown(), fault.getMessage());
        }
        tell();
    }

    private void tell() {
        for (Runnable changed : listeners) {
            try {
                changed.run();
            } catch (RuntimeException broken) {
                LOG.error("a listener of the duty failed", broken);
            }
        }
    }

    /** This process, for people who look into {@code duty}: machine and process number. */
    private static String name() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            LOG.debug("this machine's name leads to no address", unknown);
            host = ownName();
        }
        String number = " " + ProcessHandle.current().pid();
        return host.substring(0, Math.min(host.length(), 64 - number.length())) + number;
    }

    /** As the system has it, whether others know it or not; "?" where it has none. */
    private static String ownName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException nameless) {
            LOG.debug("this machine has no name", nameless);
            return "?";
        }
    }

    private final class Listener implements DutyListener {
        @Override
        public void taken(Tenure tenure) {
            heartbeat.poke();
        }

        @Override
        public void lost(Tenure tenure, Loss why) {
            // The heartbeat asks for the tenure before each beat.
        }

        @Override
        public void changed() {
            tell();
        }
    }
}
