package vigie.feed;

import vigie.recorder.RecorderSchema;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Asks once whether a feed can work, before anything is begun that a refusal would end. */
public final class FeedCheck {
    private FeedCheck() {}

    /**
     * Asks for the login, the log's format, the tables, and the right to read the log. A server
     * that writes no log passes: its tables are asked instead.
     *
     * @throws Fault that says what is in the way and what to do
     */
    public static void check(DatabaseAddress address) throws Fault {
        try (Connections connections = new Connections(address, "vigie-check");
                Hosts hosts = new Hosts(connections)) {
            Hosts.Candidate candidate = hosts.choose(GtidPosition.NONE);
            boolean streams = candidate.writesLog();
            try (Connection connection = candidate.connection()) {
                if (streams) {
                    ServerCheck.check(connection, candidate.host().toString());
                }
                RecorderSchema.read(connection);
            } catch (SQLException failed) {
                throw connections.fault(failed);
            }
            if (streams && !candidate.end().isEmpty()) {
                checkRight(address, candidate.host(), candidate.end());
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only the server knows whether it would serve us: the stream is begun and ended. */
    private static void checkRight(DatabaseAddress address, HostPort host, GtidPosition end)
            throws Fault {
        LogStream probe =
                LogStream.of(
                        address,
                        host,
                        new StreamStart.AtGtid(end),
                        StreamEnds.newServerId(),
                        LogStream.SILENCE,
                        true);
        Optional<Exception> error = probe.run(event -> {}).error();
        if (error.isPresent()) {
            Trouble trouble = Trouble.of(error.get(), address, host);
            if (trouble.kind() == Trouble.Kind.PERSON) {
                throw new Fault(Fault.Kind.BLOCKED, trouble.sentence(), trouble.logText());
            }
        }
    }
}
