package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.archive.Facts;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.recorder.StateSql;
import vigie.room.RecorderState;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A row of the archive's table {@code fact}: what a transaction said that is no reading, or what a
 * reading said before or after it was repaired.
 *
 * @param kind one of those of {@link Facts}
 * @param stream the number of the log, 0 where unknown
 * @param n its place in the transaction
 * @param id the reading's, 0 of none
 * @param attributes their number, negative where unknown
 */
record KeptFact(
        CommitPlace place,
        int stream,
        int n,
        long id,
        int kind,
        PointKey key,
        @Nullable String text,
        @Nullable Long time,
        @Nullable Long changed,
        @Nullable Double value,
        long attributes) {
    /** What {@link #of} reads. */
    static final String COLUMNS =
            "committed_s, seq, stream, n, id, kind, metadata_id, text, time_us, changed_us, value,"
                    + " attributes";

    static KeptFact of(ResultSet row) throws SQLException {
        CommitPlace place = CommitPlace.ofFact(row.getLong(1), row.getLong(2));
        long time = row.getLong(9);
        Long itsTime = row.wasNull() ? null : Long.valueOf(time);
        long changed = row.getLong(10);
        Long itsChanged = row.wasNull() ? null : Long.valueOf(changed);
        double value = row.getDouble(11);
        Double itsValue = row.wasNull() ? null : Double.valueOf(value);
        long number = row.getLong(12);
        long attributes = row.wasNull() ? -1 : number;
        return new KeptFact(
                place,
                row.getInt(3),
                row.getInt(4),
                row.getLong(5),
                row.getInt(6),
                new PointKey(row.getLong(7)),
                row.getString(8),
                itsTime,
                itsChanged,
                itsValue,
                attributes);
    }

    /** Whether it tells what a reading said when it was written. */
    boolean isOriginal() {
        return kind == Facts.WAS || kind == Facts.GIVEN;
    }

    /** Of one about a name: that. */
    PointId name() {
        return StateSql.name(key, text);
    }

    /** Of one about the recorder: what it said. */
    RecorderState recorder() {
        RecorderState.Phase phase =
                Arrays.stream(RecorderState.Phase.values())
                        .filter(one -> one.name().equals(text))
                        .findFirst()
                        .orElse(RecorderState.Phase.UNKNOWN);
        return new RecorderState(phase, Optional.ofNullable(time).map(Times::instant));
    }

    /** Of one about a reading: its text as recorded. */
    @Nullable String said() {
        Double number = value;
        return text == null && number != null ? Double.toString(number) : text;
    }

    /** Of one about a reading: its time at the source, microseconds. */
    long at() {
        Long known = time;
        return known == null ? 0 : known;
    }

    /** Of one about a reading: since when its text stood, microseconds. */
    long changedAt() {
        Long known = changed;
        return known == null ? at() : known;
    }
}
