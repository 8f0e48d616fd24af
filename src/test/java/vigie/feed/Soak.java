package vigie.feed;

import org.jspecify.annotations.Nullable;

import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RoomState;
import vigie.store.testing.ServerVersion;
import vigie.text.Fault;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Faults at random, one after another, on two servers that replicate, while a home writes and a
 * feed prints each row as {@code vigie tail} does. At the end the printed rows and the folded state
 * are compared with the tables. The last fault takes rows back: the primary dies with groups that
 * its replica never got.
 *
 * <p>Which fault comes when is decided by a seed; what a fault meets is decided by the machine.
 */
public final class Soak {
    /** Twenty groups a second leave the machine to others, and hours to the memory. */
    private static final long PACE_NANOS = 50_000_000;

    private static final long ROWS_BETWEEN = 60;
    private static final Duration NOTICED = Duration.ofSeconds(8);

    /**
     * What came of it.
     *
     * @param faults how many
     * @param rows inserted since the feed began
     * @param lost rows that are in the tables and were not printed
     * @param surplus rows that stand printed and are not in the tables, or twice
     * @param differing points whose folded reading is not the newest of the tables
     * @param undone rows that were named as undone
     * @param recovered rows that were read from the tables
     */
    public record Outcome(
            int faults,
            long rows,
            long lost,
            long surplus,
            long differing,
            long undone,
            long recovered) {}

    /** The faults that leave both servers with one history. */
    private enum Kind {
        KILLED,
        RESTARTED,
        FROZEN,
        STALLED,
        CUT,
        CUT_INSIDE_EVENTS,
        DUMP_THREAD_KILLED,
        PURGED,
        PURGED_WHILE_AWAY,
        COMPRESSION,
        STATEMENT,
        FAILED_OVER
    }

    /** Prints as tail does, folds as the console does, and keeps nothing else. */
    private static final class Printer implements FeedListener {
        private final Printed printed = new Printed();
        private volatile RoomState state = RoomState.EMPTY;
        private volatile FeedStatus.@Nullable Phase phase;
        private volatile long undone;
        private volatile long recovered;

        @Override
        public void snapshot(Group snapshot) {
            state = RoomState.EMPTY.after(snapshot);
        }

        @Override
        public void group(Group group) {
            for (Fact fact : group.facts()) {
                if (fact instanceof Fact.Observed(Reading reading)) {
                    printed.add(reading);
                }
            }
            state = state.after(group);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // the feed's thread alone writes
        public void resync(Resync resync) {
            printed.strike(resync.undone());
            undone += resync.undone().size();
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // the feed's thread alone writes
        public void recovered(List<Reading> rows) {
            rows.forEach(printed::add);
            recovered += rows.size();
        }

        @Override
        public void status(FeedStatus status) {
            phase = status.phase();
        }
    }

    private final Replicated both;
    private final SeededHome home;
    private final Random random;
    private final Printer printer = new Printer();
    private final PrintStream progress;
    private volatile boolean writing;
    private @Nullable Thread writer;

    private Soak(Replicated both, SeededHome home, Random random, PrintStream progress) {
        this.both = both;
        this.home = home;
        this.random = random;
        this.progress = progress;
    }

    /**
     * Runs it.
     *
     * @param folder for the servers, empty
     * @param length how long faults come; the end takes about half a minute more
     * @param progress learns of each fault
     */
    public static Outcome run(
            ServerVersion version, Path folder, long seed, Duration length, PrintStream progress)
            throws Fault, IOException, SQLException, InterruptedException {
        progress.println("soak: seed " + seed + ", " + version);
        try (Replicated both = Replicated.start(version, folder)) {
            SeededHome.Door door = () -> both.primary().root("homeassistant");
            try (SeededHome before = new SeededHome(seed, 0, door)) {
                for (int i = 0; i < 20; i++) {
                    before.group();
                }
                before.name(Followed.ASIDE);
            }
            both.awaitEven();
            Oracle oracle = Oracle.from(both.primary());
            try (SeededHome home = new SeededHome(seed + 1, oracle.before(), door)) {
                Soak soak = new Soak(both, home, new Random(seed), progress);
                return soak.run(oracle, length);
            }
        }
    }

    private Outcome run(Oracle oracle, Duration length)
            throws Fault, IOException, SQLException, InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        int faults = 0;
        try (Feed feed =
                new Feed(both.address(), FeedOptions.EVERY_ROW, printer, Clock.systemUTC())) {
            feed.start();
            await(FeedStatus.Phase.LIVE);
            startWriting();
            while (System.nanoTime() - end < 0) {
                Kind[] kinds = Kind.values();
                Kind kind = kinds[random.nextInt(kinds.length)];
                progress.println(
                        "soak: " + ++faults + " " + kind + ", " + home.committed() + " rows");
                befall(kind);
                awaitWritten();
            }
            failOverWithoutTheLastGroups(oracle);
            faults++;
            stopWriting();
            await(FeedStatus.Phase.LIVE);
            return outcome(oracle, faults);
        } finally {
            writing = false;
        }
    }

    private Outcome outcome(Oracle oracle, int faults) throws Fault, SQLException {
        PrivateServer truth = both.primary();
        try {
            Deadline.within(
                    Oracle.PATIENCE,
                    "all rows",
                    () -> isPrinted(oracle, truth) && isFolded(oracle, truth));
        } catch (AssertionError different) {
            // The figures say how.
            progress.println("soak: not equal in time");
        }
        List<Printed.Line> stored = oracle.rows(truth);
        List<Printed.Line> lost = Oracle.minus(stored, printer.printed.lines());
        List<Printed.Line> surplus = Oracle.minus(printer.printed.lines(), stored);
        List<String> differing = oracle.differing(printer.state, truth);
        lost.stream().limit(20).forEach(line -> progress.println("lost: " + line));
        surplus.stream().limit(20).forEach(line -> progress.println("surplus: " + line));
        differing.stream().limit(20).forEach(point -> progress.println("differs: " + point));
        return new Outcome(
                faults,
                stored.size(),
                lost.size(),
                surplus.size(),
                differing.size(),
                printer.undone,
                printer.recovered);
    }

    private void befall(Kind kind) throws Fault, IOException, SQLException, InterruptedException {
        PrivateServer primary = both.primary();
        switch (kind) {
            case KILLED -> {
                primary.kill();
                primary.startAgain();
                both.rejoin();
            }
            case RESTARTED -> {
                primary.stop();
                primary.startAgain();
                both.rejoin();
            }
            case FROZEN -> {
                primary.signal("STOP");
                try {
                    awaitNotLive();
                } finally {
                    primary.signal("CONT");
                }
            }
            case STALLED -> {
                primary.proxy().stall();
                try {
                    awaitNotLive();
                } finally {
                    primary.proxy().cut();
                    primary.proxy().resume();
                }
            }
            case CUT -> primary.proxy().cut();
            case CUT_INSIDE_EVENTS -> {
                for (int i = 0; i < 4; i++) {
                    primary.proxy().cutAfter(1_500 + random.nextInt(20_000));
                    primary.proxy().cut();
                    awaitWritten();
                }
                primary.proxy().cutAfter(Long.MAX_VALUE);
                primary.proxy().cut();
            }
            case DUMP_THREAD_KILLED -> primary.killDumpThreads();
            case PURGED -> {
                stopWriting();
                both.awaitEven();
                primary.purgeLogs();
                startWriting();
            }
            case PURGED_WHILE_AWAY -> {
                primary.proxy().stall();
                both.replica().proxy().stall();
                primary.proxy().cut();
                both.replica().proxy().cut();
                awaitNotLive();
                awaitWritten();
                stopWriting();
                both.awaitEven();
                primary.purgeLogs();
                startWriting();
                for (PrivateServer server : List.of(primary, both.replica())) {
                    server.proxy().cut();
                    server.proxy().resume();
                }
            }
            case COMPRESSION -> {
                primary.execute(
                        "SET GLOBAL log_bin_compress=" + (random.nextBoolean() ? "ON" : "OFF"),
                        "SET GLOBAL log_bin_compress_min_len=10");
                home.reconnectSoon();
            }
            case STATEMENT ->
                    primary.execute(
                            "SET SESSION binlog_format=STATEMENT", Followed.aside("by statement"));
            case FAILED_OVER -> {
                stopWriting();
                both.awaitEven();
                if (random.nextBoolean()) {
                    primary.kill();
                } else {
                    primary.stop();
                }
                both.promote();
                startWriting();
                awaitWritten();
                primary.startAgain();
                both.rejoin();
            }
        }
    }

    /** Rows that only the dead primary had are printed before it dies, and must be taken back. */
    private void failOverWithoutTheLastGroups(Oracle oracle)
            throws Fault, IOException, SQLException, InterruptedException {
        stopWriting();
        both.awaitEven();
        both.stopFollowing();
        startWriting();
        awaitWritten();
        stopWriting();
        PrivateServer primary = both.primary();
        Deadline.within(
                Oracle.PATIENCE, "all that the primary has", () -> isPrinted(oracle, primary));
        primary.kill();
        both.promote();
        home.reconnectSoon();
        startWriting();
        awaitWritten();
    }

    private boolean isFolded(Oracle oracle, PrivateServer server) {
        try {
            return oracle.differing(printer.state, server).isEmpty();
        } catch (Fault away) {
            throw new IllegalStateException(away);
        }
    }

    private boolean isPrinted(Oracle oracle, PrivateServer server) {
        try {
            return oracle.rows(server).equals(printer.printed.lines());
        } catch (Fault | SQLException away) {
            throw new IllegalStateException(away);
        }
    }

    private void startWriting() {
        writing = true;
        writer =
                Thread.ofPlatform()
                        .daemon()
                        .name("soak-home")
                        .start(() -> {
                            while (writing) {
                                home.group();
                                LockSupport.parkNanos(PACE_NANOS);
                            }
                        });
    }

    private void stopWriting() throws InterruptedException {
        writing = false;
        Thread running = writer;
        if (running != null) {
            if (!running.join(Watcher.PATIENCE)) {
                throw new IllegalStateException("the writer does not end");
            }
            writer = null;
        }
    }

    private void awaitWritten() {
        long before = home.committed();
        Deadline.within(
                Watcher.PATIENCE, "rows written", () -> home.committed() >= before + ROWS_BETWEEN);
    }

    private void await(FeedStatus.Phase phase) {
        Deadline.within(
                Watcher.PATIENCE, phase + ", not " + printer.phase, () -> printer.phase == phase);
    }

    /** Where the feed follows the other server just then, it loses nothing. */
    private void awaitNotLive() {
        try {
            Deadline.within(NOTICED, "a loss", () -> printer.phase != FeedStatus.Phase.LIVE);
        } catch (AssertionError followsTheOther) {
            progress.println("soak: not noticed, for the replica is followed");
        }
    }
}
