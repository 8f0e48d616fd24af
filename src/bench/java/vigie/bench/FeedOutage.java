package vigie.bench;

import vigie.feed.FeedStatus;
import vigie.simulator.LoadWriter;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.store.HostPort;
import vigie.text.Fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A server that is away, and one that stands still. */
final class FeedOutage {
    private static final int RUNS = 3;
    private static final Duration DOWN = Duration.ofSeconds(20);
    private static final int KNOCK_MILLIS = 250;

    private FeedOutage() {}

    /** Down for a while; from the first connection that it lets in again until live. */
    static void restart(FeedScene scene) throws Fault, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        try (BenchServer database = BenchServer.start()) {
            DatabaseAddress reader = reader(database.server());
            try (FeedWatch watch = FeedWatch.live(reader)) {
                for (int run = 1; run <= RUNS; run++) {
                    database.stop();
                    long down = System.nanoTime();
                    watch.first(FeedStatus.Phase.BACKOFF, down - DOWN.toNanos());
                    Thread.sleep(DOWN);
                    CompletableFuture<Long> accepted = greeting(reader.hosts().getFirst());
                    long begin = System.nanoTime();
                    database.startAgain();
                    long live = watch.first(FeedStatus.Phase.LIVE, begin);
                    double after = (live - accepted.join()) / 1e9;
                    scene.say("restart %d  live %.2f s after the first connection", run, after);
                    seconds.add(after);
                }
            }
        }
        scene.figure(FeedGoal.LIVE_AGAIN_AFTER_RESTART_S, Samples.median(seconds));
    }

    /** An address with a recorder's tables behind it. */
    private static DatabaseAddress reader(EmbeddedServer server) throws Fault {
        server.createSchema("bench_outage");
        var connections = new Connections(server.root("bench_outage"), "bench-outage");
        try (connections;
                LoadWriter load =
                        LoadWriter.open(
                                connections, LoadWriter.referenceRoom(), Clock.systemUTC())) {
            load.write(10);
        }
        return server.createReader("bench_outage_r", "bench_outage");
    }

    /** The moment at which the server greets for the first time; knocks without a pause. */
    private static CompletableFuture<Long> greeting(HostPort at) {
        return CompletableFuture.supplyAsync(
                () -> {
                    while (true) {
                        try (Socket socket = new Socket()) {
                            socket.setSoTimeout(KNOCK_MILLIS);
                            socket.connect(
                                    new InetSocketAddress(at.host(), at.port()), KNOCK_MILLIS);
                            if (socket.getInputStream().read() >= 0) {
                                return System.nanoTime();
                            }
                        } catch (IOException closed) {
                            Thread.onSpinWait();
                        }
                        LockSupport.parkNanos(2_000_000);
                    }
                },
                work -> Thread.ofPlatform().daemon().name("bench-knock").start(work));
    }

    /** Frozen without a word; until the feed says that it is cut off. */
    static void frozen(FeedScene scene) throws Fault, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        EmbeddedServer server = scene.database().server();
        try (BenchDatabase.Schema schema =
                        scene.database().schema("bench_frozen", LoadWriter.referenceRoom());
                FeedWatch watch = FeedWatch.live(schema.reader())) {
            for (int run = 1; run <= RUNS; run++) {
                BenchServer.signal(server, "STOP");
                long begin = System.nanoTime();
                double noticed;
                try {
                    noticed = (watch.first(FeedStatus.Phase.BACKOFF, begin) - begin) / 1e9;
                } finally {
                    BenchServer.signal(server, "CONT");
                }
                scene.say("frozen %d  noticed after %.2f s", run, noticed);
                seconds.add(noticed);
                watch.first(FeedStatus.Phase.LIVE, begin);
            }
        }
        scene.figure(FeedGoal.FROZEN_NOTICED_S, Samples.median(seconds));
    }
}
