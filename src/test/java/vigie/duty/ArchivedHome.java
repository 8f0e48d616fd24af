package vigie.duty;

import org.jspecify.annotations.Nullable;

import vigie.store.testing.TestDatabase;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A seeded Home Assistant that does to its tables what real ones do, and people with them, and a
 * slow, obvious look at what its archive should hold.
 */
final class ArchivedHome implements AutoCloseable {
    private static final String[] TEXTS = {"on", "off", "open", "unavailable", "unknown"};

    private final TestDatabase database;
    private final String own;
    private final Random random;
    private final Connection connection;

    /** Rows that were purged, which the archive keeps. */
    private final TreeMap<Long, String> purged = new TreeMap<>();

    private final Map<Long, String> names = new TreeMap<>();
    private final Map<Long, String> quiet = new TreeMap<>();
    private int made;
    private boolean purging = true;
    private double now;

    ArchivedHome(TestDatabase database, String own, long seed) throws Exception {
        this.database = database;
        this.own = own;
        random = new Random(seed);
        RecorderTables.create(database);
        connection = database.connect();
        connection.setAutoCommit(false);
        run(
                "INSERT INTO state_attributes VALUES (2,0,'{\"unit_of_measurement\":\"°C\",\"state_class\":\"measurement\",\"friendly_name\":\"Rack\"}')");
        run(
                "INSERT INTO state_attributes VALUES (3,0,'{\"unit_of_measurement\":\"°F\",\"state_class\":\"measurement\"}')");
        run(
                "INSERT INTO state_attributes VALUES (4,0,'{\"unit_of_measurement\":\"kWh\",\"state_class\":\"total_increasing\"}')");
        run(
                "INSERT INTO state_attributes VALUES (5,0,'{\"unit_of_measurement\":\"°\",\"state_class\":\"measurement_angle\"}')");
        names.put(1L, "sensor.a");
        for (String name :
                List.of(
                        "sensor.b",
                        "sensor.meter",
                        "sensor.wind",
                        "binary_sensor.door",
                        "input_select.mode")) {
            name(name);
        }
        connection.commit();
        now = System.currentTimeMillis() / 1e3;
        run("DELETE FROM recorder_runs");
        begin(now - 900_000);
        connection.commit();
    }

    /** A further point, of which only what the test says is recorded. */
    long quiet(String name) throws SQLException {
        name(name);
        long key = keys().getLast();
        names.remove(key);
        quiet.put(key, name);
        return key;
    }

    private void name(String name) throws SQLException {
        long key = names.isEmpty() ? 1 : 100 + made++;
        run("INSERT INTO states_meta VALUES (" + key + ",'" + name + "')");
        names.put(key, name);
    }

    private String name(long key) {
        return Objects.requireNonNull(names.getOrDefault(key, quiet.get(key)));
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private List<Long> keys() {
        return List.copyOf(names.keySet());
    }

    private void insert(double time) throws SQLException {
        long key = keys().get(random.nextInt(names.size()));
        insert(key, time, null);
    }

    void insert(long key, double time, @Nullable String given) throws SQLException {
        String name = name(key);
        int attributes = 1;
        String text;
        if (name.contains("door") || name.contains("mode")) {
            text = TEXTS[random.nextInt(TEXTS.length)];
            if (random.nextInt(10) == 0) {
                text = String.valueOf(random.nextInt(4));
            }
        } else {
            attributes =
                    name.contains("meter")
                            ? 4
                            : name.contains("wind") ? 5 : random.nextInt(12) == 0 ? 3 : 2;
            text =
                    switch (random.nextInt(14)) {
                        case 0 -> "unavailable";
                        case 1 -> "unknown";
                        case 2 -> String.valueOf(random.nextInt(40));
                        case 3 -> random.nextGaussian() + "";
                        case 4 -> "-0.0";
                        default ->
                                String.format(Locale.ROOT, "%.1f", 15 + random.nextDouble() * 20);
                    };
        }
        boolean removed = random.nextInt(40) == 0;
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO states (metadata_id, state, last_updated_ts, last_changed_ts,"
                                + " attributes_id) VALUES (?,?,?,?,?)")) {
            insert.setLong(1, key);
            insert.setString(2, given != null ? given : removed ? null : text);
            insert.setDouble(3, time);
            insert.setObject(4, random.nextInt(5) == 0 ? time - 1.5 : null);
            insert.setObject(5, random.nextInt(30) == 0 && given == null ? null : attributes);
            insert.executeUpdate();
        }
    }

    /** Rows over a time that ends now, in the order of time but for some. */
    void past(int rows, Duration length) throws SQLException {
        double step = length.toMillis() / 1e3 / rows;
        double start = now - length.toMillis() / 1e3;
        for (int i = 0; i < rows; i++) {
            double late = random.nextInt(50) == 0 ? random.nextDouble() * 7_200 : 0;
            insert(round(start + (i + random.nextDouble()) * step - late));
            if (i % 200 == 0) {
                connection.commit();
            }
        }
        connection.commit();
    }

    private static double round(double seconds) {
        return Math.round(seconds * 1e6) / 1e6;
    }

    /** One transaction of one of many kinds. */
    void act() throws SQLException {
        now = Math.max(now, System.currentTimeMillis() / 1e3);
        int what = random.nextInt(12);
        switch (purging || what < 3 || what > 4 ? what : 5) {
            case 0 -> insert(round(now - random.nextDouble() * 10_000));
            case 1 -> amend();
            case 2 -> rename();
            case 3 -> purge();
            case 4 -> comeBack();
            case 5 -> {
                insert(round(now));
                connection.rollback();
            }
            default -> {
                for (int i = random.nextInt(6); i >= 0; i--) {
                    now += random.nextDouble() / 10;
                    insert(round(now));
                }
            }
        }
        connection.commit();
    }

    private void amend() throws SQLException {
        run(
                "UPDATE states SET state='"
                        + (random.nextBoolean() ? "12.5" : "repaired")
                        + "' WHERE state_id=(SELECT i FROM (SELECT MAX(state_id)-"
                        + random.nextInt(40)
                        + " AS i FROM states) x)");
        if (random.nextInt(3) == 0) {
            run(
                    "UPDATE states SET last_updated_ts=last_updated_ts-60.5 WHERE state_id=(SELECT i"
                            + " FROM (SELECT MAX(state_id)-"
                            + random.nextInt(40)
                            + " AS i FROM states) x)");
        }
    }

    private void rename() throws SQLException {
        long key = keys().get(random.nextInt(names.size()));
        String name = name(key).replaceAll("_v\\d+$", "") + "_v" + made++;
        run("UPDATE states_meta SET entity_id='" + name + "' WHERE metadata_id=" + key);
        names.put(key, name);
    }

    private void purge() throws SQLException {
        long below = number("SELECT MIN(state_id) FROM states") + 1 + random.nextInt(200);
        keep("s.state_id<" + below);
        run("DELETE FROM states WHERE state_id<" + below);
    }

    /** All states of an entity are purged, its key with them, and it comes back by another. */
    private void comeBack() throws SQLException {
        long key = keys().get(random.nextInt(names.size()));
        String name = name(key);
        names.remove(key);
        keep("s.metadata_id=" + key);
        run("DELETE FROM states WHERE metadata_id=" + key);
        run("DELETE FROM states_meta WHERE metadata_id=" + key);
        connection.commit();
        name(name);
        insert(keys().getLast(), round(now), null);
    }

    private void keep(String where) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(SOURCE + " WHERE " + where)) {
            while (rows.next()) {
                purged.put(rows.getLong(1), rows.getString(2));
            }
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    private void begin(double start) throws SQLException {
        run(
                "INSERT INTO recorder_runs(start,`end`,closed_incorrect,created) VALUES"
                        + " (FROM_UNIXTIME("
                        + start
                        + "),NULL,0,NOW(6))");
    }

    /** Home Assistant was away between two moments; from an orderly stop on, or from its death. */
    void outage(double from, double to, boolean orderly) throws SQLException {
        keep("s.last_updated_ts>" + from + " AND s.last_updated_ts<" + to);
        for (long id : List.copyOf(purged.keySet())) {
            purged.remove(id);
        }
        run("DELETE FROM states WHERE last_updated_ts>" + from + " AND last_updated_ts<" + to);
        run(
                "UPDATE recorder_runs SET `end`=FROM_UNIXTIME("
                        + (orderly ? from : to)
                        + "),closed_incorrect="
                        + !orderly
                        + " WHERE `end` IS NULL");
        begin(to);
        connection.commit();
    }

    /** Whether rows may be purged: what goes before it was copied is in no archive. */
    void purging(boolean may) {
        purging = may;
    }

    double now() {
        return now;
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static final String SOURCE =
            "SELECT s.state_id,CONCAT_WS(' ',s.state_id,ROUND(s.last_updated_ts*1e6),"
                    + "ROUND(COALESCE(s.last_changed_ts,s.last_updated_ts)*1e6),"
                    + "IF(s.state IS NULL,'removed',CONCAT('=',s.state)),"
                    + "COALESCE(JSON_VALUE(a.shared_attrs,'$.unit_of_measurement'),'-')) FROM states s"
                    + " LEFT JOIN state_attributes a ON a.attributes_id=s.attributes_id";

    /** What was ever recorded and not taken back, by id. */
    List<String> recorded() {
        TreeMap<Long, String> all = new TreeMap<>(purged);
        for (String row :
                database.column(
                        "SELECT CONCAT_WS('|',state_id,row) FROM ("
                                + SOURCE.replaceFirst(",CONCAT_WS", ",CONCAT_WS")
                                        .replace(
                                                " FROM states s",
                                                " AS row FROM `" + database.schema() + "`.states s")
                                        .replace(
                                                "JOIN state_attributes",
                                                "JOIN `" + database.schema() + "`.state_attributes")
                                + ") x")) {
            all.put(
                    Long.parseLong(row.substring(0, row.indexOf('|'))),
                    row.substring(row.indexOf('|') + 1));
        }
        return List.copyOf(all.values());
    }

    /** The same out of the archive. */
    List<String> archived() {
        List<String> lines = new ArrayList<>();
        for (String row :
                database.column(
                        "SELECT CONCAT_WS(' ',r.id,r.time_us,COALESCE(r.changed_us,r.time_us),IF(r.text"
                                + " IS NOT NULL,CONCAT('=',r.text),IF(r.value IS"
                                + " NULL,'removed',CONCAT('#',r.value))),COALESCE(a.unit,'-')) FROM "
                                + own
                                + ".reading r LEFT JOIN "
                                + own
                                + ".attributes a ON a.id=r.attributes ORDER BY r.id")) {
            int at = row.indexOf(" #");
            if (at >= 0) {
                int end = row.indexOf(' ', at + 1);
                row =
                        row.substring(0, at)
                                + " ="
                                + Double.parseDouble(row.substring(at + 2, end))
                                + row.substring(end);
            }
            lines.add(row);
        }
        return lines;
    }

    /** Every change of text, out of the archive's readings, one point after the other. */
    List<String> expectedTextChanges() {
        List<String> changes = new ArrayList<>();
        for (String point : database.column("SELECT id FROM " + own + ".point ORDER BY id")) {
            boolean texts = false;
            String before = null;
            for (String row :
                    database.column(
                            "SELECT CONCAT_WS('|',r.time_us,r.id,IF(r.value IS NULL,IF(r.text IS"
                                    + " NULL,'removed',CONCAT('=',r.text)),'#'),IF(a.unit IS"
                                    + " NULL,'','unit')) FROM "
                                    + own
                                    + ".reading r LEFT JOIN "
                                    + own
                                    + ".attributes a ON a.id=r.attributes WHERE r.point="
                                    + point
                                    + " ORDER BY r.time_us,r.id")) {
                String[] parts = row.split("\\|", -1);
                boolean text =
                        parts[2].startsWith("=")
                                && parts[3].isEmpty()
                                && !parts[2].equals("=unavailable")
                                && !parts[2].equals("=unknown");
                if (texts ? !parts[2].equals(before) : text) {
                    texts = true;
                    changes.add(point + " " + parts[0] + " " + parts[1] + " " + parts[2]);
                }
                before = parts[2];
            }
        }
        return changes;
    }

    List<String> textChanges() {
        return database
                .column(
                        "SELECT CONCAT_WS(' ',point,time_us,id,IF(text IS"
                                + " NULL,'removed',CONCAT('=',text))) FROM "
                                + own
                                + ".text_change ORDER BY point,time_us,id")
                .stream()
                .map(row -> row.replaceAll(" =[-+.0-9eE]+$", " #"))
                .toList();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
