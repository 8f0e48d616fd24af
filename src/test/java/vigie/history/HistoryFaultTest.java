package vigie.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.point.PointId;
import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/** Questions about the past while the server has troubles of its own. */
class HistoryFaultTest {
    private static final PointId INLET = new PointId("sensor.inlet");
    private static final String SCHEMA = "homeassistant";

    @TempDir private Path folder;

    private static void fill(EmbeddedServer server) throws SQLException, IOException {
        Home home = Home.fresh(TestDatabase.create(server, SCHEMA));
        try (Home.Rows rows = home.new Rows()) {
            long now = Times.micros(Instant.now());
            for (int i = 0; i < 5_000; i++) {
                rows.add(INLET.name(), "" + i % 30, now - i * 10_000_000L, Home.measured("°C"));
            }
        }
    }

    private static List<PointRange> ask(History history, Work work) throws Fault {
        Instant now = Instant.now();
        return history.range(List.of(INLET), now.minus(Duration.ofHours(10)), now, 500, work);
    }

    private History history(EmbeddedServer server) {
        DatabaseAddress address = server.root(SCHEMA);
        return new History(address, address.withSchema("nothing_here"), ZoneOffset.UTC);
    }

    @Test
    void fifty_questions_at_once_are_all_answered_alike() throws Exception {
        try (EmbeddedServer server = EmbeddedMariaDb.start(folder)) {
            fill(server);
            try (History history = history(server);
                    ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<List<PointRange>>> questions = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    questions.add(() -> ask(history, new Work()));
                }
                for (Future<List<PointRange>> answer : askers.invokeAll(questions)) {
                    assertThat(answer.get()).hasSize(1);
                    assertThat(answer.get().getFirst().segments()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void a_server_that_dies_in_the_middle_gives_a_sentence_and_answers_when_it_is_back()
            throws Exception {
        EmbeddedServer server = EmbeddedMariaDb.start(folder);
        fill(server);
        try (History history = history(server)) {
            assertThat(ask(history, new Work())).hasSize(1);
            signal(server, "KILL");
            server.close();
            Fault fault = catchThrowableOfType(Fault.class, () -> ask(history, new Work()));
            assertThat(fault.kind()).isEqualTo(Fault.Kind.PASSING);
            assertThat(fault.sentence().key()).startsWith("store.");
        }
        // It comes back at another port, so the way to it is a new one.
        try (EmbeddedServer again = EmbeddedMariaDb.start(folder);
                History history = history(again)) {
            assertThat(ask(history, new Work())).hasSize(1);
            assertThat(connections(again)).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void whoever_cancels_is_freed_at_once_also_from_a_server_that_hangs() throws Exception {
        try (EmbeddedServer server = EmbeddedMariaDb.start(folder)) {
            fill(server);
            try (History history = history(server)) {
                assertThat(ask(history, new Work())).hasSize(1);
                signal(server, "STOP");
                Work work = new Work();
                AtomicReference<Throwable> ended = new AtomicReference<>();
                Thread asker =
                        Thread.ofVirtual()
                                .start(() -> {
                                    ended.set(catchThrowable(() -> ask(history, work)));
                                });
                while (!work.isRunning()) {
                    Thread.onSpinWait();
                }
                work.cancel();
                assertThat(asker.join(Duration.ofSeconds(20))).isTrue();
                assertThat(ended.get()).isInstanceOf(CancellationException.class);
                signal(server, "CONT");
                assertThat(ask(history, new Work())).hasSize(1);
            } finally {
                signal(server, "CONT");
            }
        }
    }

    private static void signal(EmbeddedServer server, String signal)
            throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + server.pid()).start().waitFor();
    }

    private static int connections(EmbeddedServer server) throws SQLException {
        try (var ways = new vigie.store.Connections(server.root("mysql"), "test");
                Connection connection = ways.single();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = '"
                                        + SCHEMA
                                        + "'")) {
            row.next();
            return row.getInt(1);
        } catch (Fault fault) {
            throw new SQLException(fault);
        }
    }
}
