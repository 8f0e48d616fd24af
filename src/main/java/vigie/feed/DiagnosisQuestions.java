package vigie.feed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.feed.DiagnosisFacts.Answer;
import vigie.recorder.RecorderSchema;
import vigie.recorder.SourceTime;
import vigie.store.Accounts;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Asks one server what a diagnosis wants to know. Each question may fail by itself; the others are
 * asked all the same, as long as the connection lasts. It writes nothing.
 */
final class DiagnosisQuestions {
    private static final Logger LOG = LoggerFactory.getLogger(DiagnosisQuestions.class);

    private static final Duration SILENCE = Duration.ofSeconds(4);
    private static final int LONGEST_STATEMENT_SECONDS = 2;

    /** An answer that took longer says too little of a clock. */
    private static final Duration LONGEST_ROUND_TRIP = Duration.ofSeconds(1);

    private static final int QUESTIONS_FOR_TIME = 3;
    private static final int SECONDS_OF_HOUR = 3_600;

    /** "Access denied" in its several forms. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227, 1370);

    private final Connections connections;
    private final Connection connection;
    private final HostPort host;
    private final Clock clock;

    /**
     * @param connection of the account, used by nobody else; its session is changed
     * @param clock this console's
     */
    DiagnosisQuestions(Connections connections, Connection connection, HostPort host, Clock clock) {
        this.connections = connections;
        this.connection = connection;
        this.host = host;
        this.clock = clock;
    }

    /**
     * Asks everything.
     *
     * @param own Vigie's own schema and the account for it, at the same host
     * @throws SQLException where not even the settings are answered
     */
    DiagnosisFacts ask(boolean several, DatabaseAddress own) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, (int) SILENCE.toMillis());
        try (Statement statement = connection.createStatement()) {
            // Names in answers stand in backquotes, and no lock of a migration holds us up.
            statement.execute(
                    "SET SESSION sql_mode = '', max_statement_time = "
                            + LONGEST_STATEMENT_SECONDS
                            + ", lock_wait_timeout = "
                            + LONGEST_STATEMENT_SECONDS);
        }
        DatabaseAddress address = connections.address();
        ServerSettings settings = ServerSettings.read(connection);
        String account =
                text("SELECT CURRENT_USER()")
                        .known()
                        .map(Accounts::ofCurrentUser)
                        .orElseGet(() -> Accounts.account(address.user(), "%"));
        Answer<AccountRights> rights = rights(connection);
        Optional<RecorderSchema> schema = Optional.empty();
        Optional<Fault> fault = Optional.empty();
        try {
            schema = Optional.of(RecorderSchema.read(connection));
        } catch (SQLException failed) {
            fault = Optional.of(connections.fault(failed));
        } catch (Fault unreadable) {
            fault = Optional.of(unreadable);
        }
        LogTail tail = new LogTail(address, host);
        DiagnosisFacts.Log log = log(settings, address.schema(), tail);
        return new DiagnosisFacts(
                host,
                several,
                address,
                account,
                settings,
                uptime(),
                map(text("SHOW CREATE USER"), AccountLogin::read),
                rights,
                replicas(),
                log,
                recorder(schema, fault, settings, log, tail),
                clock(),
                own(own, account, rights));
    }

    /** The schema with Home Assistant's tables, where the account can see exactly one. */
    static Optional<String> schemaOfHomeAssistant(DatabaseAddress address, HostPort host) {
        try (Connections others =
                        new Connections(
                                address.withSchema("information_schema"), "vigie-doctor-schema");
                Connection other = others.single(host)) {
            other.setNetworkTimeout(Runnable::run, (int) SILENCE.toMillis());
            try (Statement statement = other.createStatement();
                    ResultSet rows =
                            statement.executeQuery(
                                    "SELECT table_schema FROM information_schema.tables"
                                            + " WHERE table_name IN ('states', 'states_meta')"
                                            + " GROUP BY table_schema HAVING COUNT(*) = 2")) {
                Optional<String> found =
                        rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
                return rows.next() ? Optional.empty() : found;
            }
        } catch (SQLException | Fault away) {
            LOG.info("the schemas that can be seen: {}", away.getMessage());
            return Optional.empty();
        }
    }

    // ---- the account

    private static Answer<AccountRights> rights(Connection of) {
        try (Statement statement = of.createStatement();
                ResultSet rows = statement.executeQuery("SHOW GRANTS")) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return new Answer.Known<>(AccountRights.read(lines));
        } catch (SQLException failed) {
            return failed(failed);
        }
    }

    // ---- the server

    private Optional<Duration> uptime() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Uptime'")) {
            return row.next() ? Optional.of(Duration.ofSeconds(row.getLong(2))) : Optional.empty();
        } catch (SQLException failed) {
            return Optional.empty();
        }
    }

    private Answer<List<DiagnosisFacts.Source>> replicas() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW ALL SLAVES STATUS")) {
            List<DiagnosisFacts.Source> sources = new ArrayList<>();
            while (rows.next()) {
                long behind = rows.getLong("Seconds_Behind_Master");
                boolean isTold = !rows.wasNull();
                sources.add(
                        new DiagnosisFacts.Source(
                                rows.getString("Master_Host") + ":" + rows.getInt("Master_Port"),
                                "Yes".equals(rows.getString("Slave_IO_Running"))
                                        && "Yes".equals(rows.getString("Slave_SQL_Running")),
                                isTold
                                        ? Optional.of(Duration.ofSeconds(behind))
                                        : Optional.empty()));
            }
            return new Answer.Known<>(sources);
        } catch (SQLException failed) {
            return failed(failed);
        }
    }

    // ---- the log

    private DiagnosisFacts.Log log(ServerSettings settings, String schema, LogTail tail) {
        if (!settings.isOn("log_bin")) {
            return DiagnosisFacts.Log.NONE;
        }
        GtidPosition end;
        try {
            end = ServerCheck.end(connection);
        } catch (SQLException failed) {
            LOG.info("the end of the log: {}", failed.getMessage());
            end = GtidPosition.NONE;
        }
        return new DiagnosisFacts.Log(
                end,
                files(),
                filter(schema),
                end.isEmpty() ? new Answer.Unknown<>() : new Answer.Known<>(tail.probe(end)));
    }

    private Answer<DiagnosisFacts.Files> files() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW BINARY LOGS")) {
            int count = 0;
            long bytes = 0;
            while (rows.next()) {
                count++;
                bytes += rows.getLong(2);
            }
            return new Answer.Known<>(new DiagnosisFacts.Files(count, bytes));
        } catch (SQLException failed) {
            return failed(failed);
        }
    }

    private Answer<ServerCheck.Filter> filter(String schema) {
        try {
            return ServerCheck.filter(connection, schema)
                    .<Answer<ServerCheck.Filter>>map(Answer.Known::new)
                    .orElseGet(Answer.Unknown::new);
        } catch (SQLException failed) {
            return failed(failed);
        }
    }

    // ---- Home Assistant's tables

    private DiagnosisFacts.Recorder recorder(
            Optional<RecorderSchema> schema,
            Optional<Fault> fault,
            ServerSettings settings,
            DiagnosisFacts.Log log,
            LogTail tail) {
        if (schema.isEmpty()) {
            return new DiagnosisFacts.Recorder(
                    schema,
                    fault,
                    new Answer.Unknown<>(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty());
        }
        boolean mayStream =
                log.stream() instanceof Answer.Known<Optional<Trouble>>(var trouble)
                        && trouble.isEmpty();
        return new DiagnosisFacts.Recorder(
                schema,
                fault,
                run(),
                time("SELECT MAX(last_updated_ts) FROM states"),
                time("SELECT MIN(last_updated_ts) FROM states"),
                rows(),
                mayStream
                        ? CommitsSeen.of(
                                tail.commits(
                                        schema.get(),
                                        connections,
                                        log.end(),
                                        settings.text("gtid_domain_id")))
                        : Optional.empty());
    }

    private Answer<Optional<DiagnosisFacts.Run>> run() {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT start, `end` FROM recorder_runs"
                                        + " ORDER BY run_id DESC LIMIT 1")) {
            if (!row.next()) {
                return new Answer.Known<>(Optional.empty());
            }
            LocalDateTime start = row.getObject(1, LocalDateTime.class);
            LocalDateTime end = row.getObject(2, LocalDateTime.class);
            return start == null
                    ? new Answer.Unknown<>()
                    : new Answer.Known<>(
                            Optional.of(
                                    new DiagnosisFacts.Run(
                                            start.toInstant(ZoneOffset.UTC),
                                            Optional.ofNullable(end)
                                                    .map(at -> at.toInstant(ZoneOffset.UTC)))));
        } catch (SQLException failed) {
            return failed(failed);
        }
    }

    private Optional<Instant> time(String question) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            if (!row.next()) {
                return Optional.empty();
            }
            double seconds = row.getDouble(1);
            return row.wasNull() ? Optional.empty() : SourceTime.of(seconds);
        } catch (SQLException failed) {
            LOG.info("{}: {}", question, failed.getMessage());
            return Optional.empty();
        }
    }

    /** The rows of the hour before the newest: by the index, and cut off where they are many. */
    private OptionalLong rows() {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT COUNT(*) FROM states WHERE last_updated_ts >"
                                        + " (SELECT MAX(last_updated_ts) FROM states) - "
                                        + SECONDS_OF_HOUR)) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        } catch (SQLException failed) {
            LOG.info("the rows of an hour: {}", failed.getMessage());
            return OptionalLong.empty();
        }
    }

    // ---- clocks

    private DiagnosisFacts.Clock clock() {
        Duration least = LONGEST_ROUND_TRIP;
        Optional<Duration> ahead = Optional.empty();
        Instant now = clock.instant();
        for (int i = 0; i < QUESTIONS_FOR_TIME; i++) {
            Instant before = clock.instant();
            long began = System.nanoTime();
            Optional<Instant> database = databaseNow();
            Duration roundTrip = Duration.ofNanos(System.nanoTime() - began);
            if (database.isPresent()) {
                now = database.get();
                if (roundTrip.compareTo(least) < 0) {
                    least = roundTrip;
                    ahead =
                            Optional.of(
                                    Duration.between(
                                            before.plus(roundTrip.dividedBy(2)), database.get()));
                }
            }
        }
        return new DiagnosisFacts.Clock(now, ahead, least);
    }

    private Optional<Instant> databaseNow() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT UTC_TIMESTAMP(6)")) {
            return row.next()
                    ? Optional.ofNullable(row.getObject(1, LocalDateTime.class))
                            .map(at -> at.toInstant(ZoneOffset.UTC))
                    : Optional.empty();
        } catch (SQLException failed) {
            return Optional.empty();
        }
    }

    // ---- Vigie's own schema

    private DiagnosisFacts.Own own(
            DatabaseAddress own, String account, Answer<AccountRights> rights) {
        if (own.user().equals(connections.address().user())
                && own.password().equals(connections.address().password())) {
            return own(connection, own.schema(), account, false, rights);
        }
        try (Connections others =
                        new Connections(own.withSchema("information_schema"), "vigie-doctor-own");
                Connection other = others.single(host)) {
            other.setNetworkTimeout(Runnable::run, (int) SILENCE.toMillis());
            return own(other, own.schema(), Accounts.account(own.user(), "%"), true, rights(other));
        } catch (SQLException failed) {
            return refused(own, Connections.fault(failed, own.at(host)));
        } catch (Fault refused) {
            return refused(own, refused);
        }
    }

    private static DiagnosisFacts.Own refused(DatabaseAddress own, Fault why) {
        LOG.info("the account for Vigie's own schema: {}", why.getMessage());
        return new DiagnosisFacts.Own(
                own.schema(),
                Accounts.account(own.user(), "%"),
                true,
                Optional.of(why),
                new Answer.Unknown<>(),
                false,
                Optional.empty());
    }

    private static DiagnosisFacts.Own own(
            Connection of,
            String schema,
            String account,
            boolean separate,
            Answer<AccountRights> rights) {
        boolean exists = false;
        Optional<String> version = Optional.empty();
        try (PreparedStatement statement =
                of.prepareStatement(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = ?"
                                + " AND table_name = 'flyway_schema_history'")) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                exists = row.next();
            }
        } catch (SQLException failed) {
            LOG.info("Vigie's own schema: {}", failed.getMessage());
        }
        if (exists) {
            try (Statement statement = of.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    "SELECT version FROM `"
                                            + schema.replace("`", "``")
                                            + "`.flyway_schema_history WHERE success = 1"
                                            + " ORDER BY installed_rank DESC LIMIT 1")) {
                version = row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            } catch (SQLException failed) {
                LOG.info("the version of Vigie's own schema: {}", failed.getMessage());
            }
        }
        return new DiagnosisFacts.Own(
                schema, account, separate, Optional.empty(), rights, exists, version);
    }

    // ---- questions

    private Answer<String> text(String question) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            String value = row.next() ? row.getString(1) : null;
            return value == null ? new Answer.Unknown<>() : new Answer.Known<>(value);
        } catch (SQLException failed) {
            return failed(failed);
        }
    }

    private static <T, R> Answer<R> map(
            Answer<T> answer, java.util.function.Function<T, R> function) {
        return switch (answer) {
            case Answer.Known<T>(T value) -> new Answer.Known<>(function.apply(value));
            case Answer.Denied<T>() -> new Answer.Denied<>();
            case Answer.Unknown<T>() -> new Answer.Unknown<>();
        };
    }

    private static <T> Answer<T> failed(SQLException failed) {
        LOG.debug("not answered: {}", failed.getMessage());
        return DENIED.contains(failed.getErrorCode())
                ? new Answer.Denied<>()
                : new Answer.Unknown<>();
    }
}
