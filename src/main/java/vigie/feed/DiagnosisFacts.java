package vigie.feed;

import vigie.recorder.RecorderSchema;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.text.Fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one server answered to the questions of a diagnosis, before anybody judges it.
 *
 * @param host the server
 * @param several whether the address names others beside it
 * @param address with the account that asked
 * @param account as GRANT writes it, {@code 'user'@'host'}: the account that the server took
 * @param settings the server's global variables
 * @param uptime since it was started; empty where it was not told
 * @param login how the account logs in
 * @param rights what it may do
 * @param replicas its sources, where it is a replica
 * @param log its binlog
 * @param recorder Home Assistant's tables
 * @param clock the clocks
 * @param own Vigie's own schema
 */
record DiagnosisFacts(
        HostPort host,
        boolean several,
        DatabaseAddress address,
        String account,
        ServerSettings settings,
        Optional<Duration> uptime,
        Answer<AccountLogin> login,
        Answer<AccountRights> rights,
        Answer<List<Source>> replicas,
        Log log,
        Recorder recorder,
        Clock clock,
        Own own) {

    /** The answer to one question. */
    sealed interface Answer<T> {
        /** It is this. */
        record Known<T>(T value) implements Answer<T> {}

        /** The account may not ask. */
        record Denied<T>() implements Answer<T> {}

        /** No answer came, or one that says nothing. */
        record Unknown<T>() implements Answer<T> {}

        /** The answer where there is one. */
        default Optional<T> known() {
            return this instanceof Known<T>(T value) ? Optional.of(value) : Optional.empty();
        }
    }

    /**
     * Where a replica gets its changes from.
     *
     * @param name the source's host and port
     * @param running whether both of its threads run
     * @param behind how far it is behind; empty where the server does not know
     */
    record Source(String name, boolean running, Optional<Duration> behind) {}

    /**
     * The binlog.
     *
     * @param end where it ends; empty where it holds no group or is off
     * @param files its files' number and bytes in all
     * @param filter whether one keeps the schema out of the log
     * @param stream what came of reading it as the feed does: nothing in the way, or why not;
     *     unknown where it was not tried
     */
    record Log(
            GtidPosition end,
            Answer<Files> files,
            Answer<ServerCheck.Filter> filter,
            Answer<Optional<Trouble>> stream) {
        static final Log NONE =
                new Log(
                        GtidPosition.NONE,
                        new Answer.Unknown<>(),
                        new Answer.Unknown<>(),
                        new Answer.Unknown<>());
    }

    /** The binlog's files. */
    record Files(int count, long bytes) {}

    /**
     * Home Assistant's tables.
     *
     * @param schema empty where they cannot be read
     * @param fault why not
     * @param run the newest run of the recorder; empty where there was none
     * @param newest the time of the newest row (Home Assistant's clock)
     * @param oldest the time of the oldest row
     * @param lastHour rows of the hour before the newest
     * @param commits the last commits, as the log shows them
     */
    record Recorder(
            Optional<RecorderSchema> schema,
            Optional<Fault> fault,
            Answer<Optional<Run>> run,
            Optional<Instant> newest,
            Optional<Instant> oldest,
            OptionalLong lastHour,
            Optional<CommitsSeen> commits) {}

    /**
     * A run of Home Assistant.
     *
     * @param start when it began
     * @param end when it ended in order; empty while it runs, or after a crash
     */
    record Run(Instant start, Optional<Instant> end) {}

    /**
     * The clocks.
     *
     * @param now the database's
     * @param ahead how far the database's clock is ahead of this console's; empty where the answer
     *     took too long to tell
     * @param roundTrip of that question
     */
    record Clock(Instant now, Optional<Duration> ahead, Duration roundTrip) {}

    /**
     * Vigie's own schema.
     *
     * @param schema its name
     * @param account that would write it, as GRANT writes it
     * @param separate whether the address for it names an account of its own
     * @param refused why that account was not let in
     * @param rights of that account
     * @param exists whether it is there, as far as the account may see
     * @param version the last migration; empty where there is none or it may not be read
     */
    record Own(
            String schema,
            String account,
            boolean separate,
            Optional<Fault> refused,
            Answer<AccountRights> rights,
            boolean exists,
            Optional<String> version) {}
}
