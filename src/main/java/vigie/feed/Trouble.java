package vigie.feed;

import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.ServerException;

import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;

import javax.net.ssl.SSLException;

/**
 * Why the feed is not live.
 *
 * @param kind what helps
 * @param sentence for the operator
 * @param logText for the log
 */
record Trouble(Kind kind, Sentence sentence, String logText) {
    /** What helps. */
    enum Kind {
        /** Time: the same again, from the same position. */
        PASSING,
        /** A new snapshot. */
        RESYNC,
        /** A new snapshot, and a look at what has happened at all: the log is another one now. */
        REWRITTEN,
        /** A new snapshot: {@code states} was emptied, and its ids are given again. */
        EMPTIED,
        /** A new snapshot, for we were too slow for the stream. */
        SKIP,
        /** A person. */
        PERSON
    }

    private static final int REFUSED = 1045;
    private static final int NO_RIGHT = 1227;
    private static final int FATAL_ON_READING_LOG = 1236;
    private static final int TOO_MANY_CONNECTIONS = 1040;
    private static final int SHUTDOWN = 1053;
    private static final int SAME_SERVER_ID = 4052;
    private static final int CAUSES_LOOKED_AT = 8;

    /** What a fault of the checks or of a connection means. */
    static Trouble of(Fault fault) {
        return new Trouble(
                fault.kind() == Fault.Kind.PASSING ? Kind.PASSING : Kind.PERSON,
                fault.sentence(),
                String.valueOf(fault.getMessage()));
    }

    /** What a stream's fault means. */
    static Trouble of(StreamFault fault) {
        Kind kind =
                switch (fault.remedy()) {
                    case RETRY, MOVE -> Kind.PASSING;
                    case RESYNC -> Kind.RESYNC;
                    case REWRITTEN -> Kind.REWRITTEN;
                    case EMPTIED -> Kind.EMPTIED;
                    case SKIP -> Kind.SKIP;
                    case PERSON -> Kind.PERSON;
                };
        return new Trouble(kind, fault.sentence(), String.valueOf(fault.getMessage()));
    }

    /** What the end of a stream means, by what the server or the network said. */
    static Trouble of(Exception error, DatabaseAddress address, HostPort host) {
        String name = host.toString();
        if (error instanceof ServerException said) {
            return ofServer(said, address, name);
        }
        if (has(error, SocketTimeoutException.class)) {
            return new Trouble(
                    Kind.PASSING,
                    Sentence.of(
                            "feed.silent", name, Long.toString(StreamClient.SILENCE.toSeconds())),
                    "silence of " + name);
        }
        if (has(error, CertificateException.class) || has(error, SSLException.class)) {
            return new Trouble(
                    Kind.PERSON, Sentence.of("feed.tls", name), "TLS with " + name + ": " + error);
        }
        return lost(name, error.toString());
    }

    /** The connection ended without a word. */
    static Trouble ended(HostPort host) {
        return lost(host.toString(), "end of stream");
    }

    private static Trouble lost(String name, String logText) {
        return new Trouble(
                Kind.PASSING,
                Sentence.of("feed.lost", name),
                "connection to " + name + " lost: " + logText);
    }

    private static Trouble ofServer(ServerException said, DatabaseAddress address, String name) {
        String text = String.valueOf(said.getMessage());
        int code = said.getErrorCode();
        String logText = name + " says " + code + ": " + text;
        return switch (code) {
            case REFUSED ->
                    new Trouble(
                            Kind.PERSON,
                            Sentence.of("feed.refused", name, address.user()),
                            logText);
            case NO_RIGHT ->
                    new Trouble(
                            Kind.PERSON,
                            Sentence.of("feed.no-replication-right", name, address.user()),
                            logText);
            case FATAL_ON_READING_LOG -> ofPosition(text, name, logText);
            case TOO_MANY_CONNECTIONS, SHUTDOWN, SAME_SERVER_ID ->
                    new Trouble(Kind.PASSING, Sentence.of("feed.lost", name), logText);
            default ->
                    said instanceof AuthenticationException
                            ? new Trouble(
                                    Kind.PERSON,
                                    Sentence.of("feed.authentication", name, address.user()),
                                    logText)
                            : new Trouble(Kind.PASSING, Sentence.of("feed.lost", name), logText);
        };
    }

    /** All of these have one number; only the text tells them apart (MariaDB sql/sql_repl.cc). */
    private static Trouble ofPosition(String text, String name, String logText) {
        if (text.contains("inary log is not open")) {
            return new Trouble(Kind.PERSON, Sentence.of("feed.binlog-off", name), logText);
        }
        if (text.contains("max_allowed_packet")) {
            return new Trouble(Kind.PERSON, Sentence.of("feed.packet", name), logText);
        }
        if (text.contains("diverged") || text.contains("not in the master's binlog")) {
            return new Trouble(Kind.REWRITTEN, Sentence.of("feed.other-history", name), logText);
        }
        String why =
                text.contains("purged")
                                || text.contains("Could not find")
                                || text.contains("could not find")
                        ? "feed.purged"
                        : "feed.position-refused";
        return new Trouble(Kind.RESYNC, Sentence.of(why, name), logText);
    }

    private static boolean has(Throwable error, Class<? extends Throwable> type) {
        Throwable at = error;
        for (int depth = 0; at != null && depth < CAUSES_LOOKED_AT; depth++) {
            if (type.isInstance(at)) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }
}
