package vigie.bench;

import vigie.app.Bench.Figure;

/** The figures of {@link PackageBench} and their goals, in the order in which they are shown. */
enum PackageGoal {
    DEB_MB(Goal.atMost(75, "MB")),
    INSTALLED_MB(Goal.atMost(170, "MB")),
    FIRST_WINDOW_S(Goal.atMost(1, "s")),
    FIRST_LIVE_FRAME_S(Goal.atMost(2, "s")),
    AOT_RATIO(Goal.atLeast(1.5, "")),
    RESIDENT_MB_1080P(Goal.atMost(300, "MB"));

    @SuppressWarnings("ImmutableEnumChecker") // a record of two texts and a number
    private final Goal goal;

    PackageGoal(Goal goal) {
        this.goal = goal;
    }

    /** The figure; a value that is not a number says that it could not be measured. */
    Figure measured(double value) {
        return goal.measured(this, value);
    }
}
