package vigie.bench;

import vigie.app.Bench.Figure;

import java.util.Locale;

/** The figures of {@link FeedBench} and their goals, in the order in which they are shown. */
enum FeedGoal {
    DECODE_RATIO_TO_BARE(Figure.Comparison.AT_LEAST, 0.7, ""),
    DECODE_RATIO_TO_DEBEZIUM(Figure.Comparison.AT_LEAST, 10, ""),
    COMMIT_TO_STATE_P50_RATIO_TO_BARE(Figure.Comparison.AT_MOST, 1.3, ""),
    COMMIT_TO_STATE_P99_RATIO_TO_BARE(Figure.Comparison.AT_MOST, 1.5, ""),
    CPU_RATIO_TO_BARE(Figure.Comparison.AT_MOST, 2, ""),
    BIG_GROUP_RATIO_TO_BARE(Figure.Comparison.AT_MOST, 1.3, ""),
    COMMIT_TO_STATE_P99_MS_20K(Figure.Comparison.AT_MOST, 15, "ms"),
    /** Not a promise but a guard: the two beside it would mean nothing under a smaller load. */
    LOAD_ROWS_PER_S(Figure.Comparison.AT_LEAST, 20_000, ""),
    HEAP_DRIFT_PERCENT(Figure.Comparison.AT_MOST, 5, "%"),
    LIVE_AGAIN_AFTER_RESTART_S(Figure.Comparison.AT_MOST, 2, "s"),
    FROZEN_NOTICED_S(Figure.Comparison.AT_MOST, 4, "s"),
    FAILOVER_S(Figure.Comparison.AT_MOST, 5, "s"),
    PURGE_MAX_DELAY_MS(Figure.Comparison.AT_MOST, 1_000, "ms"),
    PURGE_HEAP_OVER_IDLE_MB(Figure.Comparison.AT_MOST, 64, "MB"),
    IDLE_BINLOG_BYTES_PER_MIN(Figure.Comparison.AT_MOST, 20_000, "B");

    private final Figure.Comparison comparison;
    private final double goal;
    private final String unit;

    FeedGoal(Figure.Comparison comparison, double goal, String unit) {
        this.comparison = comparison;
        this.goal = goal;
        this.unit = unit;
    }

    /** The figure; a value that is not a number says that it could not be measured. */
    Figure measured(double value) {
        return new Figure(name().toLowerCase(Locale.ROOT), value, unit, comparison, goal);
    }
}
