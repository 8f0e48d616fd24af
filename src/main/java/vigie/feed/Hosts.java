package vigie.feed;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.Connections;
import vigie.store.HostPort;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Chooses the server to follow among those of an address: the one that takes writes. While none
 * does, a replica serves that holds all we have seen; one that lags behind us would show an older
 * room than we do.
 *
 * <p>All hosts are asked at once, so that a dead one costs no time. Feed's thread only, but for
 * {@link #borrow}.
 */
final class Hosts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hosts.class);
    private static final Duration QUESTION_PATIENCE = Duration.ofSeconds(3);

    /** A little more than one attempt to connect and one question. */
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(7);

    /** How long another writable host waits for an answer of the one followed so far. */
    private static final Duration COURTESY = Duration.ofMillis(300);

    /**
     * A host that let us in.
     *
     * @param connection to be closed by who chose it
     * @param writable whether it takes writes
     * @param writesLog whether it has a binlog
     * @param end where its log ends
     */
    record Candidate(
            HostPort host,
            Connection connection,
            boolean writable,
            boolean writesLog,
            GtidPosition end) {}

    private record Answer(HostPort host, @Nullable Candidate candidate, @Nullable Fault fault) {}

    private final Connections connections;
    private final Map<HostPort, Connections> pools = new ConcurrentHashMap<>();
    private volatile HostPort favourite;

    Hosts(Connections connections) {
        this.connections = connections;
        favourite = connections.address().hosts().getFirst();
    }

    /** The host that is followed, or tried first. */
    HostPort favourite() {
        return favourite;
    }

    /**
     * A connection for a question about what the stream brought: to the host that is followed and
     * to no other, for another may lag behind or be ahead. Any thread.
     */
    Connection borrow() throws Fault {
        HostPort host = favourite;
        return pools.computeIfAbsent(
                        host, at -> new Connections(connections.address().at(at), "vigie-feed"))
                .borrow();
    }

    @Override
    public void close() {
        pools.values().forEach(Connections::close);
    }

    /**
     * Chooses, and makes it the favourite.
     *
     * @param mine what has been seen; empty: nothing yet
     * @throws Fault where none can be followed now: that of the favourite, or why a replica will
     *     not do
     */
    Candidate choose(GtidPosition mine) throws Fault, InterruptedException {
        List<HostPort> hosts = connections.address().hosts();
        if (hosts.size() == 1) {
            return ask(connections, favourite);
        }
        BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        AtomicBoolean decided = new AtomicBoolean();
        for (HostPort host : hosts) {
            Thread.ofVirtual()
                    .name("vigie-feed-ask-" + host)
                    .start(() -> answer(host, answers, decided));
        }
        Map<HostPort, Answer> got = new HashMap<>();
        Candidate chosen = null;
        try {
            chosen = collect(hosts, answers, got, mine);
        } finally {
            decided.set(true);
            for (Answer late = answers.poll(); late != null; late = answers.poll()) {
                got.put(late.host(), late);
            }
            for (Answer answer : got.values()) {
                if (answer.candidate() != null
                        && (chosen == null || !answer.host().equals(chosen.host()))) {
                    close(answer.candidate().connection());
                }
            }
        }
        if (!chosen.host().equals(favourite)) {
            LOG.info("following {} now, not {}", chosen.host(), favourite);
            favourite = chosen.host();
        }
        return chosen;
    }

    private Candidate collect(
            List<HostPort> hosts,
            BlockingQueue<Answer> answers,
            Map<HostPort, Answer> got,
            GtidPosition mine)
            throws Fault, InterruptedException {
        long began = System.nanoTime();
        while (got.size() < hosts.size()) {
            Optional<Candidate> writable = writable(hosts, got);
            boolean sure =
                    writable.isPresent()
                            && (got.containsKey(favourite)
                                    || System.nanoTime() - began > COURTESY.toNanos());
            if (sure) {
                return writable.get();
            }
            long wait =
                    (writable.isPresent() ? COURTESY : LONGEST_SEARCH).toNanos()
                            - (System.nanoTime() - began);
            Answer next = answers.poll(Math.max(1, wait), TimeUnit.NANOSECONDS);
            if (next != null) {
                got.put(next.host(), next);
            } else if (System.nanoTime() - began > LONGEST_SEARCH.toNanos()) {
                break;
            }
        }
        Optional<Candidate> writable = writable(hosts, got);
        return writable.isPresent() ? writable.get() : replica(hosts, got, mine);
    }

    private Optional<Candidate> writable(List<HostPort> hosts, Map<HostPort, Answer> got) {
        Candidate first = null;
        for (HostPort host : hosts) {
            Answer answer = got.get(host);
            Candidate candidate = answer == null ? null : answer.candidate();
            if (candidate != null && candidate.writable()) {
                if (host.equals(favourite)) {
                    return Optional.of(candidate);
                }
                first = first == null ? candidate : first;
            }
        }
        return Optional.ofNullable(first);
    }

    private Candidate replica(List<HostPort> hosts, Map<HostPort, Answer> got, GtidPosition mine)
            throws Fault {
        Candidate behind = null;
        Candidate first = null;
        for (HostPort host : hosts) {
            Answer answer = got.get(host);
            Candidate candidate = answer == null ? null : answer.candidate();
            if (candidate == null) {
                continue;
            }
            if (!candidate.end().covers(mine)) {
                behind = candidate;
            } else if (host.equals(favourite)) {
                return candidate;
            } else {
                first = first == null ? candidate : first;
            }
        }
        if (first != null) {
            return first;
        }
        if (behind != null) {
            throw new Fault(
                    Fault.Kind.PASSING,
                    Sentence.of("feed.only-behind", behind.host().toString()),
                    "no primary, and " + behind.host() + " is at " + behind.end());
        }
        Answer favourites = got.get(favourite);
        if (favourites != null && favourites.fault() != null) {
            throw favourites.fault();
        }
        throw got.values().stream()
                .map(Answer::fault)
                .filter(fault -> fault != null)
                .findFirst()
                .orElseGet(() ->
                        new Fault(
                                Fault.Kind.PASSING,
                                Sentence.of("feed.lost", favourite.toString()),
                                "no host answered in time"));
    }

    private void answer(HostPort host, BlockingQueue<Answer> answers, AtomicBoolean decided) {
        Answer answer;
        try {
            answer = new Answer(host, ask(connections, host), null);
        } catch (Fault away) {
            answer = new Answer(host, null, away);
        }
        answers.add(answer);
        // Too late: whoever takes it out of the queue closes it.
        if (decided.get() && answers.remove(answer) && answer.candidate() != null) {
            close(answer.candidate().connection());
        }
    }

    /** Asks one host. */
    static Candidate ask(Connections connections, HostPort host) throws Fault {
        Connection connection = connections.single(host);
        boolean told = false;
        try {
            connection.setNetworkTimeout(Runnable::run, (int) QUESTION_PATIENCE.toMillis());
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    "SELECT @@global.read_only, @@global.gtid_binlog_pos,"
                                            + " @@global.log_bin")) {
                if (!row.next()) {
                    throw new SQLException("no answer", "08000");
                }
                String end = row.getString(2);
                Candidate candidate =
                        new Candidate(
                                host,
                                connection,
                                "0".equals(row.getString(1))
                                        || "OFF".equalsIgnoreCase(row.getString(1)),
                                row.getInt(3) == 1,
                                GtidPosition.parse(end == null ? "" : end)
                                        .orElse(GtidPosition.NONE));
                told = true;
                return candidate;
            }
        } catch (SQLException failed) {
            throw connections.fault(failed);
        } finally {
            if (!told) {
                close(connection);
            }
        }
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException closing) {
            LOG.debug("while closing a question's connection", closing);
        }
    }
}
