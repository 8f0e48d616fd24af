package vigie.app;

import org.jspecify.annotations.Nullable;

import vigie.console.TimelineSource;
import vigie.duty.ArchiveSettings;
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
        OnDuty begin(DatabaseAddress address, DatabaseAddress own, ArchiveSettings archive)
                throws Fault;
    }

    /** What is archived. */
    @FunctionalInterface
    interface Archive {
        ArchiveSettings settings() throws Fault;
    }

    private final Invocation invocation;
    private final Place place;
    private final Archive archive;
    private final Duty duty;
    private final Clock clock;

    private @Nullable DatabaseAddress served;
    private @Nullable ArchiveSettings archived;
    private volatile @Nullable OnDuty onDuty;

    WallSource(Invocation invocation, Place place, Archive archive, Duty duty, Clock clock) {
        this.invocation = invocation;
        this.place = place;
        this.archive = archive;
        this.duty = duty;
        this.clock = clock;
    }

    @Override
    public synchronized Timeline open() throws Fault {
        DatabaseAddress address = place.address();
        DatabaseAddress own = DatabaseOption.own(invocation, address);
        if (!address.equals(served)) {
            close();
            begin(address);
        }
        return LiveTimeline.start(address, own.schema(), clock);
    }

    private void begin(DatabaseAddress address) throws Fault {
        ArchiveSettings wanted = archive.settings();
        onDuty = duty.begin(address, DatabaseOption.own(invocation, address), wanted);
        served = address;
        archived = wanted;
    }

    /** Begins the duty anew where another archive is wanted than before; may block. */
    synchronized void settle() throws Fault {
        DatabaseAddress address = served;
        if (address != null && !archive.settings().equals(archived)) {
            close();
            begin(address);
        }
    }

    /** Whether another database is followed than this one; false where none is followed. */
    synchronized boolean isElsewhere(Optional<DatabaseAddress> wanted) {
        return served != null && wanted.filter(address -> !address.equals(served)).isPresent();
    }

    /** Why nothing is written into Vigie's own tables, where somebody should know. Any thread. */
    Optional<Sentence> notice() {
        OnDuty begun = onDuty;
        return begun == null ? Optional.empty() : begun.notice();
    }

    @Override
    public synchronized void close() {
        OnDuty begun = onDuty;
        onDuty = null;
        served = null;
        if (begun != null) {
            begun.close();
        }
    }
}
