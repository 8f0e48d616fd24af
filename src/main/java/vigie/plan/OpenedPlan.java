package vigie.plan;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The plan that a console shows, and where it comes from. There is always one: a file that is wrong
 * gives way to its last good copy, else to the built-in plan, and {@link #banner} says so.
 *
 * @param plan what is shown
 * @param origin where it comes from
 * @param fault for the log: what is wrong with the file, or that no copy could be kept; empty where
 *     all is well
 * @param banner what the screen says as long as the plan is not the one asked for; empty where it
 *     is
 */
public record OpenedPlan(
        Plan plan, Origin origin, Optional<Fault> fault, Optional<Sentence> banner) {
    /** Where a plan comes from. */
    public enum Origin {
        /** The file asked for. */
        FILE,
        /** The copy of that file as it was when it could last be read. */
        LAST_GOOD,
        /** The program itself. */
        BUILT_IN
    }

    /**
     * Opens the plan asked for, or what comes nearest to it; a plan that could be read is kept as
     * last good copy.
     *
     * @param file empty: the built-in plan
     */
    public static OpenedPlan open(Optional<Path> file, LastGoodPlan copies) {
        if (file.isEmpty()) {
            return new OpenedPlan(
                    PlanFile.builtIn(), Origin.BUILT_IN, Optional.empty(), Optional.empty());
        }
        Plan plan;
        try {
            plan = PlanFile.read(file.get());
        } catch (Fault wrong) {
            return copies.load(file.get())
                    .map(copy -> instead(copy, Origin.LAST_GOOD, wrong, "plan.shows-last-good"))
                    .orElseGet(() ->
                            instead(
                                    PlanFile.builtIn(),
                                    Origin.BUILT_IN,
                                    wrong,
                                    "plan.shows-built-in"));
        }
        try {
            copies.save(file.get(), plan);
            return new OpenedPlan(plan, Origin.FILE, Optional.empty(), Optional.empty());
        } catch (Fault notKept) {
            // The plan itself is fine: this is for the log, not for the picture.
            return new OpenedPlan(plan, Origin.FILE, Optional.of(notKept), Optional.empty());
        }
    }

    private static OpenedPlan instead(Plan plan, Origin origin, Fault wrong, String key) {
        return new OpenedPlan(
                plan, origin, Optional.of(wrong), Optional.of(Sentence.of(key, wrong.sentence())));
    }
}
