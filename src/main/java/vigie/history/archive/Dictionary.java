package vigie.history.archive;

import org.jspecify.annotations.Nullable;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The archive's short numbers for points, attributes and streams, kept in memory once they are
 * known. Its methods use the connection of an open transaction that only one process can have at a
 * time; what was added in a transaction counts as known only after it was read again, for the
 * transaction may have been rolled back. One thread.
 */
final class Dictionary {
    private static final int MOST_KNOWN = 50_000;
    private static final int LONGEST = 255;

    private final String recorder;
    private final Map<Long, Integer> points = new HashMap<>();
    private final Map<Attributes, Integer> attributes = new HashMap<>();
    private final Map<Long, Integer> streams = new HashMap<>();
    private final List<Runnable> unsure = new ArrayList<>();

    private final Marks marks;
    private long keysVoid;

    Dictionary(String recorder, Marks marks) {
        this.recorder = recorder;
        this.marks = marks;
    }

    /** A call begins; the one before may have been committed or not. */
    void begin() {
        unsure.forEach(Runnable::run);
        unsure.clear();
        if (keysVoid != marks.keysVoid()) {
            keysVoid = marks.keysVoid();
            points.clear();
        }
        if (attributes.size() > MOST_KNOWN) {
            attributes.clear();
        }
    }

    /**
     * The point that a row of {@code states_meta} stands for. A key that nobody knows belongs to
     * the point that has its name: names are unique in the recorder's table, so the key that the
     * point had is gone or bears another name by now.
     */
    int point(Connection connection, PointKey key, PointId name) throws SQLException {
        Integer known = points.get(key.value());
        if (known != null) {
            return known;
        }
        OptionalLong kept =
                Sql.number(
                        connection,
                        "SELECT point FROM point_key WHERE recorder=? AND metadata_id=?",
                        recorder,
                        key.value());
        int point;
        if (kept.isPresent()) {
            point = (int) kept.getAsLong();
        } else {
            point = (int) named(connection, name.name());
            Sql.run(
                    connection,
                    "INSERT INTO point_key(recorder,metadata_id,point) VALUES(?,?,?)",
                    recorder,
                    key.value(),
                    point);
            unsure.add(() -> points.remove(key.value()));
        }
        points.put(key.value(), point);
        return point;
    }

    /** The key that a point has now, or had last. */
    PointKey lastKey(Connection connection, int point) throws SQLException {
        return new PointKey(
                Sql.number(
                                connection,
                                "SELECT MAX(metadata_id) FROM point_key WHERE recorder=? AND"
                                        + " point=?",
                                recorder,
                                point)
                        .orElse(0));
    }

    private long named(Connection connection, String name) throws SQLException {
        OptionalLong there =
                Sql.number(
                        connection,
                        "SELECT p.id FROM point p WHERE p.recorder=? AND p.name=? ORDER BY"
                                + " (SELECT MAX(n.since_s) FROM point_name n WHERE n.point=p.id)"
                                + " DESC, p.id DESC LIMIT 1",
                        recorder,
                        name);
        if (there.isPresent()) {
            return there.getAsLong();
        }
        long made =
                Sql.insert(
                        connection, "INSERT INTO point(recorder,name) VALUES(?,?)", recorder, name);
        Sql.run(connection, "INSERT INTO point_name(point,since_s,name) VALUES(?,0,?)", made, name);
        return made;
    }

    /**
     * A key has a name. Says nothing of keys that have no reading yet.
     *
     * @param since when the database committed it, seconds
     */
    void named(Connection connection, PointKey key, String name, long since) throws SQLException {
        int[] point = {0};
        String[] before = {name};
        Sql.ask(
                connection,
                "SELECT p.id,p.name FROM point_key k JOIN point p ON p.id=k.point"
                        + " WHERE k.recorder=? AND k.metadata_id=?",
                row -> {
                    point[0] = row.getInt(1);
                    before[0] = String.valueOf(row.getString(2));
                },
                recorder,
                key.value());
        if (before[0].equals(name)) {
            return;
        }
        Sql.run(connection, "UPDATE point SET name=? WHERE id=?", name, point[0]);
        Sql.run(
                connection,
                "INSERT INTO point_name(point,since_s,name) VALUES(?,?,?)"
                        + " ON DUPLICATE KEY UPDATE name=VALUES(name)",
                point[0],
                since,
                name);
    }

    /** A key stands for another entity from now on, or will. */
    void forget(Connection connection, long key) throws SQLException {
        Sql.run(
                connection,
                "DELETE FROM point_key WHERE recorder=? AND metadata_id=?",
                recorder,
                key);
        points.remove(key);
        marks.voidKeys();
    }

    /** Attributes; null where they could not be read. */
    @Nullable Integer attributes(Connection connection, Attributes wanted) throws SQLException {
        if (!wanted.known()) {
            return null;
        }
        Integer known = attributes.get(wanted);
        if (known != null) {
            return known;
        }
        byte[] hash = hash(wanted);
        OptionalLong kept =
                Sql.number(connection, "SELECT id FROM attributes WHERE hash=?", (Object) hash);
        int id;
        if (kept.isPresent()) {
            id = (int) kept.getAsLong();
        } else {
            id =
                    (int)
                            Sql.insert(
                                    connection,
                                    "INSERT INTO"
                                            + " attributes(hash,unit,device_class,state_class,friendly_name)"
                                            + " VALUES(?,?,?,?,?)",
                                    hash,
                                    cut(wanted.unit()),
                                    cut(wanted.deviceClass()),
                                    cut(wanted.stateClass()),
                                    cut(wanted.friendlyName()));
            unsure.add(() -> attributes.remove(wanted));
        }
        attributes.put(wanted, id);
        return id;
    }

    private static @Nullable String cut(Optional<String> text) {
        return text.map(long_ ->
                        long_.codePointCount(0, long_.length()) <= LONGEST
                                ? long_
                                : long_.substring(0, long_.offsetByCodePoints(0, LONGEST)))
                .orElse(null);
    }

    private static byte[] hash(Attributes attributes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (Optional<String> text :
                    List.of(
                            attributes.unit(),
                            attributes.deviceClass(),
                            attributes.stateClass(),
                            attributes.friendlyName())) {
                byte[] bytes = text.orElse("").getBytes(StandardCharsets.UTF_8);
                digest.update(text.isPresent() ? (byte) 1 : 0);
                for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                    digest.update((byte) (bytes.length >>> shift));
                }
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("every Java has MD5", broken);
        }
    }

    /** The first two numbers of a GTID. */
    int stream(Connection connection, long domain, long server) throws SQLException {
        long both = domain << Integer.SIZE | server;
        Integer known = streams.get(both);
        if (known != null) {
            return known;
        }
        OptionalLong kept =
                Sql.number(
                        connection,
                        "SELECT id FROM stream WHERE domain=? AND server=?",
                        domain,
                        server);
        int id;
        if (kept.isPresent()) {
            id = (int) kept.getAsLong();
        } else {
            id =
                    (int)
                            Sql.insert(
                                    connection,
                                    "INSERT INTO stream(domain,server) VALUES(?,?)",
                                    domain,
                                    server);
            unsure.add(() -> streams.remove(both));
        }
        streams.put(both, id);
        return id;
    }
}
