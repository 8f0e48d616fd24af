package vigie.duty;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a process stands towards the duty. */
public enum DutyState {
    /** Asks the server for it. */
    SEEKING,
    /** Somebody else has it; asks again every second. */
    STANDBY,
    /** Has it, and proves so every second. */
    ON_DUTY,
    /** Cannot ask: the server is away or refuses; tries again by itself. */
    AWAY,
    /** Closed. */
    ENDED;

    private static final Map<DutyState, Set<DutyState>> NEXT =
            Map.of(
                    SEEKING, EnumSet.of(STANDBY, ON_DUTY, AWAY, ENDED),
                    STANDBY, EnumSet.of(ON_DUTY, AWAY, ENDED),
                    ON_DUTY, EnumSet.of(AWAY, ENDED),
                    AWAY, EnumSet.of(SEEKING, ENDED),
                    ENDED, EnumSet.noneOf(DutyState.class));

    /** Whether one may follow the other. */
    public boolean leadsTo(DutyState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }
}
