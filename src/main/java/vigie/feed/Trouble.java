package vigie.feed;

import vigie.store.Accounts;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.store.LoginMethod;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.List;

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

    /** The sentence for an account that has as many connections as it may. */
    static final String LIMIT_OF_ACCOUNT = "feed.limit-of-account";

    private static final int REFUSED = 1045;
    private static final int TOO_MANY_OF_USER = 1203;
    private static final int LIMIT_OF_USER = 1226;
    private static final int NO_RIGHT = 1227;
    private static final int FATAL_ON_READING_LOG = 1236;
    private static final int SAME_SERVER_ID = 4052;

    /** Older servers say it under the number for everything. */
    private static final String SAME_SERVER_ID_TEXT = "same server_uuid/server_id";

    /** The binlog library's own words. */
    private static final String OTHER_METHOD = "unsupported authentication method:";

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
        if (error instanceof ServerSaid said) {
            return ofServer(said, address, name);
        }
        if (has(error, SocketTimeoutException.class)) {
            return new Trouble(
                    Kind.PASSING,
                    Sentence.of("feed.silent", name, Long.toString(LogStream.SILENCE.toSeconds())),
                    "silence of " + name);
        }
        if (String.valueOf(error.getMessage()).contains("does not support SSL")) {
            return new Trouble(Kind.PERSON, Sentence.of("feed.no-tls", name), "no TLS at " + name);
        }
        if (has(error, CertificateException.class)
                || (has(error, SSLException.class) && !isCutOff(error))) {
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

    /** Encryption that ends with its connection is no wrong certificate. */
    private static boolean isCutOff(Exception error) {
        String text = String.valueOf(error.getMessage());
        return has(error, EOFException.class)
                || has(error, SocketException.class)
                || text.contains("close_notify")
                || text.contains("terminated the handshake");
    }

    private static Trouble ofServer(ServerSaid said, DatabaseAddress address, String name) {
        String text = String.valueOf(said.getMessage());
        int code = said.code();
        String logText = name + " says " + code + ": " + text;
        if (code == SAME_SERVER_ID || text.contains(SAME_SERVER_ID_TEXT)) {
            return new Trouble(Kind.PASSING, Sentence.of("feed.same-server-id", name), logText);
        }
        if (said.isAboutLogin() && text.contains(OTHER_METHOD)) {
            String plugin =
                    text.substring(text.indexOf(OTHER_METHOD) + OTHER_METHOD.length()).strip();
            return new Trouble(
                    Kind.PERSON,
                    Sentence.of(
                            "feed.method",
                            name,
                            address.user(),
                            LoginMethod.named(plugin).sentence(plugin),
                            Accounts.passwordRecipe(Accounts.account(address.user(), "%"))),
                    logText);
        }
        return switch (code) {
            case REFUSED ->
                    new Trouble(
                            Kind.PERSON,
                            Sentence.of("feed.refused", name, address.user()),
                            logText);
            case NO_RIGHT ->
                    new Trouble(
                            Kind.PERSON,
                            Sentence.of(
                                    "feed.no-replication-right",
                                    name,
                                    address.user(),
                                    Accounts.account(address.user(), "%")),
                            logText);
            case TOO_MANY_OF_USER, LIMIT_OF_USER ->
                    // There are limits by the hour too, with the same number.
                    text.contains("max_user_connections")
                            ? new Trouble(
                                    Kind.PASSING,
                                    Sentence.of(
                                            LIMIT_OF_ACCOUNT,
                                            name,
                                            address.user(),
                                            Accounts.account(address.user(), "%")),
                                    logText)
                            : ofOtherAnswer(said, address, name, logText);
            case FATAL_ON_READING_LOG -> ofPosition(text, name, logText);
            default -> ofOtherAnswer(said, address, name, logText);
        };
    }

    /** What the log itself has nothing to do with: the same answers come to a question. */
    private static Trouble ofOtherAnswer(
            ServerSaid said, DatabaseAddress address, String name, String logText) {
        Fault meaning =
                Connections.fault(
                        new SQLException(said.getMessage(), said.state(), said.code()), address);
        if (meaning.kind() == Fault.Kind.BLOCKED) {
            return new Trouble(Kind.PERSON, meaning.sentence(), logText);
        }
        return said.isAboutLogin() && meaning.kind() == Fault.Kind.FAILED
                ? new Trouble(
                        Kind.PERSON,
                        Sentence.of(
                                "feed.authentication",
                                name,
                                address.user(),
                                Accounts.passwordRecipe(Accounts.account(address.user(), "%"))),
                        logText)
                : new Trouble(Kind.PASSING, Sentence.of("feed.lost", name), logText);
    }

    /**
     * What the server says of a place in its log.
     *
     * @param part of its text; all of these have one number (MariaDB sql/sql_repl.cc)
     */
    private record Said(String part, Kind kind, String key) {}

    /** The first whose text is found. */
    private static final List<Said> OF_THE_LOG =
            List.of(
                    new Said("inary log is not open", Kind.PERSON, "feed.binlog-off"),
                    new Said("server id was not set", Kind.PERSON, "feed.no-server-id"),
                    new Said("max_allowed_packet", Kind.PERSON, "feed.packet"),
                    new Said("out of disk space", Kind.PERSON, "feed.disk-full"),
                    new Said("diverged", Kind.REWRITTEN, "feed.other-history"),
                    new Said("not in the master's binlog", Kind.REWRITTEN, "feed.other-history"),
                    new Said("could not find next log", Kind.RESYNC, "feed.log-removed"),
                    new Said("purged", Kind.RESYNC, "feed.purged"),
                    new Said("ould not find", Kind.RESYNC, "feed.purged"),
                    new Said("bogus data", Kind.RESYNC, "feed.log-damaged"),
                    new Said("error reading log", Kind.RESYNC, "feed.log-damaged"),
                    new Said("corrupt", Kind.RESYNC, "feed.log-damaged"),
                    new Said("memory allocation failed", Kind.PASSING, "feed.lost"));

    private static Trouble ofPosition(String text, String name, String logText) {
        return OF_THE_LOG.stream()
                .filter(said -> text.contains(said.part()))
                .findFirst()
                .map(said -> new Trouble(said.kind(), Sentence.of(said.key(), name), logText))
                .orElseGet(() ->
                        new Trouble(
                                Kind.RESYNC, Sentence.of("feed.position-refused", name), logText));
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
