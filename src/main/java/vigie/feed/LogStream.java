package vigie.feed;

import vigie.store.DatabaseAddress;
import vigie.store.HostPort;

import java.time.Duration;
import java.util.Optional;

/**
 * One connection that streams a server's log: all that the feed knows of the library that speaks
 * the protocol. Another library, or our own reader, would take its place here.
 */
interface LogStream {
    /** How often an idle server says that it is there. */
    Duration HEARTBEAT = Duration.ofSeconds(1);

    /** Silence for this long means that the connection is dead, whatever TCP says. */
    Duration SILENCE = Duration.ofSeconds(3);

    /** Takes events; what it throws ends the connection. */
    interface Taker {
        /**
         * Takes the next event, which is valid only during the call.
         *
         * @throws StreamFault where the stream must not go on
         */
        void take(BinlogEvent event) throws StreamFault;
    }

    /**
     * Why a connection ended; both empty: without a word.
     *
     * @param fault what the taker threw, or an event that cannot be read
     * @param error what the network said, or the server ({@link ServerSaid})
     */
    record End(Optional<StreamFault> fault, Optional<Exception> error) {}

    /**
     * A connection that is not made yet.
     *
     * @param serverId unique among all that read this server's log
     * @param firstSilence how long the server may take to find the beginning
     * @param untilEnd whether to stop at the log's present end instead of waiting for more
     */
    static LogStream of(
            DatabaseAddress address,
            HostPort host,
            StreamStart start,
            long serverId,
            Duration firstSilence,
            boolean untilEnd) {
        return new StreamClient(address, host, start, serverId, firstSilence, untilEnd);
    }

    /** Streams on the calling thread until the connection ends. Called once. */
    End run(Taker taker);

    /** The stream has begun: from now on silence is short. The calling thread of {@link #run}. */
    void begun();

    /** Ends the connection. Any thread; returns at once. */
    void abort();
}
