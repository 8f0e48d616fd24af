package vigie.timeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.recorder.CadenceReader;
import vigie.recorder.RecorderSchema;
import vigie.room.Cadences;
import vigie.room.RoomState;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Learns the cadences of all points from the tables: at the start and whenever another version
 * holds, once an hour. While the database is away the version of before goes on. One virtual
 * thread.
 */
final class CadenceLearner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CadenceLearner.class);

    /** Also after the clocks were found to differ the right version is there soon. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    /** The first version is wanted as soon as there are points. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(200);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final Connections connections;
    private final Supplier<Instant> now;
    private final Supplier<RoomState> room;
    private final Consumer<Cadences> learned;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param now by Home Assistant's clock
     * @param room whose points are learned
     * @param learned takes each version, on the learner's thread
     */
    CadenceLearner(
            DatabaseAddress address,
            Supplier<Instant> now,
            Supplier<RoomState> room,
            Consumer<Cadences> learned) {
        this.connections = new Connections(address, "vigie-cadence");
        this.now = now;
        this.room = room;
        this.learned = learned;
        thread = Thread.ofVirtual().name("vigie-cadence").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Cadences last = Cadences.NONE;
        try {
            Duration pause = FIRST_LOOK;
            while (!closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                RoomState newest = room.get();
                pause = newest.size() == 0 ? FIRST_LOOK : LOOK_AGAIN;
                if (newest.size() > 0 && !last.holdAt(now.get())) {
                    last = learn(newest, last);
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private Cadences learn(RoomState newest, Cadences before) {
        Instant learnedTo = Cadences.learnedToAt(now.get());
        long began = System.nanoTime();
        try (Connection connection = connections.borrow()) {
            Cadences cadences =
                    CadenceReader.read(
                            connection,
                            RecorderSchema.read(connection),
                            Cadences.learnable(newest),
                            learnedTo);
            LOG.debug(
                    "learned the cadences of {} points up to {} in {} ms",
                    cadences.points().size(),
                    learnedTo,
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
            learned.accept(cadences);
            return cadences;
        } catch (SQLException | Fault away) {
            LOG.debug("the cadences were not learned: {}", away.getMessage());
            return before;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            if (!thread.join(CLOSE_PATIENCE)) {
                LOG.warn("the thread that learns cadences did not end in time");
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        connections.close();
    }
}
