import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;

import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Debezium's embedded engine with its MariaDB connector, all settings at their defaults but those
 * that have none and {@code snapshot.mode}. Run from source, so that Vigie's build needs none of
 * its libraries.
 *
 * <p>The standard input brings host, port, user and password, one a line; then lines of {@code
 * FOLDER TABLE ROWS}. For each the engine is started on the place that it keeps in the folder (the
 * log's end where there is none yet), and ended when so many rows were inserted into the table. The
 * answer is {@code rows nanos cpuNanos}, from the first record to the last.
 */
final class DebeziumComparator {
    private static final Logger QUIET = Logger.getLogger("com.github.shyiko");

    private final CountDownLatch done = new CountDownLatch(1);
    private final String topicEnd;
    private final long wanted;
    private long rows;
    private long first;
    private long last;
    private long cpuAtFirst;
    private long cpuAtLast;

    private DebeziumComparator(String table, long wanted) {
        topicEnd = "." + table;
        this.wanted = wanted;
    }

    public static void main(String[] words) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        quiet();
        BufferedReader questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Properties settings = settings(questions);
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] question = line.split(" ");
            answers.println(
                    new DebeziumComparator(question[1], Long.parseLong(question[2]))
                            .run(settings, Path.of(question[0])));
            answers.flush();
        }
        System.exit(0);
    }

    private String run(Properties common, Path folder) throws Exception {
        Properties settings = new Properties();
        settings.putAll(common);
        settings.setProperty("offset.storage.file.filename", folder.resolve("offsets").toString());
        settings.setProperty(
                "schema.history.internal.file.filename", folder.resolve("history").toString());
        Throwable[] failed = new Throwable[1];
        DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine =
                DebeziumEngine.create(Connect.class)
                        .using(settings)
                        .using((success, message, error) -> {
                            if (!success) {
                                failed[0] = error == null ? new Exception(message) : error;
                            }
                            done.countDown();
                        })
                        .notifying(event -> take(event.value()))
                        .build();
        Thread.ofPlatform().daemon().name("engine").start(engine);
        done.await();
        if (failed[0] != null) {
            failed[0].printStackTrace();
            System.exit(1);
        }
        engine.close();
        return rows + " " + (last - first) + " " + (cpuAtLast - cpuAtFirst);
    }

    /** On the engine's thread. */
    private void take(SourceRecord record) {
        if (rows >= wanted) {
            return;
        }
        // The first of many: the reading of the log has begun.
        if (first == 0) {
            first = System.nanoTime();
            cpuAtFirst = cpu();
        }
        if (record.topic().endsWith(topicEnd)
                && record.value() instanceof Struct value
                && "c".equals(value.getString("op"))
                && ++rows == wanted) {
            last = System.nanoTime();
            cpuAtLast = cpu();
            done.countDown();
        }
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static Properties settings(BufferedReader login) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("name", "bench");
        settings.setProperty("connector.class", "io.debezium.connector.mariadb.MariaDbConnector");
        settings.setProperty("database.hostname", login.readLine());
        settings.setProperty("database.port", login.readLine());
        settings.setProperty("database.user", login.readLine());
        settings.setProperty("database.password", login.readLine());
        settings.setProperty("database.server.id", "3000001");
        settings.setProperty("topic.prefix", "bench");
        settings.setProperty("snapshot.mode", "no_data");
        settings.setProperty(
                "offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
        settings.setProperty(
                "schema.history.internal", "io.debezium.storage.file.history.FileSchemaHistory");
        return settings;
    }

    /** It logs much, and below an error nothing that matters here. */
    private static void quiet() {
        QUIET.setLevel(Level.SEVERE);
        if (org.slf4j.LoggerFactory.getILoggerFactory()
                instanceof ch.qos.logback.classic.LoggerContext context) {
            context.getLogger("ROOT").setLevel(ch.qos.logback.classic.Level.ERROR);
        }
    }
}
