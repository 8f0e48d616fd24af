package vigie.app;

import vigie.console.Shot;
import vigie.duty.ArchiveSettings;
import vigie.duty.Archiver;
import vigie.duty.DutyService;
import vigie.history.archive.RolledPoints;
import vigie.plan.Plan;
import vigie.store.DatabaseAddress;
import vigie.store.OwnSchema;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Clock;
import java.util.Optional;

/** A process's part in the building's duty, as long as it is open: the heartbeat, the archive. */
record OnDuty(Optional<DutyService> service, Optional<Archiver> archiver) implements AutoCloseable {
    /**
     * Begins it and returns at once. A program that only takes a picture has none: it would take
     * the duty to give it back some seconds later.
     */
    static OnDuty beside(
            Optional<Shot> shot,
            DatabaseAddress address,
            DatabaseAddress own,
            ArchiveSettings settings,
            Clock clock) {
        return shot.isPresent()
                ? new OnDuty(Optional.empty(), Optional.empty())
                : begin(address, own, settings, clock);
    }

    /** The same for a process that has no window. */
    static OnDuty begin(
            DatabaseAddress address, DatabaseAddress own, ArchiveSettings settings, Clock clock) {
        DutyService service = DutyService.start(own, clock);
        Archiver archiver =
                Archiver.start(
                        address,
                        own.schema(),
                        service.connections(),
                        service::held,
                        settings,
                        clock);
        return new OnDuty(Optional.of(service), Optional.of(archiver));
    }

    /** What the configuration says of the archive, and the points of the plan. */
    static ArchiveSettings settings(Configuration configuration, Plan plan) throws Fault {
        return new ArchiveSettings(
                configuration.archiveRawDays(),
                new RolledPoints(configuration.archivePoints())
                        .and(
                                plan.placements().stream()
                                        .map(placement -> placement.point().name())
                                        .toList()));
    }

    /**
     * Why nothing is written into Vigie's own tables, where that is not as the administrator wanted
     * it: an account without the rights is, and a server that is away is told by the feed. Never
     * blocks; any thread.
     */
    Optional<Sentence> notice() {
        return service.flatMap(DutyService::access)
                .flatMap(access ->
                        switch (access) {
                            case OwnSchema.Usable _, OwnSchema.NotPermitted _ -> Optional.empty();
                            case OwnSchema.Newer newer -> newer.obstacle();
                            case OwnSchema.Unavailable(DatabaseAddress _, Fault fault) ->
                                    Optional.of(fault.sentence())
                                            .filter(sentence ->
                                                    sentence.key().startsWith("store.own."));
                        });
    }

    @Override
    public void close() {
        archiver.ifPresent(Archiver::close);
        service.ifPresent(DutyService::close);
    }
}
