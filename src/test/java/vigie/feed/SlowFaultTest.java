package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.feed.FeedStatus.Phase;
import vigie.room.Group;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * One server only, for the time it takes: a picture counts as too far behind only after twenty
 * seconds.
 */
@ExtendWith(FaultTable.class)
class SlowFaultTest {
    private static final long SLOW_NANOS = 150_000_000;

    @Test
    void row_28_a_picture_that_stays_behind_is_given_the_newest_state_and_the_skip_is_counted(
            @TempDir Path folder) throws Fault, IOException, SQLException, InterruptedException {
        AtomicBoolean slow = new AtomicBoolean(true);
        try (PrivateServer server = PrivateServer.start(folder);
                Followed followed = Followed.live(server)) {
            followed.feed(
                    new Feed(
                            followed.address(),
                            new Relay(followed.watcher()) {
                                @Override
                                public void group(Group group) {
                                    if (slow.get()) {
                                        LockSupport.parkNanos(SLOW_NANOS);
                                    }
                                    super.group(group);
                                }
                            },
                            Clock.systemUTC()));
            followed.start();
            followed.watcher().await(Phase.LIVE);
            followed.startWriting();
            Deadline.within(
                    Watcher.PATIENCE.multipliedBy(3),
                    "skipped",
                    () -> followed.watcher().was(Phase.RESYNC, "feed.skipped"));
            slow.set(false);
            followed.awaitWritten(20);
            followed.stopWriting();
            followed.assertExact();
            assertThat(followed.feed().status().tally().skips()).isPositive();
        }
    }
}
