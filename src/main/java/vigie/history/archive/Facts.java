package vigie.history.archive;

import org.jspecify.annotations.Nullable;

import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RecorderState;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps what a transaction said that is no reading, and which readings were committed long after
 * their time: with both, the room is put back as it was known at any moment since. Works on the
 * connection of an open transaction. One thread.
 */
public final class Facts {
    /** From here on all is known. */
    public static final int BEGIN = 0;

    public static final int NAMED = 1;
    public static final int FORGOTTEN = 2;
    public static final int RECORDER = 3;
    public static final int AMENDED = 4;

    /**
     * What a reading was before it was amended the first time; of the reading's own transaction.
     */
    public static final int WAS = 5;

    /**
     * The same of one that was given to another point later, of the point that had it; or of one
     * that was copied, so that it has its place by its time, and that was given another time.
     */
    public static final int GIVEN = 6;

    /** A reading committed later than this after its time is late, seconds. */
    public static final long LATE = 120;

    /** And one committed earlier than this before its time, seconds. */
    public static final long EARLY = 5;

    private static final long SECOND = 1_000_000;
    private static final int OF_A_READING = -1;

    private static final String INSERT =
            "INSERT INTO fact(recorder,committed_s,seq,stream,n,id,kind,metadata_id,text,time_us,changed_us,value,attributes)";
    private static final int COLUMNS = 13;
    private static final String AGAIN = "ON DUPLICATE KEY UPDATE kind=VALUES(kind)";

    /**
     * A transaction.
     *
     * @param second when it was committed
     * @param stream 0 where unknown
     * @param seq 0 where unknown
     */
    record Transaction(long second, int stream, long seq) {}

    private record Kept(
            Transaction of,
            int n,
            long id,
            int kind,
            @Nullable Long key,
            @Nullable String text,
            @Nullable Long time,
            @Nullable Long changed,
            @Nullable Double value,
            @Nullable Integer attributes) {}

    private final String recorder;

    Facts(String recorder) {
        this.recorder = recorder;
    }

    private void insert(Connection connection, List<Kept> rows) throws SQLException {
        Sql.insertAll(
                connection,
                INSERT,
                COLUMNS,
                AGAIN,
                rows,
                (statement, first, row) ->
                        Sql.bindAt(
                                statement,
                                first,
                                recorder,
                                row.of().second(),
                                row.of().seq(),
                                row.of().stream(),
                                row.n(),
                                row.id(),
                                row.kind(),
                                row.key(),
                                row.text(),
                                row.time(),
                                row.changed(),
                                row.value(),
                                row.attributes()));
    }

    void named(Connection connection, Transaction of, int n, PointKey key, PointId name)
            throws SQLException {
        insert(connection, List.of(named(of, n, key, name)));
    }

    private static Kept named(Transaction of, int n, PointKey key, PointId name) {
        return new Kept(of, n, 0, NAMED, key.value(), name.name(), null, null, null, null);
    }

    void forgotten(Connection connection, Transaction of, int n, PointKey key) throws SQLException {
        insert(connection, List.of(forgotten(of, n, key)));
    }

    private static Kept forgotten(Transaction of, int n, PointKey key) {
        return new Kept(of, n, 0, FORGOTTEN, key.value(), null, null, null, null, null);
    }

    void said(Connection connection, Transaction of, int n, RecorderState state)
            throws SQLException {
        insert(connection, List.of(said(of, n, state)));
    }

    private static Kept said(Transaction of, int n, RecorderState state) {
        return new Kept(
                of,
                n,
                0,
                RECORDER,
                null,
                state.phase().name(),
                state.since().map(Micros::of).orElse(null),
                null,
                null,
                null);
    }

    /** A row has other values from a transaction on. */
    void amended(Connection connection, Transaction of, int n, PointKey key, ReadingRow row)
            throws SQLException {
        insert(
                connection,
                List.of(
                        new Kept(
                                of,
                                n,
                                row.id(),
                                AMENDED,
                                key.value(),
                                row.text(),
                                row.time(),
                                row.changed(),
                                row.value(),
                                row.attributes())));
    }

    /**
     * Before a row is amended: keeps what it says, unless that was amended before already.
     *
     * @param time by which it is archived
     */
    void was(Connection connection, PointKey key, int point, long time, long id)
            throws SQLException {
        keep(connection, WAS, key, point, time, id);
    }

    /**
     * Before a row is given to another point, or a copied one another time: what it said when it
     * was written stays with the point, and at the time, that has it.
     */
    void given(Connection connection, PointKey key, int point, long time, long id)
            throws SQLException {
        keep(connection, GIVEN, key, point, time, id);
        Sql.run(
                connection,
                "UPDATE fact SET kind=? WHERE recorder=? AND id=? AND kind=? ORDER BY committed_s"
                        + " DESC, seq DESC LIMIT 1",
                GIVEN,
                recorder,
                id,
                WAS);
    }

    /** Ids are given again: that one with this id was amended before says nothing of this one. */
    private void keep(Connection connection, int kind, PointKey key, int point, long time, long id)
            throws SQLException {
        Sql.run(
                connection,
                INSERT
                        + " SELECT ?,COALESCE(committed_s,FLOOR(time_us/1000000)),COALESCE(seq,0),"
                        + "COALESCE(stream,0),?,id,?,?,text,time_us,changed_us,value,attributes FROM"
                        + " reading WHERE point=? AND time_us=? AND id=? AND NOT EXISTS (SELECT 1"
                        + " FROM fact f WHERE f.recorder=? AND f.id=reading.id AND f.kind=? AND"
                        + " f.time_us=reading.time_us AND"
                        + " f.committed_s>=COALESCE(reading.committed_s,0)) "
                        + AGAIN,
                recorder,
                OF_A_READING,
                kind,
                key.value(),
                point,
                time,
                id,
                recorder,
                AMENDED);
    }

    /**
     * A row that was archived by one time, or as another point's, is archived by another.
     *
     * @param giver the point that had it
     */
    void moved(Connection connection, int giver, long before, int point, long time, long id)
            throws SQLException {
        Sql.run(
                connection,
                "DELETE FROM late WHERE point=? AND time_us=? AND id=?",
                giver,
                before,
                id);
        Sql.run(
                connection,
                "INSERT INTO late(point,committed_s,seq,time_us,id) SELECT"
                        + " point,committed_s,COALESCE(seq,0),time_us,id FROM reading WHERE point=?"
                        + " AND time_us=? AND id=? AND (committed_s*1000000-time_us>? OR"
                        + " time_us-committed_s*1000000>?) ON DUPLICATE KEY UPDATE id=VALUES(id)",
                point,
                time,
                id,
                LATE * SECOND,
                EARLY * SECOND);
    }

    /** Notes those that are late. */
    void late(Connection connection, List<ReadingRow> rows) throws SQLException {
        List<ReadingRow> late = rows.stream().filter(Facts::isLate).toList();
        Sql.insertAll(
                connection,
                "INSERT INTO late(point,committed_s,seq,time_us,id)",
                5,
                "ON DUPLICATE KEY UPDATE id=VALUES(id)",
                late,
                (statement, first, row) ->
                        Sql.bindAt(
                                statement,
                                first,
                                row.point(),
                                row.committed(),
                                row.seq() == null ? 0 : row.seq(),
                                row.time(),
                                row.id()));
    }

    private static boolean isLate(ReadingRow row) {
        Long committed = row.committed();
        return committed != null
                && (committed * SECOND - row.time() > LATE * SECOND
                        || row.time() - committed * SECOND > EARLY * SECOND);
    }

    /**
     * A row never was.
     *
     * @param committed when that was committed that is undone; one of this id that was there before
     *     stays
     */
    void undone(Connection connection, int point, long time, long id, long committed)
            throws SQLException {
        Sql.run(
                connection,
                "DELETE FROM late WHERE point=? AND time_us=? AND id=?",
                point,
                time,
                id);
        Sql.run(
                connection,
                "DELETE FROM fact WHERE recorder=? AND id=? AND committed_s>=?",
                recorder,
                id,
                committed);
    }

    /**
     * What is known after all that was kept: the names, and what the recorder said last.
     *
     * @param recorder the schema of Home Assistant's database
     */
    public static List<Fact> known(Connection connection, String recorder) throws SQLException {
        Map<Long, Fact> names = new LinkedHashMap<>();
        Fact[] said = {new Fact.RecorderSaid(RecorderState.UNKNOWN)};
        Sql.ask(
                connection,
                "SELECT kind,metadata_id,text,time_us FROM fact WHERE recorder=? AND kind IN"
                        + " (1,2,3) ORDER BY committed_s,seq,n",
                row -> {
                    long key = row.getLong(2);
                    switch (row.getInt(1)) {
                        case NAMED ->
                                names.put(
                                        key,
                                        new Fact.Named(
                                                new PointKey(key), new PointId(row.getString(3))));
                        case FORGOTTEN -> names.remove(key);
                        default -> {
                            long since = row.getLong(4);
                            said[0] =
                                    new Fact.RecorderSaid(
                                            new RecorderState(
                                                    RecorderState.Phase.valueOf(row.getString(3)),
                                                    row.wasNull()
                                                            ? Optional.empty()
                                                            : Optional.of(Micros.instant(since))));
                        }
                    }
                },
                recorder);
        List<Fact> known = new ArrayList<>(names.values());
        known.add(said[0]);
        return known;
    }

    /** Whether it is known of some moment what was known then. */
    public boolean isBegun(Connection connection) throws SQLException {
        return Sql.number(
                        connection,
                        "SELECT 1 FROM fact WHERE recorder=? AND kind=? LIMIT 1",
                        recorder,
                        BEGIN)
                .isPresent();
    }

    /**
     * All names, and what the recorder says of itself: where the stream begins, or goes on after
     * something was missed. What is known already is not kept again.
     */
    void snapshot(Connection connection, Transaction of, Group snapshot) throws SQLException {
        Map<Long, String> known = new HashMap<>();
        String[] saying = {""};
        Sql.ask(
                connection,
                "SELECT kind,metadata_id,text,time_us FROM fact WHERE recorder=? AND kind IN"
                        + " (1,2,3) ORDER BY committed_s,seq,n",
                row -> {
                    switch (row.getInt(1)) {
                        case NAMED -> known.put(row.getLong(2), String.valueOf(row.getString(3)));
                        case FORGOTTEN -> known.remove(row.getLong(2));
                        default -> saying[0] = row.getString(3) + row.getString(4);
                    }
                },
                recorder);
        List<Kept> rows = new ArrayList<>();
        Set<Long> there = new HashSet<>();
        int n = 0;
        for (Fact fact : snapshot.facts()) {
            switch (fact) {
                case Fact.Named(PointKey key, PointId name) -> {
                    there.add(key.value());
                    if (!name.name().equals(known.get(key.value()))) {
                        rows.add(named(of, n++, key, name));
                    }
                }
                case Fact.RecorderSaid(RecorderState state) -> {
                    Kept said = said(of, n++, state);
                    if (!saying[0].equals(said.text() + said.time())) {
                        rows.add(said);
                    }
                }
                case Fact.Observed _, Fact.Amended _, Fact.Forgotten _ -> {
                    // Readings are archived as rows.
                }
            }
        }
        for (long key : known.keySet()) {
            if (!there.contains(key)) {
                rows.add(forgotten(of, n++, new PointKey(key)));
            }
        }
        if (!isBegun(connection)) {
            rows.add(new Kept(of, n, 0, BEGIN, null, null, null, null, null, null));
        }
        insert(connection, rows);
    }
}
