package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import vigie.feed.FeedStatus.Phase;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A feed that follows a server on which a seeded home writes, with all that is needed to tell
 * whether it has missed something.
 */
final class Followed implements AutoCloseable {
    /** About two hundred groups a second, which leaves the machine to the others. */
    private static final long PACE_NANOS = 5_000_000;

    private static final int GROUPS_BEFORE = 5;
    static final String ASIDE = "sensor.aside";
    private static final AtomicLong SEEDS = new AtomicLong(1000);

    private final PrivateServer server;
    private final DatabaseAddress address;
    private final SeededHome home;
    private final Watcher watcher = new Watcher();
    private final Oracle oracle;
    private Feed feed;
    private volatile boolean writing;
    private @Nullable Thread writer;

    private Followed(PrivateServer server, DatabaseAddress address, SeededHome.Door door)
            throws Fault, SQLException {
        this.server = server;
        this.address = address;
        try (SeededHome before = new SeededHome(SEEDS.incrementAndGet(), 0, door)) {
            for (int i = 0; i < GROUPS_BEFORE; i++) {
                before.group();
            }
            before.name(ASIDE);
        }
        oracle = Oracle.from(server);
        home = new SeededHome(SEEDS.incrementAndGet(), oracle.before(), door);
        feed = new Feed(address, watcher, Clock.systemUTC());
    }

    /** A feed that has not started. */
    static Followed idle(PrivateServer server) throws Fault, SQLException {
        return new Followed(server, server.address(), () -> server.root("homeassistant"));
    }

    /** A feed at the server's present, and a home that has not written since. */
    static Followed live(PrivateServer server) throws Fault, SQLException {
        Followed followed = idle(server);
        followed.start();
        followed.watcher.await(Phase.LIVE);
        return followed;
    }

    /** The same with two servers; the home writes to the one that is the primary. */
    static Followed live(Replicated both) throws Fault, SQLException {
        Followed followed =
                new Followed(
                        both.primary(), both.address(), () -> both.primary().root("homeassistant"));
        both.awaitEven();
        followed.start();
        followed.watcher.await(Phase.LIVE);
        return followed;
    }

    void start() {
        feed.start();
    }

    Watcher watcher() {
        return watcher;
    }

    SeededHome home() {
        return home;
    }

    Oracle oracle() {
        return oracle;
    }

    Feed feed() {
        return feed;
    }

    DatabaseAddress address() {
        return address;
    }

    /** Ends the feed and follows on with another, for the same listener. */
    void feed(Feed next) {
        feed.close();
        feed = next;
    }

    /** A statement that inserts one row of an entity on which the home does not write. */
    static String aside(String text) {
        return "INSERT INTO states (state, last_updated_ts, metadata_id) SELECT '"
                + text
                + "', UNIX_TIMESTAMP(NOW(6)), metadata_id FROM states_meta WHERE entity_id='"
                + ASIDE
                + "'";
    }

    /** So many groups, all of them committed or rolled back. */
    void write(int groups) {
        for (int i = 0; i < groups; i++) {
            home.group();
        }
    }

    /** Groups in the background from now on, whatever happens to the server. */
    void startWriting() {
        writing = true;
        writer =
                Thread.ofPlatform()
                        .daemon()
                        .name("rig-home")
                        .start(() -> {
                            while (writing) {
                                home.group();
                                LockSupport.parkNanos(PACE_NANOS);
                            }
                        });
    }

    /** Waits until so many more rows are certain to be committed by the background. */
    void awaitWritten(long rows) {
        long before = home.committed();
        Deadline.within(Watcher.PATIENCE, "rows written", () -> home.committed() >= before + rows);
    }

    void stopWriting() throws InterruptedException {
        writing = false;
        Thread running = writer;
        if (running != null) {
            assertThat(running.join(Watcher.PATIENCE)).as("the writer ends").isTrue();
            writer = null;
        }
    }

    /** State and rows are those of the server. */
    void assertExact() throws Fault, SQLException {
        assertExact(server);
    }

    void assertExact(PrivateServer truth) throws Fault, SQLException {
        oracle.assertAgrees(watcher, truth);
        watcher.await(Phase.LIVE);
    }

    /** As {@link #assertExact()}, and the stream alone brought it: one snapshot, nothing mended. */
    void assertExactWithoutResync() throws Fault, SQLException {
        assertExact();
        assertThat(watcher.snapshots).hasSize(1);
        assertThat(watcher.recovered).isEmpty();
        assertThat(watcher.resyncs).isEmpty();
    }

    @Override
    public void close() {
        writing = false;
        feed.close();
        home.close();
    }
}
