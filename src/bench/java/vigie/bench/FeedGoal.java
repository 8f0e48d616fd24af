package vigie.bench;

import vigie.app.Bench.Figure;

/** The figures of {@link FeedBench} and their goals, in the order in which they are shown. */
enum FeedGoal {
    DECODE_RATIO_TO_BARE(Goal.atLeast(0.7, "")),
    DECODE_RATIO_TO_DEBEZIUM(Goal.atLeast(10, "")),
    COMMIT_TO_STATE_P50_RATIO_TO_BARE(Goal.atMost(1.3, "")),
    COMMIT_TO_STATE_P99_RATIO_TO_BARE(Goal.atMost(1.5, "")),
    CPU_RATIO_TO_BARE(Goal.atMost(2, "")),
    BIG_GROUP_RATIO_TO_BARE(Goal.atMost(1.3, "")),
    COMMIT_TO_STATE_P99_MS_20K(Goal.atMost(15, "ms")),
    /** Not a promise but a guard: the two beside it would mean nothing under a smaller load. */
    LOAD_ROWS_PER_S(Goal.atLeast(20_000, "")),
    HEAP_DRIFT_PERCENT(Goal.atMost(5, "%")),
    LIVE_AGAIN_AFTER_RESTART_S(Goal.atMost(2, "s")),
    FROZEN_NOTICED_S(Goal.atMost(4, "s")),
    FAILOVER_S(Goal.atMost(5, "s")),
    PURGE_MAX_DELAY_MS(Goal.atMost(1_000, "ms")),
    PURGE_HEAP_OVER_IDLE_MB(Goal.atMost(64, "MB")),
    IDLE_BINLOG_BYTES_PER_MIN(Goal.atMost(20_000, "B"));

    @SuppressWarnings("ImmutableEnumChecker") // a record of two texts and a number
    private final Goal goal;

    FeedGoal(Goal goal) {
        this.goal = goal;
    }

    /** The figure; a value that is not a number says that it could not be measured. */
    Figure measured(double value) {
        return goal.measured(this, value);
    }
}
