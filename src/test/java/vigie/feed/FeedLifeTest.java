package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.feed.FeedStatus.Phase;
import vigie.point.PointId;
import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RoomState;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The feed while its server is stopped, killed, frozen, cut off and cleaned up behind its back. */
class FeedLifeTest {
    @TempDir private Path folder;
    private PrivateServer server;
    private HomeAssistant home;
    private Watcher watcher;
    private Feed feed;

    @BeforeEach
    void start() throws IOException, Fault, SQLException {
        server = PrivateServer.start(folder);
        home = new HomeAssistant(server);
        home.state("sensor.a", "0");
        home.commit();
        watcher = new Watcher();
        feed = new Feed(server.address(), watcher, Clock.systemUTC());
        feed.start();
        watcher.await(Phase.LIVE);
    }

    @AfterEach
    void stop() throws IOException {
        feed.close();
        server.close();
    }

    private List<Long> write(int rows) throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            ids.add(home.state("sensor.a", Integer.toString(i)));
            home.commit();
        }
        return ids;
    }

    @Test
    void a_server_that_is_away_is_waited_for_and_nothing_is_lost_or_doubled()
            throws SQLException, Fault {
        List<Long> written = write(3);
        home.close();
        server.stop();
        watcher.await(Phase.BACKOFF);
        assertThat(watcher.statuses.getLast().reason()).isPresent();
        server.startAgain();
        home = new HomeAssistant(server);
        written.addAll(write(3));
        watcher.awaitStreamed(written.getLast());
        watcher.await(Phase.LIVE);
        assertThat(watcher.streamedIds()).isEqualTo(written);
        assertThat(watcher.snapshots).hasSize(1);
    }

    @Test
    void a_server_that_was_killed_is_taken_up_at_the_last_whole_group()
            throws SQLException, Fault, IOException, InterruptedException {
        List<Long> written = write(3);
        watcher.awaitStreamed(written.getLast());
        server.signal("KILL");
        watcher.await(Phase.BACKOFF);
        server.stop();
        server.startAgain();
        home = new HomeAssistant(server);
        written.addAll(write(3));
        watcher.awaitStreamed(written.getLast());
        assertThat(watcher.streamedIds()).isEqualTo(written);
    }

    @Test
    void a_frozen_server_is_noticed_in_less_than_five_seconds()
            throws SQLException, IOException, InterruptedException {
        long frozen = System.nanoTime();
        server.signal("STOP");
        try {
            watcher.await(Phase.BACKOFF);
            assertThat(Duration.ofNanos(System.nanoTime() - frozen))
                    .isLessThan(Duration.ofSeconds(5));
            assertThat(watcher.statuses.getLast().reason().orElseThrow().key())
                    .isEqualTo("feed.silent");
        } finally {
            server.signal("CONT");
        }
        watcher.await(Phase.LIVE);
        List<Long> written = write(1);
        watcher.awaitStreamed(written.getLast());
        assertThat(watcher.streamedIds()).isEqualTo(written);
    }

    @Test
    void a_stalled_network_is_noticed_in_less_than_five_seconds() throws SQLException {
        long began = System.nanoTime();
        server.proxy().stall();
        List<Long> written = write(2);
        watcher.await(Phase.BACKOFF);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        server.proxy().cut();
        server.proxy().resume();
        watcher.awaitStreamed(written.getLast());
        watcher.await(Phase.LIVE);
        assertThat(watcher.streamedIds()).isEqualTo(written);
    }

    @Test
    void connections_cut_anywhere_lose_and_double_nothing() throws SQLException {
        Random random = new Random(11);
        List<Long> written = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            server.proxy().cutAfter(1_500 + random.nextInt(4_000));
            server.proxy().cut();
            written.addAll(write(20));
        }
        server.proxy().cutAfter(Long.MAX_VALUE);
        server.proxy().cut();
        watcher.awaitStreamed(written.getLast());
        assertThat(watcher.streamedIds()).isEqualTo(written);
        assertThat(watcher.snapshots).hasSize(1);
    }

    private void killDumpThreads() throws SQLException, Fault {
        try (Connection connection = server.root("mysql");
                Statement statement = connection.createStatement();
                ResultSet threads =
                        statement.executeQuery(
                                "SELECT id FROM information_schema.processlist"
                                        + " WHERE command='Binlog Dump'")) {
            while (threads.next()) {
                server.execute("KILL " + threads.getLong(1));
            }
        }
    }

    @Test
    void a_dump_thread_that_is_killed_is_replaced() throws SQLException, Fault {
        killDumpThreads();
        List<Long> written = write(3);
        watcher.awaitStreamed(written.getLast());
        assertThat(watcher.streamedIds()).isEqualTo(written);
    }

    @Test
    void a_prepared_transaction_that_was_committed_last_is_not_missed_when_it_comes_again()
            throws SQLException, Fault {
        for (String end : List.of("PREPARE", "COMMIT")) {
            try (Connection connection = server.root("homeassistant");
                    Statement statement = connection.createStatement()) {
                if (end.equals("PREPARE")) {
                    statement.execute("XA START 'last'");
                    statement.execute(
                            "INSERT INTO states (state, last_updated_ts, metadata_id) SELECT"
                                    + " 'prepared', UNIX_TIMESTAMP(NOW(6)), MIN(metadata_id) FROM"
                                    + " states_meta");
                    statement.execute("XA END 'last'");
                    statement.execute("XA PREPARE 'last'");
                } else {
                    statement.execute("XA COMMIT 'last'");
                    Deadline.within(
                            Watcher.PATIENCE, "committed", () -> watcher.streamed.size() == 1);
                }
            }
            long losses = watcher.times(Phase.BACKOFF);
            killDumpThreads();
            Deadline.within(
                    Watcher.PATIENCE, "noticed", () -> watcher.times(Phase.BACKOFF) > losses);
            watcher.await(Phase.LIVE);
        }
        List<Long> written = write(1);
        watcher.awaitStreamed(written.getLast());
        assertThat(watcher.streamed).hasSize(2);
        assertThat(watcher.streamed.getFirst().text()).isEqualTo("prepared");
        assertThat(watcher.snapshots).hasSize(1);
    }

    @Test
    void a_log_that_was_purged_meanwhile_makes_a_new_snapshot() throws SQLException, Fault {
        server.proxy().stall();
        server.proxy().cut();
        watcher.await(Phase.BACKOFF);
        write(3);
        server.execute("FLUSH BINARY LOGS");
        long last = write(1).getLast();
        try (Connection connection = server.root("mysql");
                Statement statement = connection.createStatement()) {
            String newest = "";
            try (ResultSet logs = statement.executeQuery("SHOW BINARY LOGS")) {
                while (logs.next()) {
                    newest = logs.getString(1);
                }
            }
            statement.execute("SET GLOBAL slave_connections_needed_for_purge=0");
            killDumpThreads();
            String purge = "PURGE BINARY LOGS TO '" + newest + "'";
            Deadline.within(
                    Watcher.PATIENCE,
                    "purged",
                    () -> {
                        try {
                            statement.execute(purge);
                            try (ResultSet logs = statement.executeQuery("SHOW BINARY LOGS")) {
                                return logs.next() && logs.isLast();
                            }
                        } catch (SQLException refused) {
                            throw new IllegalStateException(refused);
                        }
                    });
        }
        server.proxy().cut();
        server.proxy().resume();
        Deadline.within(Watcher.PATIENCE, "second snapshot", () -> watcher.snapshots.size() == 2);
        watcher.await(Phase.LIVE);
        assertThat(watcher.newest("sensor.a").id()).hasValue(last);
        assertThat(watcher.statuses)
                .anySatisfy(status -> {
                    assertThat(status.phase()).isEqualTo(Phase.RESYNC);
                    assertThat(status.reason().orElseThrow().key()).isEqualTo("feed.purged");
                });
    }

    @Test
    void a_log_that_begins_anew_makes_a_new_snapshot() throws SQLException, Fault {
        write(2);
        server.execute("RESET MASTER");
        List<Long> written = write(2);
        Deadline.within(Watcher.PATIENCE, "second snapshot", () -> watcher.snapshots.size() >= 2);
        watcher.await(Phase.LIVE);
        written.addAll(write(1));
        Deadline.within(
                Watcher.PATIENCE,
                "the newest",
                () -> watcher.newest("sensor.a").id().orElse(0) == written.getLast());
    }

    @Test
    void a_right_that_is_taken_away_blocks_until_it_is_given_back() throws SQLException, Fault {
        server.execute("REVOKE REPLICATION SLAVE ON *.* FROM console");
        server.proxy().cut();
        watcher.await(Phase.BLOCKED);
        assertThat(watcher.statuses.getLast().reason().orElseThrow().key())
                .isEqualTo("feed.no-replication-right");
        List<Long> written = write(2);
        server.execute("GRANT REPLICATION SLAVE ON *.* TO console");
        watcher.await(Phase.LIVE);
        watcher.awaitStreamed(written.getLast());
        assertThat(watcher.streamedIds()).isEqualTo(written);
    }

    @Test
    void a_listener_that_throws_gets_the_group_again() throws SQLException {
        AtomicBoolean broken = new AtomicBoolean(true);
        feed.close();
        Watcher behind = new Watcher();
        FeedListener fragile =
                new FeedListener() {
                    @Override
                    public void snapshot(Group snapshot) {
                        behind.snapshot(snapshot);
                    }

                    @Override
                    public void group(Group group) {
                        if (broken.getAndSet(false)) {
                            throw new IllegalStateException("not now");
                        }
                        behind.group(group);
                    }

                    @Override
                    public void status(FeedStatus status) {
                        behind.status(status);
                    }
                };
        feed = new Feed(server.address(), fragile, Clock.systemUTC());
        feed.start();
        behind.await(Phase.LIVE);
        List<Long> written = write(3);
        behind.awaitStreamed(written.getLast());
        assertThat(behind.streamedIds()).isEqualTo(written);
        assertThat(behind.snapshots).hasSize(1);
    }

    @Test
    void a_snapshot_among_writers_joins_the_stream_exactly()
            throws SQLException, InterruptedException, Exception {
        int writers = 4;
        AtomicBoolean writing = new AtomicBoolean(true);
        ConcurrentLinkedQueue<Long> written = new ConcurrentLinkedQueue<>();
        AtomicInteger handovers = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String entity = "sensor.writer_" + w;
                running.add(
                        threads.submit(() -> {
                            try (HomeAssistant mine = new HomeAssistant(server)) {
                                for (int i = 0; writing.get(); i++) {
                                    written.add(mine.state(entity, Integer.toString(i)));
                                    mine.commit();
                                }
                            }
                            return null;
                        }));
            }
            for (int i = 0; i < 12; i++) {
                Watcher second = new Watcher();
                try (Feed joining = new Feed(server.address(), second, Clock.systemUTC())) {
                    joining.start();
                    second.await(Phase.LIVE);
                    Deadline.within(Watcher.PATIENCE, "rows", () -> second.streamed.size() > 20);
                }
                assertJoined(second);
                handovers.incrementAndGet();
            }
            writing.set(false);
            for (Future<?> writer : running) {
                writer.get();
            }
        }
        assertThat(handovers).hasValue(12);
        Deadline.within(
                Watcher.PATIENCE,
                "all of " + written.size(),
                () -> watcher.streamed.size() >= written.size());
        assertThat(watcher.streamedIds()).doesNotHaveDuplicates();
        assertThat(new HashSet<>(watcher.streamedIds())).isEqualTo(new HashSet<>(written));
    }

    /** Each writer's rows are numbered without a hole, so a lost or doubled one shows. */
    private static void assertJoined(Watcher joined) {
        Set<String> entities = new HashSet<>();
        RoomState state = RoomState.EMPTY.after(joined.snapshots.getFirst());
        for (Group group : joined.groups) {
            for (Fact fact : group.facts()) {
                if (fact instanceof Fact.Observed(Reading reading)) {
                    PointId id = reading.point();
                    int before =
                            state.point(id)
                                    .flatMap(point -> point.newest())
                                    .map(newest -> Integer.parseInt(String.valueOf(newest.text())))
                                    .orElse(-1);
                    assertThat(Integer.parseInt(String.valueOf(reading.text())))
                            .as(id.name())
                            .isEqualTo(before + 1);
                    entities.add(id.name());
                }
            }
            state = state.after(group);
        }
        assertThat(entities).isNotEmpty();
    }
}
