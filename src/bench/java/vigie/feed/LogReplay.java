package vigie.feed;

import vigie.recorder.JdbcMissLoader;
import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderSchema;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reads a log from a position to its end with the feed's own client, decoders and mapping, and
 * without its supervision: for benches, which want to read the same log again and again.
 */
public final class LogReplay {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private LogReplay() {}

    /**
     * What was read.
     *
     * @param groups that were whole
     * @param rows of {@code states} that readings were made of
     * @param nanos from the first event to the last
     */
    public record Result(long groups, long rows, long nanos) {}

    /**
     * Reads.
     *
     * @param position a GTID position of the server
     * @throws Fault where the database refuses
     */
    public static Result run(DatabaseAddress address, String position) throws Fault {
        HostPort host = address.hosts().getFirst();
        GtidPosition from = GtidPosition.parse(position).orElseThrow();
        try (Connections connections = new Connections(address, "bench-replay");
                Connection connection = connections.single(host)) {
            RecorderSchema schema = RecorderSchema.read(connection);
            Counter counter = new Counter();
            GroupAssembler groups =
                    new GroupAssembler(
                            schema.name(),
                            Optional.empty(),
                            new RecorderShapes(schema.shapes(), connections),
                            new RecorderCatalog(new JdbcMissLoader(connections::borrow, PATIENCE)),
                            from,
                            counter::take);
            StreamClient client =
                    new StreamClient(
                            address,
                            host,
                            new StreamStart.AtGtid(from),
                            ThreadLocalRandom.current().nextLong(1_000_000, 2_000_000),
                            Duration.ofMinutes(1),
                            true);
            StreamClient.End end =
                    client.run(event -> {
                        if (counter.begin == 0) {
                            counter.begin = System.nanoTime();
                        }
                        groups.accept(event);
                    });
            long nanos = System.nanoTime() - counter.begin;
            if (end.fault().isPresent() || end.error().isPresent()) {
                throw new IllegalStateException("the replay ended early: " + end);
            }
            return new Result(counter.groups, counter.rows, nanos);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Belongs to the one thread that reads. */
    private static final class Counter {
        private long begin;
        private long groups;
        private long rows;

        void take(WholeGroup whole) {
            groups++;
            // As the feed hands it to its listener.
            Group group =
                    new Group(
                            whole.after().toString(),
                            Optional.of(whole.committed()),
                            whole.facts());
            for (Fact fact : group.facts()) {
                if (fact instanceof Fact.Observed) {
                    rows++;
                }
            }
        }
    }
}
