package vigie.feed;

import vigie.store.DatabaseAddress;
import vigie.store.HostPort;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Says why a stream ended, knowing how the ones before it did: what helps against the first end may
 * not help against the second. Feed's thread only.
 */
final class StreamEnds {
    private static final Duration LONGEST_FIRST_SILENCE = Duration.ofMinutes(1);
    private static final Duration MEMORY = Duration.ofMinutes(1);

    /** Server ids below are what people choose for their servers. */
    private static final long FIRST_SERVER_ID = 1_000_000_000L;

    private static final long LAST_SERVER_ID = 4_294_967_294L;

    private final DatabaseAddress address;
    private Duration firstSilence = LogStream.SILENCE;
    private long serverId = newServerId();
    private long serverIdTakenAt;
    private boolean serverIdTaken;
    private String poisonedAt = "";

    StreamEnds(DatabaseAddress address) {
        this.address = address;
    }

    /** A number that no other reader of the log is likely to have. */
    static long newServerId() {
        return ThreadLocalRandom.current().nextLong(FIRST_SERVER_ID, LAST_SERVER_ID);
    }

    /** The number that the next stream goes by. */
    long serverId() {
        return serverId;
    }

    /** How long the next stream waits for the server to find the place. */
    Duration firstSilence() {
        return firstSilence;
    }

    /** The server has found the place. */
    void accepted() {
        firstSilence = LogStream.SILENCE;
    }

    /** A snapshot leads around what could not be taken. */
    void beginAnew() {
        poisonedAt = "";
    }

    /**
     * Why a stream ended.
     *
     * @param accepted whether the server had found the place
     * @param position the last whole group
     */
    Trouble trouble(LogStream.End ended, HostPort host, boolean accepted, GtidPosition position) {
        if (ended.fault().isPresent()) {
            return ofFault(ended.fault().get(), position);
        }
        if (ended.error().isEmpty()) {
            return Trouble.ended(host);
        }
        Trouble trouble = Trouble.of(ended.error().get(), address, host);
        if (trouble.sentence().key().equals("feed.same-server-id")) {
            return sameServerId(trouble);
        }
        if (trouble.kind() == Trouble.Kind.PASSING && !accepted) {
            // Finding an old place in a large log may take the server long, without a heartbeat.
            Duration doubled = firstSilence.multipliedBy(2);
            firstSilence =
                    doubled.compareTo(LONGEST_FIRST_SILENCE) < 0 ? doubled : LONGEST_FIRST_SILENCE;
        }
        return trouble;
    }

    /** Another reader with our number throws us out: once by chance, twice by somebody's choice. */
    private Trouble sameServerId(Trouble trouble) {
        long now = System.nanoTime();
        boolean again = serverIdTaken && now - serverIdTakenAt < MEMORY.toNanos();
        serverIdTaken = true;
        serverIdTakenAt = now;
        serverId = newServerId();
        return again
                ? new Trouble(Trouble.Kind.PERSON, trouble.sentence(), trouble.logText())
                : trouble;
    }

    /** An event that cannot be taken is tried once more; then a snapshot goes around it. */
    private Trouble ofFault(StreamFault fault, GtidPosition position) {
        Trouble trouble = Trouble.of(fault);
        if (fault.remedy() != StreamFault.Remedy.RETRY) {
            return trouble;
        }
        String at = position + " ";
        if (at.equals(poisonedAt)) {
            return new Trouble(Trouble.Kind.RESYNC, trouble.sentence(), trouble.logText());
        }
        poisonedAt = at;
        return trouble;
    }
}
