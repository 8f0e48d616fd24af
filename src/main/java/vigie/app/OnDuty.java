package vigie.app;

import vigie.console.Shot;
import vigie.duty.DutyService;
import vigie.store.DatabaseAddress;

import java.time.Clock;
import java.util.Optional;

/** A console's part in the building's duty, as long as its window is open. */
record OnDuty(Optional<DutyService> service) implements AutoCloseable {
    /**
     * Begins it and returns at once. A program that only takes a picture has none: it would take
     * the duty to give it back some seconds later.
     */
    static OnDuty beside(Optional<Shot> shot, DatabaseAddress own, Clock clock) {
        return new OnDuty(
                shot.isPresent() ? Optional.empty() : Optional.of(DutyService.start(own, clock)));
    }

    @Override
    public void close() {
        service.ifPresent(DutyService::close);
    }
}
