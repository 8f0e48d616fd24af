package vigie.app;

import org.jspecify.annotations.Nullable;

import vigie.console.TimelineSource;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.LiveTimeline;
import vigie.timeline.Timeline;

import java.time.Clock;
import java.util.Optional;

/**
 * The present of a wall. The address is asked for with every attempt: a wall that hangs before the
 * configuration is written shows what is missing, and begins when it is there, without anybody
 * starting it anew. The duty is taken beside it, as every console does.
 */
final class WallSource implements TimelineSource, AutoCloseable {
    /** Where the database is now. */
    @FunctionalInterface
    interface Place {
        DatabaseAddress address() throws Fault;
    }

    /** Takes the duty at an address. */
    @FunctionalInterface
    interface Duty {
        OnDuty begin(DatabaseAddress address, DatabaseAddress own) throws Fault;
    }

    private final Invocation invocation;
    private final Place place;
    private final Duty duty;
    private final Clock clock;

    // The session's thread, and after its end the one that closes.
    private @Nullable DatabaseAddress served;
    private volatile @Nullable OnDuty onDuty;

    WallSource(Invocation invocation, Place place, Duty duty, Clock clock) {
        this.invocation = invocation;
        this.place = place;
        this.duty = duty;
        this.clock = clock;
    }

    @Override
    public Timeline open() throws Fault {
        DatabaseAddress address = place.address();
        DatabaseAddress own = DatabaseOption.own(invocation, address);
        if (!address.equals(served)) {
            close();
            onDuty = duty.begin(address, own);
            served = address;
        }
        return LiveTimeline.start(address, own.schema(), clock);
    }

    /** Why nothing is written into Vigie's own tables, where somebody should know. Any thread. */
    Optional<Sentence> notice() {
        OnDuty begun = onDuty;
        return begun == null ? Optional.empty() : begun.notice();
    }

    @Override
    public void close() {
        OnDuty begun = onDuty;
        onDuty = null;
        served = null;
        if (begun != null) {
            begun.close();
        }
    }
}
