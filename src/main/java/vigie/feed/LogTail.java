package vigie.feed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.point.Reading;
import vigie.recorder.MissLoader;
import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderSchema;
import vigie.room.Fact;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the end of a server's log once, as the feed would: the only proof that it may be read, and
 * the only place that tells when rows were committed. Each reading ends within {@link #PATIENCE}.
 */
final class LogTail {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /**
     * How many groups back. If they say too little, fewer, for one that changed the tables may be
     * among them; then many, for other databases write groups too.
     */
    private static final long[] DEPTHS = {200, 20, 5_000};

    private static final long FIRST_SERVER_ID = 1_000_000_000L;
    private static final long LAST_SERVER_ID = 4_294_967_294L;
    private static final Pattern GTID = Pattern.compile("(\\d+)-(\\d+)-(\\d+)");

    private final DatabaseAddress address;
    private final HostPort host;

    LogTail(DatabaseAddress address, HostPort host) {
        this.address = address;
        this.host = host;
    }

    /**
     * Begins a stream at the log's end and ends it there.
     *
     * @return what was in the way; empty where nothing was
     */
    Optional<Trouble> probe(GtidPosition end) {
        return read(end, event -> {});
    }

    /**
     * The last commits that brought rows of {@code states}.
     *
     * @param domain the one that the server itself writes
     * @return fewer than asked for, or none, where the log does not reach back or cannot be read
     */
    List<CommitsSeen.Commit> commits(
            RecorderSchema schema, Connections connections, GtidPosition end, String domain) {
        List<CommitsSeen.Commit> commits = List.of();
        for (long depth : DEPTHS) {
            Optional<GtidPosition> from = before(end, domain, depth);
            if (from.isEmpty()) {
                break;
            }
            List<CommitsSeen.Commit> found = new ArrayList<>();
            GroupAssembler groups =
                    new GroupAssembler(
                            schema.name(),
                            Optional.empty(),
                            new RecorderShapes(schema.shapes(), connections::borrow),
                            new RecorderCatalog(MissLoader.NONE),
                            from.get(),
                            group -> commit(group).ifPresent(found::add));
            Optional<Trouble> trouble = read(from.get(), groups::accept);
            if (trouble.isPresent()) {
                LOG.debug("the end of the log: {}", trouble.get().logText());
            }
            commits = found.size() > commits.size() ? found : commits;
            if (found.size() >= CommitsSeen.FEWEST) {
                break;
            }
        }
        return commits;
    }

    private static Optional<CommitsSeen.Commit> commit(WholeGroup group) {
        Instant first = Instant.MAX;
        Instant latest = Instant.MIN;
        for (Fact fact : group.facts()) {
            if (fact instanceof Fact.Observed(Reading reading)) {
                Instant time = reading.time();
                first = time.isBefore(first) ? time : first;
                latest = time.isAfter(latest) ? time : latest;
            }
        }
        return first.equals(Instant.MAX)
                ? Optional.empty()
                : Optional.of(new CommitsSeen.Commit(group.committed(), first, latest));
    }

    private Optional<Trouble> read(GtidPosition from, LogStream.Taker taker) {
        LogStream client =
                LogStream.of(
                        address,
                        host,
                        new StreamStart.AtGtid(from),
                        ThreadLocalRandom.current().nextLong(FIRST_SERVER_ID, LAST_SERVER_ID),
                        LogStream.SILENCE,
                        true);
        Thread deadline =
                Thread.ofVirtual()
                        .name("vigie-doctor-deadline")
                        .start(() -> {
                            try {
                                Thread.sleep(PATIENCE);
                                client.abort();
                            } catch (InterruptedException done) {
                                Thread.currentThread().interrupt();
                            }
                        });
        try {
            LogStream.End end = client.run(taker);
            return end.fault()
                    .map(Trouble::of)
                    .or(() -> end.error().map(error -> Trouble.of(error, address, host)));
        } finally {
            deadline.interrupt();
        }
    }

    /** The position that many groups before; empty where the domain is not in it. */
    static Optional<GtidPosition> before(GtidPosition end, String domain, long groups) {
        StringBuilder text = new StringBuilder();
        boolean found = false;
        Matcher gtid = GTID.matcher(end.toString());
        while (gtid.find()) {
            boolean mine = gtid.group(1).equals(domain);
            found |= mine;
            long sequence = Long.parseUnsignedLong(gtid.group(3));
            long earlier = mine ? Math.max(1, sequence - groups) : sequence;
            text.append(text.isEmpty() ? "" : ",")
                    .append(gtid.group(1))
                    .append('-')
                    .append(gtid.group(2))
                    .append('-')
                    .append(Long.toUnsignedString(earlier));
        }
        return found ? GtidPosition.parse(text.toString()) : Optional.empty();
    }
}
