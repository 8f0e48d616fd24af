package vigie.bench;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.MariadbGtidEventData;

import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.text.Fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The binlog library as it comes, with its own decoders and nothing behind them. */
final class BareLibrary {
    /** Kept, because an unreferenced logger forgets its level. */
    private static final Logger LIBRARY = Logger.getLogger("com.github.shyiko");

    private BareLibrary() {}

    /** Reads from a position to the log's end and does nothing with it. */
    static FeedReader.Result read(DatabaseAddress address, String position) throws IOException {
        BinaryLogClient client = client(address, position);
        client.setBlocking(false);
        long[] beginEndGroups = new long[3];
        client.registerEventListener(event -> {
            switch (type(event)) {
                case MARIADB_GTID -> {
                    if (beginEndGroups[0] == 0) {
                        beginEndGroups[0] = System.nanoTime();
                    }
                }
                case XID -> {
                    beginEndGroups[1] = System.nanoTime();
                    beginEndGroups[2]++;
                }
                default -> {
                    // Decoded, and nothing is done with it.
                }
            }
        });
        client.connect();
        return new FeedReader.Result(beginEndGroups[2], 0, beginEndGroups[1] - beginEndGroups[0]);
    }

    /**
     * Follows from now on.
     *
     * @param committed told the number of each group when its XID has come, on the library's thread
     */
    static AutoCloseable follow(DatabaseAddress address, LongConsumer committed)
            throws Fault, IOException, InterruptedException {
        BinaryLogClient client = client(address, end(address));
        CountDownLatch begun = new CountDownLatch(1);
        long[] sequence = new long[1];
        client.registerEventListener(event -> {
            switch (type(event)) {
                case MARIADB_GTID -> {
                    MariadbGtidEventData data = event.getData();
                    sequence[0] = data.getSequence();
                }
                case XID -> committed.accept(sequence[0]);
                default -> begun.countDown();
            }
        });
        Thread.ofPlatform()
                .daemon()
                .name("bare")
                .start(() -> {
                    try {
                        client.connect();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                });
        begun.await();
        return client::disconnect;
    }

    private static EventType type(Event event) {
        return event.getHeader().getEventType();
    }

    private static BinaryLogClient client(DatabaseAddress address, String position) {
        LIBRARY.setLevel(Level.SEVERE);
        HostPort host = address.hosts().getFirst();
        BinaryLogClient client =
                new BinaryLogClient(
                        host.host(), host.port(), address.user(), address.password().reveal());
        client.setServerId(ThreadLocalRandom.current().nextLong(1_000_000, 2_000_000));
        client.setGtidSet(position);
        client.setKeepAlive(false);
        return client;
    }

    /** Where the server's log ends. */
    static String end(DatabaseAddress address) throws Fault {
        try (Connections connections = new Connections(address, "bench-end");
                Connection connection = connections.single();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@gtid_binlog_pos")) {
            row.next();
            return row.getString(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
