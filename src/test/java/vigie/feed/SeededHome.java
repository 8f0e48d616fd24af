package vigie.feed;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes like Home Assistant's recorder, in an order that a seed decides, and goes on after
 * whatever happens to its server: a connection that breaks is opened again, and whether a commit
 * came through whose answer was lost is told by the rows themselves. One thread.
 *
 * <p>A group holds what has gathered since the last: new names and attributes, the predecessors'
 * {@code last_reported_ts}, then rows of several entities, now and then several of one entity which
 * are not in the order of their times. Some groups are rolled back, wholly or to a savepoint, some
 * are prepared by XA first, some purge old rows, some carry only events or statistics.
 */
final class SeededHome implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SeededHome.class);

    private static final int ENTITIES = 24;
    private static final String[] TEXTS = {
        "unavailable", "unknown", "Tür geöffnet", "été 🌡️ 雪", "on", "off", "", "NaN", "1e400"
    };

    /**
     * Of all homes, in microseconds: between two groups the time of a recorder never steps back,
     * and one home may write after another.
     */
    private static final AtomicLong CLOCK = new AtomicLong();

    /** Where the next connection leads; asked again after each loss. */
    interface Door {
        Connection open() throws Fault, SQLException;
    }

    private final Random random;
    private final Door door;
    private final long run;

    /** Rows at or below this may be purged. */
    private final long purgeable;

    private final Map<String, Long> metadataIds = new HashMap<>();
    private final Map<String, Long> attributesIds = new HashMap<>();
    private final Map<Long, Long> newest = new HashMap<>();
    private @Nullable Connection connection;
    private long group;
    private boolean inDoubt;
    private volatile boolean reconnects;
    private final AtomicLong committed = new AtomicLong();
    private long doubts;

    /**
     * @param purgeable the newest row that a purge may take
     */
    SeededHome(long seed, long purgeable, Door door) {
        this.random = new Random(seed);
        this.run = seed;
        this.purgeable = purgeable;
        this.door = door;
    }

    /** Rows whose commit is certain. */
    long committed() {
        return committed.get();
    }

    /** Commits whose answer was lost. */
    long doubts() {
        return doubts;
    }

    /**
     * Writes one group, or finds that it cannot now.
     *
     * @return whether it is certain that a group was committed
     */
    boolean group() {
        if (reconnects) {
            reconnects = false;
            drop();
        }
        try {
            Connection open = connection();
            group++;
            int rows = write(open);
            committed.addAndGet(rows);
            return rows > 0;
        } catch (SQLException | Fault broken) {
            LOG.debug("group {} of run {} broke off", group, run, broken);
            drop();
            return false;
        }
    }

    /** Makes an entity known that has no rows yet. */
    void name(String entity) throws SQLException, Fault {
        metadata(connection(), entity);
        connection().commit();
    }

    /** Says that Home Assistant has started, or that it stops in good order. */
    void run(boolean starts) {
        try (Statement statement = connection().createStatement()) {
            statement.execute(
                    starts
                            ? "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES"
                                    + " (UTC_TIMESTAMP(6), 0, UTC_TIMESTAMP(6))"
                            : "UPDATE recorder_runs SET `end`=UTC_TIMESTAMP(6) WHERE `end` IS NULL");
            connection().commit();
        } catch (SQLException | Fault broken) {
            LOG.debug("run not told", broken);
            drop();
        }
    }

    /** The same from another thread than the writing one, before its next group. */
    void reconnectSoon() {
        reconnects = true;
    }

    /** What follows is written by a new session, with the server's settings of now. */
    void reconnect() {
        drop();
    }

    private Connection connection() throws SQLException, Fault {
        Connection open = connection;
        if (open != null) {
            return open;
        }
        open = door.open();
        open.setAutoCommit(false);
        connection = open;
        metadataIds.clear();
        attributesIds.clear();
        newest.clear();
        try (Statement statement = open.createStatement()) {
            finishPrepared(statement);
        }
        readNewest(open);
        if (inDoubt) {
            inDoubt = false;
            doubts++;
            committed.addAndGet(rowsOf(open, group));
        }
        return open;
    }

    /** What a lost connection prepared stays prepared until somebody ends it. */
    private void finishPrepared(Statement statement) throws SQLException {
        List<String> left = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("XA RECOVER")) {
            while (row.next()) {
                left.add(row.getString("data"));
            }
        }
        for (String name : left) {
            statement.execute(
                    "XA " + (random.nextBoolean() ? "COMMIT" : "ROLLBACK") + " '" + name + "'");
        }
    }

    private long rowsOf(Connection open, long number) throws SQLException {
        try (PreparedStatement find =
                open.prepareStatement("SELECT COUNT(*) FROM states WHERE context_id_bin=?")) {
            find.setBytes(1, context(number));
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private byte[] context(long number) {
        return ByteBuffer.allocate(16).putLong(run).putLong(number).array();
    }

    private void drop() {
        Connection lost = connection;
        connection = null;
        if (lost != null) {
            try {
                lost.abort(Runnable::run);
            } catch (SQLException gone) {
                LOG.debug("while dropping", gone);
            }
        }
    }

    private int write(Connection open) throws SQLException {
        int dice = random.nextInt(100);
        if (dice < 3) {
            return prepared(open);
        }
        if (dice < 6) {
            purge(open);
            return commit(open, 0);
        }
        if (dice < 10) {
            others(open);
            return commit(open, 0);
        }
        int rows = states(open);
        if (dice < 14) {
            try (Statement statement = open.createStatement()) {
                statement.execute("SAVEPOINT here");
                Map<Long, Long> before = new HashMap<>(newest);
                states(open);
                statement.execute("ROLLBACK TO here");
                forget(before);
            }
        } else if (dice < 18) {
            open.rollback();
            forget(Map.of());
            reload(open);
            return 0;
        }
        return commit(open, rows);
    }

    private int commit(Connection open, int rows) throws SQLException {
        inDoubt = true;
        open.commit();
        inDoubt = false;
        return rows;
    }

    private void forget(Map<Long, Long> known) {
        newest.clear();
        newest.putAll(known);
        metadataIds.clear();
        attributesIds.clear();
    }

    private void reload(Connection open) throws SQLException {
        readNewest(open);
        // An open transaction would keep others from altering the tables.
        open.commit();
    }

    private void readNewest(Connection open) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT metadata_id, MAX(state_id) FROM states"
                                        + " GROUP BY metadata_id")) {
            while (row.next()) {
                newest.put(row.getLong(1), row.getLong(2));
            }
        }
    }

    private int prepared(Connection open) throws SQLException {
        String name = "'run" + run + "-" + group + "'";
        open.rollback();
        open.setAutoCommit(true);
        try (Statement statement = open.createStatement()) {
            statement.execute("XA START " + name);
            int rows = states(open);
            statement.execute("XA END " + name);
            // Once prepared, the next connection may find and commit it.
            inDoubt = true;
            statement.execute("XA PREPARE " + name);
            boolean commit = random.nextBoolean();
            statement.execute("XA " + (commit ? "COMMIT " : "ROLLBACK ") + name);
            inDoubt = false;
            open.setAutoCommit(false);
            if (!commit) {
                forget(Map.of());
                reload(open);
            }
            return commit ? rows : 0;
        }
    }

    /** Old rows go, as at night; the newest of each entity stays, as it does in a living house. */
    private void purge(Connection open) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Statement statement = open.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT state_id FROM states WHERE state_id <= "
                                        + purgeable
                                        + " AND (metadata_id, last_updated_ts) NOT IN"
                                        + " (SELECT metadata_id, MAX(last_updated_ts) FROM states"
                                        + " GROUP BY metadata_id)"
                                        + " AND state_id NOT IN (SELECT MAX(state_id) FROM states"
                                        + " GROUP BY metadata_id) ORDER BY state_id LIMIT 40")) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        String list = ids.toString().replace('[', '(').replace(']', ')');
        try (Statement statement = open.createStatement()) {
            statement.execute("UPDATE states SET old_state_id=NULL WHERE old_state_id IN " + list);
            statement.execute("DELETE FROM states WHERE state_id IN " + list);
        }
    }

    private void others(Connection open) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(
                    "INSERT INTO events (origin_idx, time_fired_ts, context_id_bin)"
                            + " VALUES (0, UNIX_TIMESTAMP(NOW(6)), 'abcdefghijklmnop')");
            statement.execute("INSERT INTO statistics_runs (start) VALUES (UTC_TIMESTAMP(6))");
        }
    }

    // ---- rows of states

    private record Row(String entity, double time, @Nullable String text, String attributes) {}

    private int states(Connection open) throws SQLException {
        List<Row> rows = new ArrayList<>();
        int entities = 1 + random.nextInt(8);
        for (int i = 0; i < entities; i++) {
            String entity = "sensor.rig_" + random.nextInt(ENTITIES);
            List<Row> own = new ArrayList<>();
            int changes = random.nextInt(6) == 0 ? 2 + random.nextInt(5) : 1;
            for (int change = 0; change < changes; change++) {
                own.add(row(entity));
            }
            if (changes > 2) {
                // As one recorder does: those without a predecessor in the commit come first.
                Collections.shuffle(own, random);
            }
            rows.addAll(own);
        }
        for (Row row : rows) {
            report(open, row);
        }
        for (Row row : rows) {
            insert(open, row);
        }
        return rows.size();
    }

    private static long tick(long before) {
        return Math.max(System.currentTimeMillis() * 1_000, before + 1_000);
    }

    private Row row(String entity) {
        double clock = CLOCK.updateAndGet(SeededHome::tick) / 1e6;
        int dice = random.nextInt(100);
        if (dice < 2) {
            return new Row(entity, clock, null, "{}");
        }
        String text =
                dice < 12
                        ? TEXTS[random.nextInt(TEXTS.length)]
                        : Double.toString(random.nextInt(100_000) / 100.0);
        String unit = random.nextInt(40) == 0 ? "°F" : "°C";
        String attributes = "{\"unit_of_measurement\":\"" + unit + "\"";
        if (random.nextInt(20) == 0) {
            attributes += ",\"friendly_name\":\"Fühler " + random.nextInt(1000) + "\"";
        }
        return new Row(entity, clock, text, attributes + "}");
    }

    /** The predecessor learns when its sensor reported last. */
    private void report(Connection open, Row row) throws SQLException {
        Long before = newest.get(metadata(open, row.entity()));
        if (before == null) {
            return;
        }
        try (PreparedStatement update =
                open.prepareStatement("UPDATE states SET last_reported_ts=? WHERE state_id=?")) {
            update.setDouble(1, row.time());
            update.setLong(2, before);
            update.executeUpdate();
        }
    }

    private void insert(Connection open, Row row) throws SQLException {
        long metadata = metadata(open, row.entity());
        try (PreparedStatement insert =
                open.prepareStatement(
                        "INSERT INTO states (state, last_updated_ts, old_state_id, attributes_id,"
                                + " origin_idx, context_id_bin, metadata_id) VALUES (?,?,?,?,0,?,?)",
                        Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, row.text());
            insert.setDouble(2, row.time());
            insert.setObject(3, newest.get(metadata));
            insert.setLong(4, attributes(open, row.attributes()));
            insert.setBytes(5, context(group));
            insert.setLong(6, metadata);
            insert.executeUpdate();
            newest.put(metadata, key(insert));
        }
    }

    private static long key(Statement statement) throws SQLException {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            if (!keys.next()) {
                throw new SQLException("no key");
            }
            return keys.getLong(1);
        }
    }

    private long metadata(Connection open, String entity) throws SQLException {
        return once(
                open,
                metadataIds,
                entity,
                "SELECT metadata_id FROM states_meta WHERE entity_id=?",
                "INSERT INTO states_meta (entity_id) VALUES (?)");
    }

    private long attributes(Connection open, String json) throws SQLException {
        return once(
                open,
                attributesIds,
                json,
                "SELECT attributes_id FROM state_attributes WHERE shared_attrs=?",
                "INSERT INTO state_attributes (hash, shared_attrs) VALUES (1, ?)");
    }

    private static long once(
            Connection open, Map<String, Long> known, String text, String select, String insertSql)
            throws SQLException {
        Long id = known.get(text);
        if (id != null) {
            return id;
        }
        try (PreparedStatement find = open.prepareStatement(select)) {
            find.setString(1, text);
            try (ResultSet rows = find.executeQuery()) {
                if (rows.next()) {
                    known.put(text, rows.getLong(1));
                    return rows.getLong(1);
                }
            }
        }
        try (PreparedStatement insert =
                open.prepareStatement(insertSql, Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, text);
            insert.executeUpdate();
            long made = key(insert);
            known.put(text, made);
            return made;
        }
    }

    @Override
    public void close() {
        drop();
    }
}
