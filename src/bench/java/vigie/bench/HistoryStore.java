package vigie.bench;

import vigie.simulator.LoadWriter;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.store.Folders;
import vigie.store.OwnSchema;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The store that the bench {@code history} asks: a server of its own in the cache folder, with a
 * room whose past Home Assistant and the archiver would have written, and apart a larger room that
 * has states alone. It is built once, without a binlog, and found again by the row that is written
 * last. While it answers its buffer pool has 256 MB, as a small host gives it.
 */
final class HistoryStore implements AutoCloseable {
    /** Counted up whenever the store is filled otherwise. */
    private static final int VERSION = 1;

    private static final String RECORDER = "home";
    private static final String MANY = "home_many";
    private static final String OWN = "vigie";
    private static final String READER = "bench";

    /** What a row of states takes with its share of all else, and twice while it is built. */
    private static final long SPACE_PER_ROW = 560;

    /**
     * How much is stored.
     *
     * @param points of the room
     * @param end the end of all of it, microseconds; a UTC midnight
     * @param rawDays of readings
     * @param minutesDays of roll-ups of a minute
     * @param rolledDays of all other roll-ups and of statistics
     * @param manyPoints of the larger room
     * @param manyRows of the larger room
     */
    record Extent(
            int points,
            long end,
            int rawDays,
            int minutesDays,
            int rolledDays,
            int manyPoints,
            long manyRows) {
        /** What the issue asks for, up to this morning. */
        static Extent full(Instant now) {
            long end = Math.floorDiv(now.getEpochSecond(), 86_400L) * StoreFill.DAY;
            return new Extent(60, end, 10, 365, 730, 200, 10_000_000);
        }

        long rawFrom() {
            return end - rawDays * StoreFill.DAY;
        }

        long minutesFrom() {
            return end - minutesDays * StoreFill.DAY;
        }

        long rolledFrom() {
            return end - rolledDays * StoreFill.DAY;
        }

        long rows() {
            return (long) points * rawDays * (StoreFill.DAY / StoreSignal.STEP);
        }
    }

    /**
     * How it was built.
     *
     * @param seconds it took
     * @param bytes of its folder
     */
    record Built(double seconds, long bytes) {}

    /** What the last row tells. */
    private record Marker(long end, Built built) {}

    private final EmbeddedServer server;
    private final Extent extent;
    private final Built built;

    private HistoryStore(EmbeddedServer server, Extent extent, Built built) {
        this.server = server;
        this.extent = extent;
        this.built = built;
    }

    /** Opens the store of the issue in the user's cache folder; builds it where it is missing. */
    static HistoryStore open(PrintStream progress) throws Fault {
        return open(
                Folders.of(System.getenv()).cache().resolve("bench-history"),
                Extent.full(Instant.now()),
                progress);
    }

    /**
     * Opens a store.
     *
     * @param wanted what to build where there is none; one that is there may end earlier
     * @throws Fault if the disk is short or the server does not start
     */
    static HistoryStore open(Path folder, Extent wanted, PrintStream progress) throws Fault {
        if (Files.exists(folder)) {
            EmbeddedServer server = serve(folder, false, progress);
            boolean kept = false;
            try {
                Optional<Marker> marker = marker(server);
                if (marker.isPresent()) {
                    kept = true;
                    return new HistoryStore(
                            server, ending(wanted, marker.get().end()), marker.get().built());
                }
            } finally {
                if (!kept) {
                    server.close();
                }
            }
            BenchDatabase.delete(folder);
        }
        // What was broken off may not even start: only what is whole gets the name.
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
        if (Files.exists(unfinished)) {
            BenchDatabase.delete(unfinished);
        }
        needSpace(unfinished, SPACE_PER_ROW * (wanted.rows() + wanted.manyRows()));
        Built built = build(unfinished, wanted, progress);
        try {
            Files.move(unfinished, folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new HistoryStore(serve(folder, false, progress), wanted, built);
    }

    private static Extent ending(Extent of, long end) {
        return new Extent(
                of.points(),
                end,
                of.rawDays(),
                of.minutesDays(),
                of.rolledDays(),
                of.manyPoints(),
                of.manyRows());
    }

    private static void needSpace(Path folder, long bytes) throws Fault {
        try {
            Files.createDirectories(folder);
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < bytes) {
                throw new Fault(
                        Fault.Kind.BLOCKED,
                        Sentence.of(
                                "store.server.space", folder.toString(), bytes >> 20, free >> 20),
                        "only " + free + " bytes are free in " + folder);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    static EmbeddedServer serve(Path folder, boolean building, PrintStream progress) throws Fault {
        List<String> settings =
                new ArrayList<>(
                        List.of("--skip-log-bin", "--local-infile=ON", "--innodb-open-files=200"));
        if (building) {
            settings.addAll(
                    List.of(
                            "--innodb-buffer-pool-size=768M",
                            "--innodb-log-file-size=1G",
                            "--innodb-doublewrite=OFF",
                            "--innodb-flush-log-at-trx-commit=0",
                            "--innodb-sort-buffer-size=64M"));
        } else {
            settings.add("--innodb-buffer-pool-size=256M");
        }
        return EmbeddedServer.start(
                new EmbeddedServer.Options(
                        folder, Folders.of(System.getenv()).cache(), false, settings),
                step -> progress.println(Words.in(Locale.ENGLISH).say(step)));
    }

    private static Optional<Marker> marker(EmbeddedServer server) {
        try (Connection connection = connect(server, "mysql");
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT end_us, seconds, bytes FROM bench.store WHERE version = "
                                        + VERSION)) {
            return row.next()
                    ? Optional.of(
                            new Marker(row.getLong(1), new Built(row.getDouble(2), row.getLong(3))))
                    : Optional.empty();
        } catch (SQLException none) {
            return Optional.empty();
        }
    }

    private static Built build(Path folder, Extent extent, PrintStream progress) throws Fault {
        long begun = System.nanoTime();
        try (EmbeddedServer server = serve(folder, true, progress)) {
            for (String schema : List.of(RECORDER, MANY, OWN, "bench")) {
                server.createSchema(schema);
            }
            tables(server, RECORDER, extent.points(), extent.rolledFrom());
            tables(server, MANY, extent.manyPoints(), extent.rolledFrom());
            if (!(OwnSchema.open(server.root(OWN)) instanceof OwnSchema.Usable)) {
                throw new IllegalStateException("the archive's tables could not be made");
            }
            archive(server, extent);
            fill(server, extent, progress, begun);
            Built built = new Built((System.nanoTime() - begun) / 1e9, size(folder));
            execute(
                    server,
                    "bench",
                    "CREATE TABLE store (version INT, end_us BIGINT, seconds DOUBLE, bytes BIGINT)",
                    "INSERT INTO store VALUES ("
                            + VERSION
                            + ", "
                            + extent.end()
                            + ", "
                            + built.seconds()
                            + ", "
                            + built.bytes()
                            + ")");
            return built;
        } catch (SQLException failed) {
            throw new IllegalStateException("the store was not built", failed);
        }
    }

    /** Home Assistant's tables with a run since the beginning, and the names of the points. */
    static void tables(EmbeddedServer server, String schema, int points, long from)
            throws Fault, SQLException {
        Clock first = Clock.fixed(Instant.ofEpochSecond(from / StoreFill.SECOND), ZoneOffset.UTC);
        List<LoadWriter.Point> named = LoadWriter.numbered(points);
        try (Connections connections = new Connections(server.root(schema), "bench-store")) {
            LoadWriter.open(connections, named, first).close();
        }
        try (Connection connection = connect(server, schema)) {
            int[] at = {0};
            StoreRows.load(
                    connection,
                    "states_meta",
                    "metadata_id, entity_id",
                    row ->
                            next(at, points)
                                    && isWritten(row, at[0], named.get(at[0] - 1).entityId()));
            at[0] = 0;
            StoreRows.load(
                    connection,
                    "state_attributes",
                    "attributes_id, shared_attrs",
                    row ->
                            next(at, points)
                                    && isWritten(row, at[0], named.get(at[0] - 1).attributes()));
            at[0] = 0;
            StoreRows.load(
                    connection,
                    "statistics_meta",
                    "id, statistic_id, source, unit_of_measurement, unit_class, has_sum, mean_type",
                    row -> {
                        if (!next(at, points)) {
                            return false;
                        }
                        row.number(at[0]).text(named.get(at[0] - 1).entityId()).text("recorder");
                        row.text("°C").text("temperature").number(0).number(1);
                        return true;
                    });
        }
    }

    private static boolean next(int[] at, int last) {
        return ++at[0] <= last;
    }

    private static boolean isWritten(StoreRows row, int id, String text) {
        row.number(id).text(text);
        return true;
    }

    private static void archive(EmbeddedServer server, Extent extent) throws SQLException {
        List<String> statements = new ArrayList<>();
        statements.add(
                "INSERT INTO archive (recorder, complete_from_us, rolled_from_us, rolled_to_us,"
                        + " fill_top, fill_next, epoch) VALUES ('"
                        + RECORDER
                        + "', "
                        + extent.rawFrom()
                        + ", "
                        + extent.rolledFrom()
                        + ", "
                        + extent.end()
                        + ", 0, 0, 1)");
        statements.add("INSERT INTO stream (id, domain, server) VALUES (1, 0, 1)");
        List<LoadWriter.Point> named = LoadWriter.numbered(extent.points());
        for (int i = 1; i <= extent.points(); i++) {
            String name = "'" + named.get(i - 1).entityId() + "'";
            statements.add(
                    "INSERT INTO point (id, recorder, name, rolled) VALUES ("
                            + i
                            + ", '"
                            + RECORDER
                            + "', "
                            + name
                            + ", 1)");
            statements.add(
                    "INSERT INTO point_key VALUES ('" + RECORDER + "', " + i + ", " + i + ")");
            statements.add("INSERT INTO point_name VALUES (" + i + ", 0, " + name + ")");
            statements.add(
                    "INSERT INTO attributes (id, hash, unit, device_class, state_class) VALUES ("
                            + i
                            + ", UNHEX(MD5("
                            + i
                            + ")), '°C', 'temperature', 'measurement')");
        }
        statements.add(partitions("reading", extent.rawFrom(), extent.end(), StoreFill.DAY));
        statements.add(
                partitions("minutes", extent.minutesFrom(), extent.end(), 30 * StoreFill.DAY));
        execute(server, OWN, statements.toArray(String[]::new));
    }

    /** As the archiver cuts them, though not at a calendar's borders. */
    private static String partitions(String table, long from, long to, long length) {
        StringBuilder sql =
                new StringBuilder("ALTER TABLE " + table + " REORGANIZE PARTITION p_rest INTO (");
        int count = 0;
        for (long below = from + length; below - length < to; below += length) {
            sql.append("PARTITION p_")
                    .append(++count)
                    .append(" VALUES LESS THAN (")
                    .append(below)
                    .append("), ");
        }
        return sql.append("PARTITION p_rest VALUES LESS THAN MAXVALUE)").toString();
    }

    private static void fill(
            EmbeddedServer server, Extent extent, PrintStream progress, long begun) {
        StoreFill fill = new StoreFill(extent);
        Executor threads = work -> Thread.ofPlatform().name("bench-store").start(work);
        CompletableFuture<Void> states =
                CompletableFuture.runAsync(
                        () -> {
                            part(server, RECORDER, fill::states);
                            said(progress, "states of the room", begun);
                            part(server, MANY, fill::manyStates);
                            said(progress, "states of the larger room", begun);
                        },
                        threads);
        CompletableFuture<Void> archive =
                CompletableFuture.runAsync(
                        () -> {
                            part(server, OWN, fill::readings);
                            said(progress, "readings of the archive", begun);
                            rolled(server, fill, extent);
                            said(progress, "roll-ups and statistics", begun);
                        },
                        threads);
        try {
            CompletableFuture.allOf(states, archive).join();
        } catch (CompletionException failed) {
            throw new IllegalStateException("the store was not filled", failed.getCause());
        }
    }

    /** A part of the filling. */
    @FunctionalInterface
    private interface Part {
        void fill(Connection connection) throws SQLException;
    }

    private static void part(EmbeddedServer server, String schema, Part part) {
        try (Connection connection = connect(server, schema)) {
            part.fill(connection);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void rolled(EmbeddedServer server, StoreFill fill, Extent extent) {
        part(
                server,
                OWN,
                own -> {
                    try (Connection recorder = connect(server, RECORDER)) {
                        for (int point = 0; point < extent.points(); point++) {
                            fill.rolled(own, recorder, point);
                        }
                    }
                });
    }

    private static void said(PrintStream progress, String what, long begun) {
        progress.printf(
                Locale.ROOT, "%s: done after %.0f s%n", what, (System.nanoTime() - begun) / 1e9);
    }

    /** Into empty tables, without checks, InnoDB sorts the rows and builds the indexes once. */
    static Connection connect(EmbeddedServer server, String schema) throws SQLException {
        DatabaseAddress root = server.root(schema);
        Connection connection =
                DriverManager.getConnection(
                        "jdbc:mariadb://" + server.at() + "/" + schema + "?allowLocalInfile=true",
                        root.user(),
                        root.password().reveal());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET foreign_key_checks = 0, unique_checks = 0");
        }
        return connection;
    }

    private static void execute(EmbeddedServer server, String schema, String... statements)
            throws SQLException {
        try (Connection connection = connect(server, schema);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long size(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** How much it holds, and until when. */
    Extent extent() {
        return extent;
    }

    /** How it was built, now or at an earlier time. */
    Built built() {
        return built;
    }

    /** The room's database, by an account that may only read, this one and the archive. */
    DatabaseAddress recorder() throws Fault {
        DatabaseAddress reader = server.createReader(READER, RECORDER);
        server.allowOwnSchema(READER, OWN);
        return reader;
    }

    /** The archive, by the account of {@link #recorder}. */
    static DatabaseAddress own(DatabaseAddress recorder) {
        return recorder.withSchema(OWN);
    }

    /** The larger room's database, by an account that may only read. */
    DatabaseAddress many() throws Fault {
        return server.createReader(READER + "_many", MANY);
    }

    @Override
    public void close() {
        server.close();
    }
}
