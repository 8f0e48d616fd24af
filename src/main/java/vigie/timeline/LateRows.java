package vigie.timeline;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Notices rows that are committed, or repaired, long after their time: what was told of that time
 * may be told otherwise now. Whoever shows it is told once for all that come within some seconds.
 */
public final class LateRows {
    private static final Logger LOG = LoggerFactory.getLogger(LateRows.class);

    /** Later than this after its time a row is late; who shows the end asks for more anew. */
    static final Duration LATE = Duration.ofMinutes(4);

    /** So long more of them are waited for: a recorder that catches up brings many. */
    private static final Duration GATHERED = Duration.ofSeconds(3);

    private final Duration gathered;
    private final List<Recorded.Late> listeners = new CopyOnWriteArrayList<>();

    // Guarded by this object.
    private @Nullable Instant from;
    private @Nullable Instant to;

    public LateRows() {
        this(GATHERED);
    }

    /** For tests that do not wait so long. */
    LateRows(Duration gathered) {
        this.gathered = gathered;
    }

    /**
     * Asks to be told, on a thread that nobody else uses.
     *
     * @return lets go
     */
    public AutoCloseable onLate(Recorded.Late late) {
        listeners.add(late);
        return () -> listeners.remove(late);
    }

    /**
     * A group came from the log. The feed's thread.
     *
     * @param committed when, by Home Assistant's clock
     */
    void group(Group group, Instant committed) {
        Instant young = committed.minus(LATE);
        for (Fact fact : group.facts()) {
            switch (fact) {
                case Fact.Observed(Reading reading) -> note(reading.time(), young);
                case Fact.Amended(Reading reading, Optional<Fact.Place> former) -> {
                    note(reading.time(), young);
                    former.ifPresent(place -> note(place.time(), young));
                }
                case Fact.Named _, Fact.Forgotten _, Fact.RecorderSaid _ -> {
                    // They say nothing of another time than their own.
                }
            }
        }
    }

    private synchronized void note(Instant time, Instant young) {
        if (time.isAfter(young)) {
            return;
        }
        if (from == null || to == null) {
            from = time;
            to = time;
            Thread.ofVirtual().name("vigie-late").start(this::tellLater);
        } else {
            from = time.isBefore(from) ? time : from;
            to = time.isAfter(to) ? time : to;
        }
    }

    private void tellLater() {
        try {
            Thread.sleep(gathered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Instant first;
        Instant last;
        synchronized (this) {
            if (from == null || to == null) {
                return;
            }
            first = from;
            last = to;
            from = null;
            to = null;
        }
        for (Recorded.Late late : listeners) {
            try {
                late.came(first, last);
            } catch (RuntimeException broken) { // the others are told all the same
                LOG.error("rows that came late could not be told of", broken);
            }
        }
    }
}
