package vigie.console.replay;

import vigie.console.difference.Against;

import java.time.Instant;
import java.util.Optional;

/**
 * What can be done with the past beside playing it. Called on the JavaFX thread; each opens its own
 * dialogue and returns at once. What is empty has a button that is disabled.
 *
 * @param saveIncident saves an interval as an incident file
 * @param film saves an interval as a moving picture
 * @param compare compares the moment shown with another one, on the plan
 */
public record ReplayActions(
        Optional<OfInterval> saveIncident, Optional<OfInterval> film, Optional<Comparing> compare) {
    /** Nothing but playing. */
    public static final ReplayActions NONE =
            new ReplayActions(Optional.empty(), Optional.empty(), Optional.empty());

    /** Done with an interval that the operator marked. */
    @FunctionalInterface
    public interface OfInterval {
        /**
         * @param from before {@code to}; both by the clock of Home Assistant's host
         */
        void act(Instant from, Instant to);
    }

    /** Holds what is shown against another moment. */
    @FunctionalInterface
    public interface Comparing {
        /**
         * @param against empty: nothing any more
         */
        void against(Optional<Against> against);
    }
}
