package vigie.duty;

import vigie.store.testing.TestDatabase;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** Makes the tables of a fresh recorder in a test's schema. */
final class RecorderTables {
    private RecorderTables() {}

    /** Makes them anew, with one point, {@code sensor.a}, of metadata id 1. */
    static void create(TestDatabase database) throws IOException {
        for (String table : database.column("SHOW TABLES IN `" + database.schema() + "`")) {
            database.execute("SET foreign_key_checks=0", "DROP TABLE `" + table + "`");
        }
        try (InputStream file =
                Objects.requireNonNull(
                        RecorderTables.class.getResourceAsStream("/recorder/schema-53.sql"))) {
            String schema = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : schema.replaceAll("--[^\n]*", "").split(";")) {
                String verb = sql.strip().toUpperCase(Locale.ROOT);
                if (!verb.isEmpty()
                        && !verb.startsWith("CREATE DATABASE")
                        && !verb.startsWith("USE ")) {
                    database.execute(sql.strip());
                }
            }
        }
        database.execute(
                "INSERT INTO states_meta VALUES (1,'sensor.a')",
                "INSERT INTO state_attributes VALUES (1,0,'{}')");
    }
}
