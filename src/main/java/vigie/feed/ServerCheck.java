package vigie.feed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether a server can serve a stream of rows. */
final class ServerCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);

    private ServerCheck() {}

    /**
     * Looks at the settings.
     *
     * @param host for the sentences
     * @throws Fault where the log is off or carries statements instead of rows
     */
    static void check(Connection connection, String host) throws SQLException, Fault {
        Map<String, String> settings = new HashMap<>();
        // By name and not as @@variables: a server that lacks one of them answers the others.
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin',"
                                        + " 'binlog_format', 'binlog_row_metadata',"
                                        + " 'binlog_row_image', 'version', 'server_id')")) {
            while (rows.next()) {
                settings.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getString(2));
            }
        }
        if (!"ON".equalsIgnoreCase(settings.get("log_bin"))) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("feed.binlog-off", host),
                    "log_bin is off on " + host);
        }
        String format = settings.getOrDefault("binlog_format", "").toUpperCase(Locale.ROOT);
        if (!"ROW".equals(format)) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("feed.format", host, format),
                    "binlog_format is " + format + " on " + host);
        }
        LOG.info(
                "{}: MariaDB {}, server_id {}, row metadata {}, row image {}",
                host,
                settings.get("version"),
                settings.get("server_id"),
                settings.getOrDefault("binlog_row_metadata", "none"),
                settings.get("binlog_row_image"));
    }

    /**
     * Whether a filter keeps a schema out of the log, so that a stream of it would be silent for
     * ever. Without the right to ask the answer is no; the comparison with the tables finds it
     * then.
     */
    static boolean isKeptOut(Connection connection, String schema) {
        try {
            return filter(connection, schema).filter(set -> set != Filter.NONE).isPresent();
        } catch (SQLException denied) {
            LOG.debug("filters of the log were not told: {}", denied.getMessage());
            return false;
        }
    }

    /** Which setting keeps a schema out of the log. */
    enum Filter {
        /** None. */
        NONE,
        /** {@code binlog_do_db} names others only. */
        LEFT_OUT,
        /** {@code binlog_ignore_db} names it. */
        IGNORED
    }

    /**
     * The filter of the log that concerns a schema.
     *
     * @return empty where the server has no log to tell of
     * @throws SQLException also without the right BINLOG MONITOR
     */
    static Optional<Filter> filter(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW MASTER STATUS")) {
            if (!row.next()) {
                return Optional.empty();
            }
            List<String> only = names(row.getString("Binlog_Do_DB"));
            List<String> never = names(row.getString("Binlog_Ignore_DB"));
            if (!only.isEmpty()) {
                return Optional.of(only.contains(schema) ? Filter.NONE : Filter.LEFT_OUT);
            }
            return Optional.of(never.contains(schema) ? Filter.IGNORED : Filter.NONE);
        }
    }

    private static List<String> names(String list) {
        return list == null
                ? List.of()
                : Arrays.stream(list.split(",")).filter(name -> !name.isBlank()).toList();
    }

    /** Where the server's log ends now; empty where it holds no group. */
    static GtidPosition end(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@global.gtid_binlog_pos")) {
            String text = row.next() ? row.getString(1) : "";
            return GtidPosition.parse(text == null ? "" : text).orElse(GtidPosition.NONE);
        }
    }
}
