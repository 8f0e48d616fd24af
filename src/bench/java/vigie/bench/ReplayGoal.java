package vigie.bench;

import vigie.app.Bench.Figure;

/** The figures of {@link ReplayBench} and their goals, in the order in which they are shown. */
enum ReplayGoal {
    SEEK_TO_PAINTED_P95_MS_24H_1000_POINTS(Goal.atMost(100, "ms")),
    SEEK_TO_PAINTED_P95_MS_1Y(Goal.atMost(250, "ms")),
    DROPPED_EVENTS_AT_3600X(Goal.atMost(0, "")),
    FPS_AT_3600X(Goal.atLeast(30, "")),
    HEAP_DRIFT_PERCENT(Goal.atMost(5, "%")),
    INCIDENT_OPEN_MS(Goal.atMost(1_000, "ms")),
    /** A guard of our own: so fast time really went while frames were counted. */
    SPEED_AT_3600X(Goal.atLeast(3_500, "x")),
    /** Of our own: a replay at full speed and a feed of 2,000 readings a second, in one process. */
    LIVE_P99_MS_BESIDE_REPLAY(Goal.atMost(50, "ms")),
    DROPPED_EVENTS_BESIDE_LIVE(Goal.atMost(0, "")),
    SPEED_BESIDE_LIVE(Goal.atLeast(3_500, "x"));

    @SuppressWarnings("ImmutableEnumChecker") // a record of two texts and a number
    private final Goal goal;

    ReplayGoal(Goal goal) {
        this.goal = goal;
    }

    /** The figure; a value that is not a number says that it could not be measured. */
    Figure measured(double value) {
        return goal.measured(this, value);
    }
}
