package vigie.bench;

import vigie.simulator.LoadWriter;
import vigie.store.Connections;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** What a console adds to the log of a room in which nothing happens. */
final class FeedIdle {
    private static final Duration LENGTH = Duration.ofMinutes(2);

    private FeedIdle() {}

    static void measure(FeedScene scene) throws Fault, InterruptedException {
        try (BenchDatabase.Schema schema =
                        scene.database().schema("bench_idle", LoadWriter.referenceRoom());
                FeedWatch _ = FeedWatch.live(schema.reader());
                Connections connections =
                        new Connections(
                                scene.database().server().root("bench_idle"), "bench-idle")) {
            long before = logBytes(connections);
            long begin = System.nanoTime();
            Thread.sleep(scene.cut(LENGTH));
            long bytes = logBytes(connections) - before;
            double minutes = (System.nanoTime() - begin) / 60e9;
            scene.say("idle  %,d bytes in %.1f min", bytes, minutes);
            scene.figure(FeedGoal.IDLE_BINLOG_BYTES_PER_MIN, bytes / minutes);
        }
    }

    private static long logBytes(Connections connections) throws Fault {
        try (Connection connection = connections.single();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW BINARY LOGS")) {
            long bytes = 0;
            while (rows.next()) {
                bytes += rows.getLong(2);
            }
            return bytes;
        } catch (SQLException failed) {
            throw connections.fault(failed);
        }
    }
}
