package vigie.bench;

import vigie.app.Bench.Figure;

/** The figures of {@link ReplayBench} and their goals, in the order in which they are shown. */
enum ReplayGoal {
    SEEK_TO_PAINTED_P95_MS_24H_1000_POINTS(
            "seek_to_painted_p95_ms_24h_1000_points", Figure.Comparison.AT_MOST, 100, "ms"),
    SEEK_TO_PAINTED_P95_MS_1Y("seek_to_painted_p95_ms_1y", Figure.Comparison.AT_MOST, 250, "ms"),
    DROPPED_EVENTS_AT_3600X("dropped_events_at_3600x", Figure.Comparison.AT_MOST, 0, ""),
    FPS_AT_3600X("fps_at_3600x", Figure.Comparison.AT_LEAST, 30, ""),
    HEAP_DRIFT_PERCENT("heap_drift_percent", Figure.Comparison.AT_MOST, 5, "%"),
    INCIDENT_OPEN_MS("incident_open_ms", Figure.Comparison.AT_MOST, 1_000, "ms"),
    /** Of our own: the same in a process that has just begun, as the console begins. */
    INCIDENT_FIRST_OPEN_MS("incident_first_open_ms", Figure.Comparison.AT_MOST, 1_000, "ms"),
    /** A guard of our own: so fast time really went while frames were counted. */
    SPEED_AT_3600X("speed_at_3600x", Figure.Comparison.AT_LEAST, 3_500, "x"),
    /** Of our own: a replay at full speed and a feed of 2,000 readings a second, in one process. */
    LIVE_P99_MS_BESIDE_REPLAY("live_p99_ms_beside_replay", Figure.Comparison.AT_MOST, 50, "ms"),
    DROPPED_EVENTS_BESIDE_LIVE("dropped_events_beside_live", Figure.Comparison.AT_MOST, 0, ""),
    SPEED_BESIDE_LIVE("speed_beside_live", Figure.Comparison.AT_LEAST, 3_500, "x");

    private final String figure;
    private final Figure.Comparison comparison;
    private final double goal;
    private final String unit;

    ReplayGoal(String figure, Figure.Comparison comparison, double goal, String unit) {
        this.figure = figure;
        this.comparison = comparison;
        this.goal = goal;
        this.unit = unit;
    }

    /** The figure; a value that is not a number says that it could not be measured. */
    Figure measured(double value) {
        double told = Math.round(value * 100) / 100.0;
        return new Figure(figure, Double.isNaN(value) ? Double.NaN : told, unit, comparison, goal);
    }
}
