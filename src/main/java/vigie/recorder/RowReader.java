package vigie.recorder;

import org.jspecify.annotations.Nullable;

import vigie.point.Attributes;
import vigie.point.PointKey;
import vigie.room.Fact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the rows of one table by the names of its columns: positions differ between fresh and
 * migrated databases of the same version. Additional columns and any integer width are accepted.
 */
public final class RowReader {
    private static final int ABSENT = -1;

    private final RecorderTable table;
    private final int[] needed;
    private final int lastChanged;

    private RowReader(RecorderTable table, int[] needed, int lastChanged) {
        this.table = table;
        this.needed = needed;
        this.lastChanged = lastChanged;
    }

    /**
     * A reader for rows whose columns have these names.
     *
     * @return empty where a column that we need is not among them
     */
    public static Optional<RowReader> of(RecorderTable table, List<String> columns) {
        List<String> names = new ArrayList<>();
        columns.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        int[] needed = table.neededColumns().stream().mapToInt(names::indexOf).toArray();
        for (int index : needed) {
            if (index < 0) {
                return Optional.empty();
            }
        }
        int lastChanged = names.indexOf("last_changed_ts");
        return Optional.of(new RowReader(table, needed, lastChanged < 0 ? ABSENT : lastChanged));
    }

    /** The table whose rows it reads. */
    public RecorderTable table() {
        return table;
    }

    /** Whether an UPDATE of this table can tell us something; otherwise it need not be decoded. */
    public static boolean readsUpdates(RecorderTable table) {
        return switch (table) {
            case SCHEMA_CHANGES -> false;
            case STATES, STATES_META, STATE_ATTRIBUTES, RECORDER_RUNS -> true;
        };
    }

    /** Whether a DELETE of this table can tell us something; otherwise it need not be decoded. */
    public static boolean readsDeletes(RecorderTable table) {
        return switch (table) {
            // Ids of attributes are never given again; a purge of old runs says nothing of now.
            case STATE_ATTRIBUTES, SCHEMA_CHANGES, RECORDER_RUNS -> false;
            case STATES, STATES_META -> true;
        };
    }

    /**
     * What an inserted row says. Columns that its image leaves out have their default, which is
     * NULL in all of these tables.
     *
     * @return null where it says nothing that we follow: a row without the key of its table, or (in
     *     {@code states}) without the key of its entity
     */
    public @Nullable RecorderRow inserted(RowView row) {
        return switch (table) {
            case STATES -> state(row);
            case STATES_META -> name(row, row);
            case STATE_ATTRIBUTES -> attributes(row, row);
            case SCHEMA_CHANGES ->
                    row.isNull(needed[0])
                            ? null
                            : new RecorderRow.SchemaChanged((int) row.integer(needed[0]));
            case RECORDER_RUNS -> run(row, row);
        };
    }

    /**
     * What an updated row says.
     *
     * @param before its image before; under a shortened image at least the primary key
     * @param after its image after; under a shortened image the changed columns only
     * @return null where it says nothing that we follow
     */
    public @Nullable RecorderRow updated(RowView before, RowView after) {
        return switch (table) {
            case STATES -> amended(before, after);
            case SCHEMA_CHANGES -> null;
            case STATES_META -> after.has(needed[1]) ? name(before, after) : null;
            case STATE_ATTRIBUTES -> after.has(needed[1]) ? attributes(before, after) : null;
            case RECORDER_RUNS -> after.has(needed[2]) ? run(before, after) : null;
        };
    }

    /** What a deleted row says; null where nothing that we follow. */
    public @Nullable RecorderRow deleted(RowView before) {
        return switch (table) {
            case STATE_ATTRIBUTES, SCHEMA_CHANGES, RECORDER_RUNS -> null;
            case STATES ->
                    before.isNull(needed[0])
                            ? null
                            : new RecorderRow.StateDeleted(before.integer(needed[0]));
            case STATES_META ->
                    before.isNull(needed[0])
                            ? null
                            : new RecorderRow.NameDeleted(new PointKey(before.integer(needed[0])));
        };
    }

    /**
     * Home Assistant changes only {@code last_reported_ts} of the previous row, and {@code
     * old_state_id} in a purge: half of all traffic, so it has to be cheap to pass over.
     */
    private @Nullable RecorderRow amended(RowView before, RowView after) {
        boolean amended = false;
        boolean whole = true;
        for (int i = 1; i < needed.length; i++) {
            int column = needed[i];
            whole &= after.has(column);
            amended |= after.has(column) && !(before.has(column) && before.isSame(column, after));
        }
        if (!amended) {
            return null;
        }
        RowView keyed = after.has(needed[0]) ? after : before;
        if (keyed.isNull(needed[0])) {
            return null;
        }
        return new RecorderRow.StateAmended(
                keyed.integer(needed[0]),
                whole && after.has(needed[0])
                        ? Optional.ofNullable(state(after))
                        : Optional.empty(),
                place(before));
    }

    /** Of a row of {@code states}: where it stands; empty where its image does not tell. */
    public Optional<Fact.Place> place(RowView row) {
        if (table != RecorderTable.STATES || !row.has(needed[2]) || row.isNull(needed[4])) {
            return Optional.empty();
        }
        PointKey key = new PointKey(row.integer(needed[4]));
        return time(row, needed[2]).map(time -> new Fact.Place(key, time));
    }

    private RecorderRow.@Nullable StateInserted state(RowView row) {
        if (row.isNull(needed[4])) {
            return null;
        }
        return new RecorderRow.StateInserted(
                integer(row, needed[0]),
                new PointKey(row.integer(needed[4])),
                row.isNull(needed[1]) ? null : row.text(needed[1]).decode(),
                time(row, needed[2]),
                time(row, lastChanged),
                integer(row, needed[3]));
    }

    private @Nullable RecorderRow name(RowView before, RowView after) {
        RowView keyed = after.has(needed[0]) ? after : before;
        if (keyed.isNull(needed[0])) {
            return null;
        }
        PointKey key = new PointKey(keyed.integer(needed[0]));
        Optional<String> name =
                after.isNull(needed[1])
                        ? Optional.empty()
                        : Optional.of(after.text(needed[1]).decode()).filter(n -> !n.isBlank());
        return new RecorderRow.NameWritten(key, name);
    }

    private @Nullable RecorderRow attributes(RowView before, RowView after) {
        RowView keyed = after.has(needed[0]) ? after : before;
        if (keyed.isNull(needed[0])) {
            return null;
        }
        long id = keyed.integer(needed[0]);
        if (after.isNull(needed[1])) {
            return new RecorderRow.AttributesWritten(id, Attributes.MISSING);
        }
        RowView.Text json = after.text(needed[1]);
        return new RecorderRow.AttributesWritten(
                id, AttributesText.read(json.array(), json.offset(), json.length()));
    }

    /** Under a shortened image, what an update does not name stayed: no run ends twice. */
    private @Nullable RecorderRow run(RowView before, RowView after) {
        RowView keyed = after.has(needed[0]) ? after : before;
        if (keyed.isNull(needed[0])) {
            return null;
        }
        return new RecorderRow.RunWritten(
                keyed.integer(needed[0]),
                moment(after, needed[1]),
                !after.isNull(needed[2]),
                moment(after, needed[2]),
                !after.isNull(needed[3]) && after.integer(needed[3]) != 0);
    }

    private static Optional<Instant> moment(RowView row, int column) {
        return row.isNull(column) ? Optional.empty() : row.moment(column);
    }

    private static OptionalLong integer(RowView row, int column) {
        return row.isNull(column) ? OptionalLong.empty() : OptionalLong.of(row.integer(column));
    }

    private static Optional<Instant> time(RowView row, int column) {
        return column == ABSENT || row.isNull(column)
                ? Optional.empty()
                : SourceTime.of(row.real(column));
    }
}
