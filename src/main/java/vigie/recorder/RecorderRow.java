package vigie.recorder;

import org.jspecify.annotations.Nullable;

import vigie.point.Attributes;
import vigie.point.PointKey;
import vigie.room.Fact;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What one change of a row says, before names and attributes are joined to it. */
public sealed interface RecorderRow {
    /** About how many bytes of memory it takes. */
    default int bytes() {
        return OBJECTS;
    }

    /** A row and the small objects that belong to it. */
    int OBJECTS = 160;

    /**
     * A row was inserted into {@code states}.
     *
     * @param text null where the database holds NULL
     * @param time {@code last_updated_ts}; empty where that is NULL or no time at all
     * @param changed {@code last_changed_ts}; empty where that is NULL, which means {@code time}
     */
    record StateInserted(
            OptionalLong id,
            PointKey key,
            @Nullable String text,
            Optional<Instant> time,
            Optional<Instant> changed,
            OptionalLong attributesId)
            implements RecorderRow {
        @Override
        public int bytes() {
            return OBJECTS + (text == null ? 0 : 2 * text.length());
        }
    }

    /**
     * A row of {@code states} was changed in place, as people do to repair a value.
     *
     * @param row as it is now; empty where the log holds only a part of it
     * @param former where it stood before; empty where the log does not tell
     */
    record StateAmended(long id, Optional<StateInserted> row, Optional<Fact.Place> former)
            implements RecorderRow {}

    /** A row of {@code states} was deleted: by a purge, or by hand. */
    record StateDeleted(long id) implements RecorderRow {}

    /** A row of {@code state_attributes} was written. */
    record AttributesWritten(long id, Attributes attributes) implements RecorderRow {
        @Override
        public int bytes() {
            return OBJECTS + 2 * attributes.friendlyName().map(String::length).orElse(0);
        }
    }

    /**
     * A row of {@code states_meta} was inserted or its name changed.
     *
     * @param name empty where the database holds NULL or blanks
     */
    record NameWritten(PointKey key, Optional<String> name) implements RecorderRow {
        @Override
        public int bytes() {
            return OBJECTS + 2 * name.map(String::length).orElse(0);
        }
    }

    /** A row of {@code states_meta} was deleted. */
    record NameDeleted(PointKey key) implements RecorderRow {}

    /**
     * A row of {@code recorder_runs} was written: the recorder started, or a run ended.
     *
     * @param start when it began, by the clock of Home Assistant's host; empty where the row does
     *     not tell
     * @param ended whether it has an end
     * @param end that end; empty while it runs
     * @param crashed whether the next run closed it, because it had not ended in order
     */
    record RunWritten(
            long id, Optional<Instant> start, boolean ended, Optional<Instant> end, boolean crashed)
            implements RecorderRow {
        /** Whether it ended in order. */
        boolean isStop() {
            return ended && !crashed;
        }

        /** The same with its start. */
        RunWritten startedAt(Optional<Instant> known) {
            return new RunWritten(id, known, ended, end, crashed);
        }
    }

    /** A statement changed columns of the recorder's tables: a migration is under way. */
    record ColumnsChanged() implements RecorderRow {}

    /** A migration is done: the schema has this version now. */
    record SchemaChanged(int version) implements RecorderRow {}
}
