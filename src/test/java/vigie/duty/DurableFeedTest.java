package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.feed.Deadline;
import vigie.feed.Feed;
import vigie.feed.FeedListener;
import vigie.feed.FeedOptions;
import vigie.feed.FeedStatus;
import vigie.feed.Resync;
import vigie.feed.StoredPlace;
import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.store.OwnSchema;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A durable consumer behind a real feed: it dies at random moments and misses and doubles nothing.
 */
@ExtendWith(EmbeddedMariaDb.class)
class DurableFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestDatabase shared;
    private TestDatabase database;
    private DatabaseAddress own;
    private Connections connections;
    private Connection home;
    private final AtomicInteger dieAfter = new AtomicInteger(Integer.MAX_VALUE);

    /** Hands everything on, and counts what the consumer has no use for. */
    private record Counting(FeedListener consumer, AtomicInteger heartbeats, AtomicInteger resyncs)
            implements FeedListener {
        @Override
        public void snapshot(Group snapshot) {
            consumer.snapshot(snapshot);
        }

        @Override
        public void group(Group group) {
            consumer.group(group);
        }

        @Override
        public void status(FeedStatus status) {
            consumer.status(status);
        }

        @Override
        public void resync(Resync resync) {
            resyncs.incrementAndGet();
            consumer.resync(resync);
        }

        @Override
        public void recovered(List<Reading> rows) {
            consumer.recovered(rows);
        }

        @Override
        public void passed(StoredPlace place) {
            consumer.passed(place);
        }

        @Override
        public void heartbeat(Instant written) {
            heartbeats.incrementAndGet();
        }
    }

    /** One life of the process. */
    private final class Life implements AutoCloseable {
        final DurableConsumer consumer;
        final AtomicInteger heartbeats = new AtomicInteger();
        final AtomicInteger resyncs = new AtomicInteger();
        final Feed feed;

        Life(long tickStep) throws Fault, SQLException {
            long[] now = {0};
            consumer =
                    DurableConsumer.alone(
                            "notes",
                            DutyConnections.to(connections),
                            this::note,
                            () -> now[0] += tickStep);
            feed =
                    new Feed(
                            database.reader(),
                            FeedOptions.durable(consumer.stored()).withOwnSchema(own.schema()),
                            new Counting(consumer, heartbeats, resyncs),
                            Clock.systemUTC());
            feed.start();
        }

        private void note(Connection connection, Group group) throws SQLException {
            for (Fact fact : group.facts()) {
                if (fact instanceof Fact.Observed(Reading reading)) {
                    try (PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO noted(state_id) VALUES(?)")) {
                        insert.setLong(1, reading.id().orElseThrow());
                        insert.executeUpdate();
                    }
                }
            }
            if (dieAfter.decrementAndGet() == 0) {
                // As a process that is gone: what it began is never committed.
                connection.close();
            }
        }

        boolean isLive() {
            return feed.status().phase() == FeedStatus.Phase.LIVE;
        }

        @Override
        public void close() {
            feed.close();
            consumer.close();
        }
    }

    @BeforeEach
    void start(TestDatabase database) throws Exception {
        shared = database;
        tables(database);
    }

    private void tables(TestDatabase database) throws Exception {
        this.database = database;
        RecorderTables.create(database);
        String schema = database.schema() + "_own";
        own = database.writer().withSchema(schema);
        database.asRoot("DROP DATABASE IF EXISTS " + schema);
        database.asRoot(
                "GRANT ALL ON `"
                        + schema.replace("_", "\\_")
                        + "`.* TO '"
                        + own.user()
                        + "'@'127.0.0.1'");
        assertThat(OwnSchema.open(own)).isInstanceOf(OwnSchema.Usable.class);
        database.asRoot(
                "CREATE TABLE "
                        + schema
                        + ".noted (id BIGINT AUTO_INCREMENT PRIMARY KEY, state_id BIGINT)");
        connections = new Connections(own, "durable");
        home = database.connect();
        home.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        home.close();
        connections.close();
        database.asRoot("DROP DATABASE IF EXISTS " + own.schema());
    }

    private void write(int rows) throws SQLException {
        try (PreparedStatement insert =
                home.prepareStatement(
                        "INSERT INTO states (metadata_id, state, last_updated_ts, attributes_id)"
                                + " VALUES (1, '1', UNIX_TIMESTAMP(NOW(6)), 1)")) {
            for (int i = 0; i < rows; i++) {
                insert.executeUpdate();
            }
        }
        home.commit();
    }

    private List<String> noted() {
        return database.column("SELECT state_id FROM " + own.schema() + ".noted ORDER BY state_id");
    }

    private List<String> written() {
        return database.column(
                "SELECT state_id FROM " + database.schema() + ".states ORDER BY state_id");
    }

    @Test
    void each_row_is_noted_once_whatever_dies() throws Exception {
        Random random = new Random(20_261_126);
        // The first life begins at the present; its place is kept before the first row.
        try (Life first = new Life(1)) {
            Deadline.within(PATIENCE, "live", first::isLive);
        }
        List<String> deaths = new ArrayList<>();
        for (int life = 0; life < 8; life++) {
            dieAfter.set(random.nextBoolean() ? 1 + random.nextInt(6) : Integer.MAX_VALUE);
            deaths.add(dieAfter.get() == Integer.MAX_VALUE ? "closed" : "broken");
            write(1 + random.nextInt(3));
            try (Life _ = new Life(1)) {
                for (int i = random.nextInt(8); i > 0; i--) {
                    write(1 + random.nextInt(4));
                }
            }
            write(random.nextInt(3));
        }
        assertThat(deaths).contains("closed", "broken");
        dieAfter.set(Integer.MAX_VALUE);
        try (Life _ = new Life(1)) {
            write(1);
            Deadline.within(PATIENCE, "all noted", () -> noted().size() >= written().size());
        }
        assertThat(noted()).isEqualTo(written());
    }

    @Test
    void rows_that_a_purged_log_no_longer_holds_are_noted_once_too() throws Exception {
        try (Life first = new Life(1)) {
            Deadline.within(PATIENCE, "live", first::isLive);
            write(2);
            Deadline.within(PATIENCE, "noted", () -> noted().size() == 2);
        }
        write(3);
        database.asRoot("FLUSH BINARY LOGS");
        write(1);
        database.asRoot("FLUSH BINARY LOGS");
        String newest = database.column("SHOW BINARY LOGS").getLast();
        Deadline.within(
                PATIENCE,
                "the log purged",
                () -> {
                    database.asRoot("PURGE BINARY LOGS TO '" + newest + "'");
                    return database.column("SHOW BINARY LOGS").size() == 1;
                });
        try (Life next = new Life(1)) {
            write(1);
            Deadline.within(PATIENCE, "all noted", () -> noted().size() >= written().size());
            assertThat(next.resyncs).hasValue(1);
        }
        assertThat(noted()).isEqualTo(written());
    }

    @Test
    void without_a_log_each_row_is_noted_once_too(@TempDir Path folder) throws Exception {
        try (EmbeddedServer server = EmbeddedMariaDb.start(folder, "--skip-log-bin")) {
            TestDatabase logless = TestDatabase.create(server, "t_logless");
            connections.close();
            home.close();
            tables(logless);
            try (Life first = new Life(1)) {
                Deadline.within(PATIENCE, "live", first::isLive);
                write(2);
                Deadline.within(PATIENCE, "noted", () -> noted().size() == 2);
            }
            write(3);
            try (Life _ = new Life(1)) {
                write(1);
                Deadline.within(PATIENCE, "all noted", () -> noted().size() >= written().size());
            }
            assertThat(noted()).isEqualTo(written());
            close();
        }
        tables(shared);
    }

    @Test
    void rows_of_our_own_make_no_place_be_stored() throws Exception {
        // Each look at the ticker is worth more than the pause between two places.
        try (Life life = new Life(DurableConsumer.PLACE_PERIOD.toNanos() + 1);
                Connection ours = connections.writable();
                var statement = ours.createStatement()) {
            Deadline.within(PATIENCE, "live", life::isLive);
            write(1);
            Deadline.within(PATIENCE, "noted", () -> noted().size() == 1);
            String stored = "SELECT `position` FROM " + own.schema() + ".`position`";
            List<String> before = database.column(stored);
            statement.execute("INSERT INTO heartbeat VALUES(1,1,'x',UTC_TIMESTAMP(6))");
            for (int i = 0; i < 20; i++) {
                statement.execute("UPDATE heartbeat SET written_at=UTC_TIMESTAMP(6)");
                statement.execute("INSERT INTO noted(state_id) VALUES(-1)");
                statement.execute("DELETE FROM noted WHERE state_id=-1");
            }
            Deadline.within(PATIENCE, "all heartbeats seen", () -> life.heartbeats.get() == 21);
            assertThat(database.column(stored)).isEqualTo(before);
            database.asRoot("CREATE OR REPLACE TABLE " + database.schema() + ".other (id INT)");
            Deadline.within(
                    PATIENCE,
                    "somebody else's group moves the place",
                    () -> !database.column(stored).equals(before));
        }
    }
}
