package vigie.feed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

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
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT @@global.log_bin, @@global.binlog_format,"
                                        + " @@global.binlog_row_metadata, @@global.binlog_row_image,"
                                        + " VERSION(), @@global.server_id")) {
            if (!row.next()) {
                throw new SQLException("no answer to the question for settings", "08000");
            }
            if (row.getInt(1) == 0) {
                throw new Fault(
                        Fault.Kind.BLOCKED,
                        Sentence.of("feed.binlog-off", host),
                        "log_bin is off on " + host);
            }
            String format = row.getString(2).toUpperCase(Locale.ROOT);
            if (!"ROW".equals(format)) {
                throw new Fault(
                        Fault.Kind.BLOCKED,
                        Sentence.of("feed.format", host, format),
                        "binlog_format is " + format + " on " + host);
            }
            LOG.info(
                    "{}: MariaDB {}, server_id {}, row metadata {}, row image {}",
                    host,
                    row.getString(5),
                    row.getLong(6),
                    row.getString(3),
                    row.getString(4));
        }
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
