package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code vigie tail} and {@code vigie state} from outside. */
@ExtendWith(EmbeddedMariaDb.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TailAndStateTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void tables(TestDatabase database) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(
                        TailAndStateTest.class.getResourceAsStream("/recorder/schema-53.sql"))) {
            String schema = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : schema.replaceAll("--[^\n]*", "").split(";")) {
                String statement = sql.strip();
                String verb = statement.toUpperCase(Locale.ROOT);
                if (!statement.isEmpty()
                        && !verb.startsWith("CREATE DATABASE")
                        && !verb.startsWith("USE ")) {
                    database.execute(statement);
                }
            }
        }
        database.execute(
                "INSERT INTO states_meta VALUES (1,'sensor.b'),(2,'sensor.a'),(3,'sun.sun'),(4,'light.x')",
                "INSERT INTO state_attributes VALUES (1,0,'{\"unit_of_measurement\":\"°C\"}'),(2,0,'{}')");
        insert(database, "(1,'21.5'),(2,'unavailable'),(3,'below\thorizon')");
    }

    /** Rows of metadata id and state, true at 1795254461.25. */
    private static void insert(TestDatabase database, String rows) {
        database.execute(
                "INSERT INTO states (metadata_id, state, last_updated_ts, attributes_id) SELECT m, s,"
                        + " 1795254461.25, IF(m=1,1,2) FROM (SELECT 0 m, '' s WHERE FALSE UNION ALL"
                        + " VALUES "
                        + rows
                        + ") v");
    }

    private int run(TestDatabase database, String... words) {
        return Main.run(
                words,
                Map.of("MARIADB_URL", database.reader().url(), "LANG", "en_GB.UTF-8"),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
    }

    @Test
    void state_prints_a_table_sorted_by_name(TestDatabase database) {
        assertThat(run(database, "state")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.split(" {2,}")[0]))
                .containsSubsequence("POINT", "sensor.a", "sensor.b", "sun.sun");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("21.5 °C")
                .contains("bad unavailable")
                .contains("below\uFFFDhorizon");
    }

    @Test
    void state_prints_the_points_asked_for_as_json(TestDatabase database) {
        assertThat(run(database, "state", "--format", "json", "sensor.*", "nope")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"point\":\"sensor.b\",\"text\":\"21.5\",\"value\":21.5,\"unit\":\"°C\"")
                .contains("\"time\":\"2026-11-21T09:47:41.250000Z\"")
                .contains("\"source\":\"snapshot\",\"age\":");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("nope");
        assertThat(run(database, "state", "nope")).isEqualTo(1);
    }

    @Test
    void tail_ends_quietly_when_its_reader_goes_away(TestDatabase database) throws Exception {
        OutputStream reader =
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        write(new byte[] {(byte) octet}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        if (out.toString(StandardCharsets.UTF_8).contains("\"last\"")) {
                            throw new IOException("Broken pipe");
                        }
                        synchronized (out) {
                            out.write(bytes, from, length);
                        }
                    }
                };
        CompletableFuture<Integer> tail =
                CompletableFuture.supplyAsync(() ->
                        Main.run(
                                new String[] {"tail", "--snapshot"},
                                Map.of("MARIADB_URL", database.reader().url()),
                                new PrintStream(reader, false, StandardCharsets.UTF_8),
                                new PrintStream(err, false, StandardCharsets.UTF_8)));
        awaitOut("\"event\":\"live\"");
        insert(database, "(4,'last')");
        awaitOut("\"last\"");
        insert(database, "(4,'unread')");
        assertThat(tail.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"point\":\"sensor.b\"")
                .contains("\"source\":\"snapshot\"")
                .doesNotContain("unread");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private void awaitOut(String text) {
        while (true) {
            synchronized (out) {
                if (out.toString(StandardCharsets.UTF_8).contains(text)) {
                    return;
                }
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void a_fault_at_the_start_is_one_sentence_and_3() {
        int code =
                Main.run(
                        new String[] {"tail"},
                        Map.of("MARIADB_URL", "mysql://nobody:x@127.0.0.1:1/homeassistant"),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(3);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1);
    }
}
