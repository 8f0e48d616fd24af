package vigie.bench;

import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.store.Folders;
import vigie.text.Fault;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * A day of a thousand points in Home Assistant's tables alone, each reporting every thirty seconds:
 * 2.88 million rows. Built once in the cache folder, without a binlog; asked with a buffer pool of
 * 256 MB.
 */
final class ReplayDay implements AutoCloseable {
    static final int POINTS = 1_000;

    /** Counted up whenever it is filled otherwise. */
    private static final String NAME = "bench-replay-1";

    private static final String SCHEMA = "home_day";
    private static final long STEP = 30 * StoreFill.SECOND;

    private final EmbeddedServer server;
    private final Instant from;

    private ReplayDay(EmbeddedServer server, Instant from) {
        this.server = server;
        this.from = from;
    }

    static ReplayDay open(PrintStream progress) throws Fault {
        Path folder = Folders.of(System.getenv()).cache().resolve(NAME);
        Path unfinished = folder.resolveSibling(NAME + ".unfinished");
        if (!Files.exists(folder.resolve("from"))) {
            for (Path old : new Path[] {folder, unfinished}) {
                if (Files.exists(old)) {
                    BenchDatabase.delete(old);
                }
            }
            build(unfinished, progress);
            try {
                Files.move(unfinished, folder);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        try {
            Instant from = Instant.parse(Files.readString(folder.resolve("from")));
            return new ReplayDay(
                    HistoryStore.serve(folder.resolve("server"), false, progress), from);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void build(Path folder, PrintStream progress) throws Fault {
        long end = Math.floorDiv(Instant.now().getEpochSecond(), 86_400L) * StoreFill.DAY;
        long begin = end - StoreFill.DAY;
        Telling.say(progress, "a day of %d points is built", POINTS);
        try (EmbeddedServer server = HistoryStore.serve(folder.resolve("server"), true, progress)) {
            server.createSchema(SCHEMA);
            HistoryStore.tables(server, SCHEMA, POINTS, begin);
            try (Connection connection = HistoryStore.connect(server, SCHEMA)) {
                StoreFill.states(connection, POINTS, begin, STEP, POINTS * (StoreFill.DAY / STEP));
            }
            Files.writeString(
                    folder.resolve("from"),
                    Instant.ofEpochSecond(begin / StoreFill.SECOND).toString());
        } catch (SQLException | IOException failed) {
            throw new IllegalStateException("the day was not built", failed);
        }
        Telling.say(progress, "built");
    }

    DatabaseAddress recorder() throws Fault {
        return server.createReader("bench_day", SCHEMA);
    }

    Instant from() {
        return from;
    }

    Instant to() {
        return from.plus(Duration.ofDays(1));
    }

    @Override
    public void close() {
        server.close();
    }
}
