package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import vigie.console.words.RoomZone;
import vigie.feed.Feed;
import vigie.feed.FeedCheck;
import vigie.feed.FeedListener;
import vigie.feed.FeedOptions;
import vigie.feed.FeedStatus;
import vigie.feed.Resync;
import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * {@code vigie tail}: each reading as one line the moment it arrives, in JSON unless asked
 * otherwise, and a line for each change of the feed, until it is stopped or nobody reads it any
 * more.
 */
@Command(name = "tail")
final class TailCommand extends Subcommand {
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Mixin private DatabaseOption database;

    @Option(names = "--snapshot")
    private boolean snapshot;

    @Option(names = "--format", paramLabel = "text|json")
    private FormatOption.Choice format = FormatOption.Choice.JSON;

    TailCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault, InterruptedException {
        Configuration configuration = configuration();
        DatabaseAddress address = database.address(invocation(), configuration);
        try (Stopping stopping = new Stopping()) {
            FeedCheck.check(address);
            Lines lines =
                    new Lines(
                            stopping,
                            format == FormatOption.Choice.JSON
                                    ? new JsonLines(invocation().out())
                                    : new TextLines(
                                            invocation(),
                                            RoomZone.of(
                                                    new PlanOption()
                                                            .open(invocation(), configuration)
                                                            .plan())));
            try (Feed feed = new Feed(address, FeedOptions.EVERY_ROW, lines, Clock.systemUTC())) {
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
        private final TailLines lines;
        private final Stopping stopping;
        private String position = "";
        private boolean taken;
        private @Nullable FeedStatus said;

        Lines(Stopping stopping, TailLines lines) {
            this.stopping = stopping;
            this.lines = lines;
        }

        @Override
        public void resync(Resync resync) {
            lines.resync(resync, invocation().words().say(resync.reason()));
            if (!resync.undone().isEmpty()) {
                lines.undone(resync.undone());
            }
            send();
        }

        @Override
        public void recovered(List<Reading> rows) {
            rows.forEach(lines::reading);
            send();
        }

        @Override
        public void snapshot(Group group) {
            position = group.position();
            if (snapshot && !taken) {
                readings(group);
                send();
            }
            taken = true;
        }

        @Override
        public void group(Group group) {
            position = group.position();
            readings(group);
            send();
        }

        @Override
        public void status(FeedStatus status) {
            FeedStatus before = said;
            said = status;
            if (before != null
                    && before.phase() == status.phase()
                    && before.reason().equals(status.reason())) {
                // Only what is counted has changed.
                return;
            }
            String reason = status.reason().map(invocation().words()::say).orElse(null);
            switch (status.phase()) {
                case LIVE -> lines.live(position, status.since(), reason);
                case IDLE -> {
                    // The end of this command.
                }
                case CHECK, SNAPSHOT, CATCHUP, BACKOFF, RESYNC, BLOCKED ->
                        lines.feed(status.phase().name(), reason);
            }
            send();
        }

        private void readings(Group group) {
            for (Fact fact : group.facts()) {
                if (fact instanceof Fact.Observed(Reading reading)) {
                    lines.reading(reading);
                }
            }
        }

        private void send() {
            if (!lines.flush()) {
                stopping.ask();
            }
        }
    }
}
