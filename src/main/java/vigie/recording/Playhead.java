package vigie.recording;

import org.jspecify.annotations.Nullable;

import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RoomState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A place in a reel, which only goes forward. One thread. */
public final class Playhead {
    private final Reel reel;
    private final Unpacker steps;
    private RoomState state;
    private @Nullable Step next;
    private long folded;

    Playhead(Reel reel, Unpacker steps) {
        this.reel = reel;
        this.steps = steps;
        Step start = steps.next().orElseThrow();
        state = RoomState.EMPTY.after(start.group());
        next = steps.next().orElse(null);
    }

    public Reel reel() {
        return reel;
    }

    /** The room after the last step that was folded. */
    public RoomState state() {
        return state;
    }

    /** The next step; empty at the end. */
    public Optional<Step> next() {
        return Optional.ofNullable(next);
    }

    /** How many readings it has folded since the beginning of the reel. */
    public long folded() {
        return folded;
    }

    /** Folds one step. Nothing happens at the end. */
    public void step() {
        Step step = next;
        if (step != null) {
            state = state.after(step.group());
            folded += readings(step);
            next = steps.next().orElse(null);
        }
    }

    /**
     * Folds every step up to a moment.
     *
     * @param to the steps of exactly this moment are folded too
     */
    public void advance(Instant to) {
        boolean _ = advance(to, step -> false);
    }

    /**
     * Folds every step up to a moment, or up to one that is told to be the last.
     *
     * @param to the steps of exactly this moment are folded too
     * @param last asked of each step; it is folded whatever the answer
     * @return whether a step was the last
     */
    public boolean advance(Instant to, Predicate<Step> last) {
        List<Group> groups = new ArrayList<>();
        boolean found = false;
        Step step = next;
        while (!found && step != null && !step.at().isAfter(to)) {
            groups.add(step.group());
            folded += readings(step);
            found = last.test(step);
            step = steps.next().orElse(null);
        }
        next = step;
        state = state.after(groups);
        return found;
    }

    private static int readings(Step step) {
        int readings = 0;
        for (Fact fact : step.group().facts()) {
            if (fact instanceof Fact.Observed) {
                readings++;
            }
        }
        return readings;
    }
}
