package vigie.bench;

import vigie.app.Bench.Figure;

/** The figures of {@link HistoryBench} and their goals, in the order in which they are shown. */
enum HistoryGoal {
    CHART_1_POINT_COLD_P95_MS(Goal.atMost(100, "ms")),
    CHART_1_POINT_WARM_P95_MS(Goal.atMost(20, "ms")),
    CHART_8_POINTS_COLD_P95_MS(Goal.atMost(300, "ms")),
    STATE_AT_T_200_POINTS_P95_MS(Goal.atMost(50, "ms")),
    CHART_RATIO_TO_GROUP_BY(Goal.atLeast(5, "")),
    CHART_RATIO_TO_HA_QUERY(Goal.atLeast(5, "")),
    STATE_RATIO_TO_HA_QUERY(Goal.atLeast(5, "")),
    PAN_FPS_1M_POINTS(Goal.atLeast(58, "")),
    ARCHIVE_CPU_PERCENT_OF_CORE_AT_100_PER_S(Goal.atMost(5, "%")),
    LIVE_P99_MS_DURING_50_QUERIES(Goal.atMost(50, "ms")),
    /** Guards of our own: the loads beside them were really written. */
    ARCHIVE_READINGS_PER_S(Goal.atLeast(100, "")),
    LIVE_READINGS_PER_S(Goal.atLeast(1_000, ""));

    @SuppressWarnings("ImmutableEnumChecker") // a record of two texts and a number
    private final Goal goal;

    HistoryGoal(Goal goal) {
        this.goal = goal;
    }

    /** The figure; a value that is not a number says that it could not be measured. */
    Figure measured(double value) {
        return goal.measured(this, value);
    }
}
