package vigie.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.Serial;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies of the small tables of Vigie's own schema, made before a migration changes something: of
 * the table {@code note} at version 4 the copy is {@code backup_v4_note}, beside it. The table
 * {@code backup_v4} is made last and means that all copies of version 4 are whole; it says when
 * they were made, and when the migration after them was done. The newest two sets are kept.
 *
 * <p>Not copied are the tables of the archive, which grow for good: a migration may only add to
 * them. Used under the lock of the migration, by one thread.
 */
final class SchemaBackup {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaBackup.class);

    private static final int KEPT = 2;

    /** Bytes of one table; beyond it a copy would take minutes and space that nobody expects. */
    private static final long LARGEST = 64L * 1024 * 1024;

    private static final Set<String> BULK =
            Set.of("reading", "amended", "late", "text_change", "minutes", "quarters", "hours");

    private static final Pattern COPY = Pattern.compile("backup_v(?<version>\\d{1,9})(?:_.*)?");

    private final Connection connection;
    private final String schema;
    private final int version;

    /**
     * @param connection with the schema as its own
     * @param version that the tables have now
     */
    SchemaBackup(Connection connection, String schema, int version) {
        this.connection = connection;
        this.schema = schema;
        this.version = version;
    }

    /**
     * Copies what is to be copied, in one transaction, so that the copies belong together.
     *
     * @param broken whether a migration from this version was broken off: then a copy that was made
     *     before it is the better one and stays
     * @throws NotMade there is no whole copy, and the tables are as they were
     */
    void make(boolean broken) throws NotMade {
        try {
            if (isBegun(broken)) {
                return;
            }
            drop(version);
            List<String> tables = small();
            try (Statement statement = connection.createStatement()) {
                for (String table : tables) {
                    statement.execute("CREATE TABLE " + copy(table) + " LIKE " + own(table));
                }
                connection.setAutoCommit(false);
                try {
                    for (String table : tables) {
                        statement.execute(
                                "INSERT INTO " + copy(table) + " SELECT * FROM " + own(table));
                    }
                    connection.commit();
                } finally {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
                statement.execute(
                        "CREATE TABLE "
                                + own(mark(version))
                                + " (made_at DATETIME(6) NOT NULL, migrated_at DATETIME(6))"
                                + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
                                + " COMMENT='the copies of this version are whole'");
                statement.execute(
                        "INSERT INTO " + own(mark(version)) + " VALUES (UTC_TIMESTAMP(6), NULL)");
            }
            LOG.info("{} tables of schema {} copied at version {}", tables.size(), schema, version);
        } catch (SQLException failed) {
            throw new NotMade(failed);
        }
    }

    /** Notes that the migration was done and forgets the copies that are past keeping. */
    void tidy() throws SQLException {
        TreeSet<Integer> whole = new TreeSet<>(Comparator.reverseOrder());
        Set<Integer> all = new TreeSet<>();
        for (String table : tables()) {
            Matcher copy = COPY.matcher(table);
            if (copy.matches()) {
                int its = Integer.parseInt(copy.group("version"));
                all.add(its);
                if (table.equals(mark(its))) {
                    whole.add(its);
                }
            }
        }
        if (whole.contains(version)) {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(
                        "UPDATE " + own(mark(version)) + " SET migrated_at=UTC_TIMESTAMP(6)");
            }
        }
        List<Integer> kept = whole.stream().limit(KEPT).toList();
        for (int other : all) {
            if (!kept.contains(other)) {
                drop(other);
            }
        }
    }

    /**
     * Whether there is a whole copy from before a migration that did not come to its end, whether
     * the server said so or the process was killed. A copy made a day ago may miss what an older
     * program wrote meanwhile; what was half migrated still has all rows, for migrations add.
     */
    private boolean isBegun(boolean broken) throws SQLException {
        if (!tables().contains(mark(version))) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT 1 FROM "
                                        + own(mark(version))
                                        + " WHERE migrated_at IS NULL AND ("
                                        + broken
                                        + " OR made_at > UTC_TIMESTAMP(6) - INTERVAL 1 DAY)")) {
            return row.next();
        }
    }

    /** The mark first: from then on the rest counts as unfinished. */
    private void drop(int its) throws SQLException {
        List<String> copies = new ArrayList<>();
        for (String table : tables()) {
            if (table.startsWith(mark(its) + "_")) {
                copies.add(table);
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + own(mark(its)));
            for (String copy : copies) {
                statement.execute("DROP TABLE IF EXISTS " + own(copy));
            }
        }
    }

    private List<String> small() throws SQLException {
        List<String> small = new ArrayList<>();
        try (PreparedStatement question =
                connection.prepareStatement(
                        "SELECT TABLE_NAME, COALESCE(DATA_LENGTH, 0) FROM"
                                + " information_schema.TABLES WHERE TABLE_SCHEMA=? AND"
                                + " TABLE_TYPE='BASE TABLE' ORDER BY TABLE_NAME")) {
            question.setString(1, schema);
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    String table = String.valueOf(rows.getString(1));
                    if (BULK.contains(table) || COPY.matcher(table).matches()) {
                        continue;
                    }
                    if (rows.getLong(2) <= LARGEST) {
                        small.add(table);
                    } else {
                        LOG.info("table {} of schema {} is too large to be copied", table, schema);
                    }
                }
            }
        }
        return small;
    }

    private Set<String> tables() throws SQLException {
        Set<String> names = new TreeSet<>();
        try (PreparedStatement question =
                connection.prepareStatement(
                        "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA=?")) {
            question.setString(1, schema);
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    names.add(String.valueOf(rows.getString(1)));
                }
            }
        }
        return names;
    }

    private static String mark(int its) {
        return "backup_v" + its;
    }

    private String copy(String table) {
        return own(mark(version) + "_" + table);
    }

    private String own(String table) {
        return Accounts.name(schema) + "." + Accounts.name(table);
    }

    /** There is no whole copy: nothing may be migrated. */
    static final class NotMade extends Exception {
        @Serial private static final long serialVersionUID = 1L;

        private final SQLException reason;

        NotMade(SQLException reason) {
            super("the small tables were not copied", reason);
            this.reason = reason;
        }

        /** What the server said. */
        SQLException reason() {
            return reason;
        }

        /** For people; a server that is only away for a moment is no obstacle. */
        Fault fault(DatabaseAddress own) {
            Fault meaning = DatabaseFaults.of(reason, own);
            return meaning.kind() == Fault.Kind.PASSING && !isFull()
                    ? meaning
                    : new Fault(
                            Fault.Kind.PASSING,
                            Sentence.of(
                                    isFull() ? "store.own.noSpace" : "store.own.notCopied",
                                    own.shownHosts(),
                                    own.schema(),
                                    String.valueOf(reason.getErrorCode())),
                            "the small tables were not copied before a migration",
                            this);
        }

        /** As MariaDB says it: of the disk, of a table, of the storage engine (errno 28). */
        private boolean isFull() {
            return switch (reason.getErrorCode()) {
                case 1021, 1114 -> true;
                case 3, 1005, 1026, 1030 ->
                        String.valueOf(reason.getMessage())
                                .matches("(?s).*(\\b28\\b|No space left).*");
                default -> false;
            };
        }
    }
}
