package vigie.app;

import org.jspecify.annotations.Nullable;

import vigie.console.Shot;
import vigie.duty.ArchiveSettings;
import vigie.store.DatabaseAddress;
import vigie.text.Sentence;

import java.time.Clock;
import java.util.Optional;

/**
 * A window's part in the duty, which begins anew where the window's settings or plan ask for
 * another archive. Any thread.
 */
final class DutyBeside implements AutoCloseable {
    private final Optional<Shot> shot;
    private final DatabaseAddress address;
    private final DatabaseAddress own;
    private final Clock clock;
    private ArchiveSettings settings;
    private volatile @Nullable OnDuty onDuty;

    DutyBeside(
            Optional<Shot> shot,
            DatabaseAddress address,
            DatabaseAddress own,
            ArchiveSettings settings,
            Clock clock) {
        this.shot = shot;
        this.address = address;
        this.own = own;
        this.clock = clock;
        this.settings = settings;
        onDuty = OnDuty.beside(shot, address, own, settings, clock);
    }

    /** Archives by these settings from now on; blocks while what was begun by others ends. */
    synchronized void keep(ArchiveSettings wanted) {
        OnDuty begun = onDuty;
        if (begun != null && !wanted.equals(settings)) {
            begun.close();
            settings = wanted;
            onDuty = OnDuty.beside(shot, address, own, settings, clock);
        }
    }

    /** Why nothing is written into Vigie's own tables, where somebody should know. Never blocks. */
    Optional<Sentence> notice() {
        OnDuty begun = onDuty;
        return begun == null ? Optional.empty() : begun.notice();
    }

    @Override
    public synchronized void close() {
        OnDuty begun = onDuty;
        onDuty = null;
        if (begun != null) {
            begun.close();
        }
    }
}
