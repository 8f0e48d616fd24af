package vigie.bench;

import vigie.app.Bench.Figure;

/** The figures of {@link HistoryBench} and their goals, in the order in which they are shown. */
enum HistoryGoal {
    CHART_1_POINT_COLD_P95_MS(Figure.Comparison.AT_MOST, 100, "ms"),
    CHART_1_POINT_WARM_P95_MS(Figure.Comparison.AT_MOST, 20, "ms"),
    CHART_8_POINTS_COLD_P95_MS(Figure.Comparison.AT_MOST, 300, "ms"),
    STATE_AT_T_200_POINTS_P95_MS(Figure.Comparison.AT_MOST, 50, "ms"),
    CHART_RATIO_TO_GROUP_BY(Figure.Comparison.AT_LEAST, 5, ""),
    CHART_RATIO_TO_HA_QUERY(Figure.Comparison.AT_LEAST, 5, ""),
    STATE_RATIO_TO_HA_QUERY(Figure.Comparison.AT_LEAST, 5, ""),
    PAN_FPS_1M_POINTS(Figure.Comparison.AT_LEAST, 58, ""),
    ARCHIVE_CPU_PERCENT_OF_CORE_AT_100_PER_S(Figure.Comparison.AT_MOST, 5, "%"),
    LIVE_P99_MS_DURING_50_QUERIES(Figure.Comparison.AT_MOST, 50, "ms"),
    /** Guards of our own: the loads beside them were really written. */
    ARCHIVE_READINGS_PER_S(Figure.Comparison.AT_LEAST, 100, ""),
    LIVE_READINGS_PER_S(Figure.Comparison.AT_LEAST, 1_000, "");

    private final Figure.Comparison comparison;
    private final double goal;
    private final String unit;

    HistoryGoal(Figure.Comparison comparison, double goal, String unit) {
        this.comparison = comparison;
        this.goal = goal;
        this.unit = unit;
    }

    /** The figure; a value that is not a number says that it could not be measured. */
    Figure measured(double value) {
        return new Figure(name().toLowerCase(java.util.Locale.ROOT), value, unit, comparison, goal);
    }
}
