package vigie.bench;

import vigie.duty.DutyService;
import vigie.simulator.LoadWriter;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.store.OwnSchema;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;

/**
 * What a console that may keep tables of its own adds to the log of a room in which nothing
 * happens.
 */
final class FeedIdle {
    private static final Duration LENGTH = Duration.ofMinutes(2);

    private FeedIdle() {}

    static void measure(FeedScene scene) throws Fault, InterruptedException {
        EmbeddedServer server = scene.database().server();
        try (BenchDatabase.Schema schema =
                scene.database().schema("bench_idle", LoadWriter.referenceRoom())) {
            DatabaseAddress reader = schema.reader();
            DatabaseAddress own = reader.withSchema(OwnSchema.DEFAULT_NAME);
            server.allowOwnSchema(reader.user(), own.schema());
            try (FeedWatch _ = FeedWatch.live(reader);
                    DutyService duty = DutyService.start(own, Clock.systemUTC());
                    Connections connections = new Connections(server.root("mysql"), "bench-idle")) {
                // Its tables are made once; that is not idling.
                FeedWatch.await(() -> duty.held().isPresent(), "on duty");
                long before = logBytes(connections);
                long begin = System.nanoTime();
                Thread.sleep(scene.cut(LENGTH));
                long bytes = logBytes(connections) - before;
                double minutes = (System.nanoTime() - begin) / 60e9;
                scene.say("idle  %,d bytes in %.1f min", bytes, minutes);
                scene.figure(FeedGoal.IDLE_BINLOG_BYTES_PER_MIN, bytes / minutes);
            }
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
