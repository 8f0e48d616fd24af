package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

import vigie.feed.FeedStatus.Phase;
import vigie.store.testing.ServerVersion;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;

/** The server goes away: in order, by force, without a word, or only on the way to us. */
@FaultRows
class ServerFaultTest {
    @Parameter ServerVersion version;
    private PrivateServer server;

    @BeforeParameterizedClassInvocation
    void start(ServerVersion on, @TempDir Path folder) throws Fault, IOException, SQLException {
        server = PrivateServer.start(on, folder);
    }

    @AfterParameterizedClassInvocation
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void row_01_a_server_that_is_not_there_at_the_start_is_waited_for() throws Fault, SQLException {
        try (Followed followed = Followed.idle(server)) {
            server.stop();
            followed.start();
            followed.watcher().await(Phase.BACKOFF);
            assertThat(followed.watcher().statuses.getLast().reason()).isPresent();
            assertThat(followed.feed().status().isLive()).isFalse();
            server.startAgain();
            followed.watcher().await(Phase.LIVE);
            followed.write(10);
            followed.assertExactWithoutResync();
        }
    }

    @Test
    void row_02_after_a_clean_shutdown_the_stream_goes_on_where_it_was()
            throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            followed.write(10);
            server.stop();
            followed.watcher().await(Phase.BACKOFF);
            assertThat(followed.watcher().statuses.getLast().reason()).isPresent();
            server.startAgain();
            followed.write(10);
            followed.assertExactWithoutResync();
        }
    }

    @Test
    void row_03_after_a_crash_among_writes_the_stream_goes_on_where_it_was()
            throws Fault, SQLException, IOException, InterruptedException {
        try (Followed followed = Followed.live(server)) {
            followed.startWriting();
            followed.awaitWritten(50);
            server.kill();
            followed.watcher().await(Phase.BACKOFF);
            server.startAgain();
            followed.awaitWritten(50);
            followed.stopWriting();
            followed.assertExactWithoutResync();
        }
    }

    @Test
    void row_04_a_dump_thread_that_is_killed_among_writes_is_replaced()
            throws Fault, SQLException, InterruptedException {
        try (Followed followed = Followed.live(server)) {
            followed.startWriting();
            for (int i = 0; i < 3; i++) {
                followed.awaitWritten(20);
                long losses = followed.watcher().times(Phase.BACKOFF);
                server.killDumpThreads();
                followed.watcher()
                        .awaitThat(
                                "noticed", () -> followed.watcher().times(Phase.BACKOFF) > losses);
                followed.watcher().await(Phase.LIVE);
            }
            followed.stopWriting();
            followed.assertExactWithoutResync();
        }
    }

    @Test
    void row_05_a_frozen_server_is_noticed_by_its_silence()
            throws Fault, SQLException, IOException, InterruptedException {
        try (Followed followed = Followed.live(server)) {
            followed.write(5);
            long frozen = System.nanoTime();
            server.signal("STOP");
            try {
                followed.watcher().awaitReason(Phase.BACKOFF, "feed.silent");
                // Three missed heartbeats, and a second for a busy machine.
                assertThat(Duration.ofNanos(System.nanoTime() - frozen))
                        .isLessThan(Duration.ofSeconds(5));
            } finally {
                server.signal("CONT");
            }
            followed.write(5);
            followed.assertExactWithoutResync();
        }
    }

    @Test
    void row_05_a_network_that_swallows_everything_is_noticed_by_its_silence()
            throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            long began = System.nanoTime();
            server.proxy().stall();
            followed.write(5);
            followed.watcher().awaitReason(Phase.BACKOFF, "feed.silent");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(5));
            server.proxy().resume();
            followed.write(5);
            followed.assertExactWithoutResync();
        } finally {
            server.proxy().resume();
        }
    }

    @Test
    void row_06_a_connection_cut_within_an_event_gives_no_part_of_a_group()
            throws Fault, SQLException, InterruptedException {
        Random random = new Random(6);
        try (Followed followed = Followed.live(server)) {
            followed.startWriting();
            for (int cut = 0; cut < 6; cut++) {
                server.proxy().cutAfter(1_000 + random.nextInt(6_000));
                server.proxy().cut();
                followed.awaitWritten(40);
            }
            server.proxy().cutAfter(Long.MAX_VALUE);
            server.proxy().cut();
            followed.awaitWritten(10);
            followed.stopWriting();
            followed.assertExactWithoutResync();
        } finally {
            server.proxy().cutAfter(Long.MAX_VALUE);
        }
    }
}
