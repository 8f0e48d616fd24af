package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.archive.BlockCodec;
import vigie.history.archive.Rolled;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The tables of a recorder and of an archive, filled by hand. */
final class PastTables {
    /**
     * A row of {@code states}.
     *
     * @param before {@code old_state_id}
     */
    record Row(
            long id,
            long key,
            @Nullable String text,
            long time,
            @Nullable Long reported,
            @Nullable Long before) {}

    private final TestDatabase database;
    private final String own;
    private boolean hasArchive;

    PastTables(TestDatabase database) {
        this.database = database;
        own = database.schema() + "_own";
    }

    /** Makes the recorder's tables anew; there is no archive, and no run is told. */
    void create() throws IOException {
        List<String> drops = new ArrayList<>(List.of("SET foreign_key_checks=0"));
        for (String table : database.column("SHOW TABLES IN `" + database.schema() + "`")) {
            drops.add("DROP TABLE `" + table + "`");
        }
        database.execute(drops.toArray(String[]::new));
        for (String sql : statements("/recorder/schema-53.sql")) {
            String verb = sql.toUpperCase(Locale.ROOT);
            if (!verb.startsWith("CREATE DATABASE") && !verb.startsWith("USE ")) {
                database.execute(sql);
            }
        }
        database.execute(
                "DELETE FROM recorder_runs",
                "INSERT INTO state_attributes VALUES (1,0,'{\"unit_of_measurement\":\"°C\","
                        + "\"state_class\":\"measurement\"}'),(2,0,'{}')");
        database.asRoot("DROP DATABASE IF EXISTS " + own);
        hasArchive = false;
    }

    /** Makes an empty archive that began at a moment. */
    void createArchive(Instant completeFrom) throws IOException {
        List<String> all = new ArrayList<>(List.of("CREATE DATABASE " + own, "USE " + own));
        all.addAll(statements("/vigie/store/migration/V2__archive.sql"));
        all.addAll(statements("/vigie/store/migration/V3__known_then.sql"));
        all.add(
                "INSERT INTO archive (recorder, complete_from_us, fill_next, epoch) VALUES ('"
                        + database.schema()
                        + "',"
                        + Times.micros(completeFrom)
                        + ",0,1)");
        database.asRoot(all.toArray(String[]::new));
        hasArchive = true;
    }

    private static List<String> statements(String resource) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(PastTables.class.getResourceAsStream(resource))) {
            List<String> found = new ArrayList<>();
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : text.replaceAll("--[^\n]*", "").split(";\\s*(\n|$)")) {
                if (!sql.isBlank()) {
                    found.add(sql.strip());
                }
            }
            return found;
        }
    }

    /** Statements on the archive's tables. */
    void archive(String... statements) {
        List<String> all = new ArrayList<>(List.of("USE " + own));
        all.addAll(List.of(statements));
        database.asRoot(all.toArray(String[]::new));
    }

    /** A connection to the archive's tables that may write; the caller closes it. */
    Connection archiveConnection() throws Fault {
        try (Connections connections = new Connections(database.root().withSchema(own), "test")) {
            return connections.single();
        }
    }

    /** One block of roll-ups. */
    void block(String table, int point, long start, long width, List<Rolled> buckets)
            throws SQLException {
        StringBuilder hex = new StringBuilder();
        for (byte octet : BlockCodec.encode(buckets, start, width)) {
            hex.append(String.format(Locale.ROOT, "%02x", octet));
        }
        archive("INSERT INTO " + table + " VALUES (" + point + "," + start + ",x'" + hex + "')");
    }

    /** The history by accounts that may read all of it. */
    History history() {
        return hasArchive
                ? new History(
                        database.reader(),
                        database.root().withSchema(own),
                        ZoneId.of("Europe/Paris"))
                : historyWithoutRight();
    }

    /** The history by an account that may not read the archive. */
    History historyWithoutRight() {
        DatabaseAddress reader = database.reader();
        return new History(reader, reader.withSchema(own), ZoneId.of("Europe/Paris"));
    }

    /** Writes rows; those of an even key measure. */
    void write(List<Row> rows) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.createStatement().execute("SET foreign_key_checks=0");
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "INSERT INTO states (state_id, metadata_id, state, last_updated_ts,"
                                    + " last_reported_ts, old_state_id, attributes_id) VALUES"
                                    + " (?,?,?,?,?,?,?)")) {
                for (Row row : rows) {
                    insert.setLong(1, row.id());
                    insert.setLong(2, row.key());
                    insert.setString(3, row.text());
                    insert.setDouble(4, Times.seconds(row.time()));
                    if (row.reported() == null) {
                        insert.setNull(5, Types.DOUBLE);
                    } else {
                        insert.setDouble(5, Times.seconds(row.reported()));
                    }
                    insert.setObject(6, row.before(), Types.BIGINT);
                    insert.setLong(7, row.text() == null || row.key() % 2 == 1 ? 2 : 1);
                    insert.addBatch();
                }
                if (!rows.isEmpty()) {
                    insert.executeBatch();
                }
            }
            connection.commit();
        }
    }
}
