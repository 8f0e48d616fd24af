package vigie.room;

import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;

import java.time.Instant;
import java.util.Optional;

/** One thing that a committed group says about the room. */
public sealed interface Fact {
    /** A row was inserted into {@code states}. */
    record Observed(Reading reading) implements Fact {}

    /**
     * A row of {@code states} was changed in place, as people do to repair a value. It is no new
     * reading: it counts only where its row is the one that counts already.
     *
     * @param former where the row stood before; empty where the log does not tell
     */
    record Amended(Reading reading, Optional<Place> former) implements Fact {
        /** One of which nobody knows where its row stood before. */
        public Amended(Reading reading) {
            this(reading, Optional.empty());
        }
    }

    /**
     * Whose a row of {@code states} is, and of when.
     *
     * @param time at the source
     */
    record Place(PointKey key, Instant time) {}

    /** A point got a name: it appeared, or was renamed and kept its key. */
    record Named(PointKey key, PointId id) implements Fact {}

    /** A point's key ended: its {@code states_meta} row was deleted. */
    record Forgotten(PointKey key) implements Fact {}

    /** The recorder said something of itself. */
    record RecorderSaid(RecorderState state) implements Fact {}
}
