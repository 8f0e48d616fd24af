package vigie.bench;

import vigie.app.Bench.Figure;

/** The figures of {@link PackageBench} and their goals, in the order in which they are shown. */
enum PackageGoal {
    DEB_MB("deb_mb", Figure.Comparison.AT_MOST, 75, "MB"),
    INSTALLED_MB("installed_mb", Figure.Comparison.AT_MOST, 170, "MB"),
    FIRST_WINDOW_S("first_window_s", Figure.Comparison.AT_MOST, 1, "s"),
    FIRST_LIVE_FRAME_S("first_live_frame_s", Figure.Comparison.AT_MOST, 2, "s"),
    AOT_RATIO("aot_ratio", Figure.Comparison.AT_LEAST, 1.5, ""),
    RESIDENT_MB_1080P("resident_mb_1080p", Figure.Comparison.AT_MOST, 300, "MB");

    private final String figure;
    private final Figure.Comparison comparison;
    private final double goal;
    private final String unit;

    PackageGoal(String figure, Figure.Comparison comparison, double goal, String unit) {
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
