package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import vigie.feed.Feed;
import vigie.feed.FeedListener;
import vigie.feed.FeedStatus;
import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code vigie tail}: each reading as one JSON line the moment it arrives, and a line for each
 * change of the feed, until it is stopped or nobody reads it any more.
 */
@Command(name = "tail")
final class TailCommand extends Subcommand {
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Mixin private DatabaseOption database;

    @Option(names = "--snapshot")
    private boolean snapshot;

    TailCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault, InterruptedException {
        DatabaseAddress address = database.address(invocation(), configuration());
        try (Stopping stopping = new Stopping()) {
            Feed.check(address);
            Lines lines = new Lines(stopping);
            try (Feed feed = new Feed(address, lines, Clock.systemUTC())) {
                feed.start();
                while (!stopping.await(LOOK)) {
                    if (StandardOutput.isAbandoned()) {
                        stopping.ask();
                    }
                }
            }
        }
        return 0;
    }

    /** Writes what the feed says; on its thread. */
    private final class Lines implements FeedListener {
        private final JsonLines json = new JsonLines(invocation().out());
        private final Stopping stopping;
        private boolean taken;
        private String position = "";
        private Optional<Instant> committed = Optional.empty();
        private @Nullable String resyncReason;

        Lines(Stopping stopping) {
            this.stopping = stopping;
        }

        @Override
        public void snapshot(Group group) {
            if (taken) {
                json.resync(
                        resyncReason,
                        position,
                        group.position(),
                        committed,
                        Clock.systemUTC().instant());
            }
            taken = true;
            position = group.position();
            if (snapshot) {
                readings(group);
            }
            send();
        }

        @Override
        public void group(Group group) {
            position = group.position();
            committed = group.committed();
            readings(group);
            send();
        }

        @Override
        public void status(FeedStatus status) {
            String reason = status.reason().map(invocation().words()::say).orElse(null);
            switch (status.phase()) {
                case LIVE -> json.live(position, status.since());
                case RESYNC -> {
                    resyncReason = reason;
                    json.feed(status.phase().name(), reason);
                }
                case IDLE -> {
                    // The end of this command.
                }
                case CHECK, SNAPSHOT, CATCHUP, BACKOFF, BLOCKED ->
                        json.feed(status.phase().name(), reason);
            }
            send();
        }

        private void readings(Group group) {
            for (Fact fact : group.facts()) {
                if (fact instanceof Fact.Observed(Reading reading)) {
                    json.reading(reading);
                }
            }
        }

        private void send() {
            if (!json.flush()) {
                stopping.ask();
            }
        }
    }
}
