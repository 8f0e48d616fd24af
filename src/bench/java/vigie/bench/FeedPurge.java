package vigie.bench;

import vigie.simulator.LoadWriter;
import vigie.store.Connections;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/**
 * Home Assistant's nightly purge of many rows, while others go on being written: how late those
 * are, and what the large groups cost in memory.
 */
final class FeedPurge {
    private static final int GROUPS = 10;
    private static final int STATEMENTS = 20;
    private static final int IDS = 4_000;
    private static final long LIVE_EVERY_NANOS = 100_000_000L;

    private FeedPurge() {}

    static void measure(FeedScene scene) throws Fault, InterruptedException {
        try (BenchDatabase.Schema schema =
                scene.database().schema("bench_purge", LoadWriter.referenceRoom())) {
            // So that the points have names and keys.
            schema.load().write(LoadWriter.referenceRoom().size());
            fill(schema.connections(), GROUPS * STATEMENTS * IDS);
            scene.say("purge  %,d rows to go", GROUPS * STATEMENTS * IDS);
            try (FeedWatch watch = FeedWatch.live(schema.reader());
                    FeedReader ours = FeedReader.start(FeedReader.Kind.OURS, schema.reader())) {
                ours.follow();
                double idle = ours.heap();
                ours.heapPeak();
                List<LoadWriter.Group> live = purge(schema);
                FeedWatch.await(() -> watch.sightings().has(live.getLast()), "the last live row");
                double during = Math.max(ours.heapPeak(), ours.heap());
                Samples delays = watch.sightings().after(live);
                scene.say("purge  %s  heap idle %.1f MB, at most %.1f MB", delays, idle, during);
                scene.figure(FeedGoal.PURGE_MAX_DELAY_MS, delays.percentile(100));
                scene.figure(FeedGoal.PURGE_HEAP_OVER_IDLE_MB, during - idle);
            }
        }
    }

    /** Old rows below those that the writer wrote, each with its predecessor. */
    private static void fill(Connections connections, int rows) throws Fault {
        int chunk = 20_000;
        try (Connection connection = connections.single();
                Statement statement = connection.createStatement()) {
            for (int from = 1; from <= rows; from += chunk) {
                statement.execute(
                        "INSERT INTO states (state_id, state, last_updated_ts, old_state_id,"
                                + " attributes_id, origin_idx, context_id_bin, metadata_id) SELECT"
                                + " 1000000 + seq, seq, 1.7e9 + seq, IF(seq > 100, 999900 + seq,"
                                + " NULL), a.id, 0, UNHEX(MD5(seq)), m.id FROM seq_"
                                + from
                                + "_to_"
                                + (from + chunk - 1)
                                + ", (SELECT MIN(attributes_id) id FROM state_attributes) a,"
                                + " (SELECT MIN(metadata_id) id FROM states_meta) m ORDER BY seq");
            }
        } catch (SQLException failed) {
            throw connections.fault(failed);
        }
    }

    /** Purges on a thread of its own; answers the rows written meanwhile. */
    private static List<LoadWriter.Group> purge(BenchDatabase.Schema schema)
            throws Fault, InterruptedException {
        FutureTask<Integer> purging = new FutureTask<>(() -> delete(schema.connections()));
        Thread.ofPlatform().name("bench-purge").start(purging);
        List<LoadWriter.Group> live = new ArrayList<>();
        long due = System.nanoTime();
        while (!purging.isDone()) {
            live.add(schema.load().write(1));
            due += LIVE_EVERY_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
        }
        live.add(schema.load().write(1));
        try {
            if (purging.get() != GROUPS) {
                throw new IllegalStateException("purged " + purging.get() + " groups");
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
        return live;
    }

    private static int delete(Connections connections) throws SQLException, Fault {
        int groups = 0;
        try (Connection connection = connections.single();
                Statement statement = connection.createStatement()) {
            // So that the gaps it looks at are not locked before those who write.
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
            connection.setAutoCommit(false);
            for (List<String> ids = next(statement); !ids.isEmpty(); ids = next(statement)) {
                for (int from = 0; from < ids.size(); from += IDS) {
                    String some =
                            String.join(",", ids.subList(from, Math.min(ids.size(), from + IDS)));
                    statement.execute(
                            "UPDATE states SET old_state_id = NULL WHERE old_state_id IN ("
                                    + some
                                    + ")");
                    statement.execute("DELETE FROM states WHERE state_id IN (" + some + ")");
                }
                connection.commit();
                groups++;
            }
        }
        return groups;
    }

    private static List<String> next(Statement statement) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT state_id FROM states WHERE last_updated_ts < 1.71e9 ORDER BY"
                                + " last_updated_ts LIMIT "
                                + STATEMENTS * IDS)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }
}
