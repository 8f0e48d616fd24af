package vigie.console;

import vigie.plan.Plan;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a console shows and where.
 *
 * @param drawn what it draws at first; {@link Console#draw} draws something else later
 * @param behind the past it can show
 * @param shot a picture to take, after which the console ends; empty: a window stays open
 * @param ownNotice why nothing is written into Vigie's own tables, where somebody should know;
 *     asked on the JavaFX thread with every frame, so it answers at once
 * @param wall whether it is a wall: the plan full screen with clock and heartbeat, nobody sits in
 *     front of it
 * @param view the file in which it keeps how it was left; empty: it begins as if for the first time
 */
public record ConsoleSettings(
        Drawn drawn,
        Behind behind,
        Optional<Shot> shot,
        Supplier<Optional<Sentence>> ownNotice,
        boolean wall,
        Optional<Path> view) {
    /** An ordinary console that keeps nothing. */
    public ConsoleSettings(Drawn drawn, Behind behind, Optional<Shot> shot) {
        this(drawn, behind, shot, Optional::empty, false, Optional.empty());
    }

    /** A console of the present only. */
    public ConsoleSettings(
            Locale locale,
            Plan plan,
            Optional<Sentence> planNotice,
            String database,
            Optional<Shot> shot) {
        this(new Drawn(locale, plan, planNotice, database), Behind.NOTHING, shot);
    }

    /**
     * The same on a wall; of the past there is nothing, for nobody is there to come back from it.
     */
    public ConsoleSettings onWall() {
        return new ConsoleSettings(drawn, Behind.NOTHING, shot, ownNotice, true, view);
    }

    /** The same, keeping how it was left. */
    public ConsoleSettings keeping(Path file) {
        return new ConsoleSettings(drawn, behind, shot, ownNotice, wall, Optional.of(file));
    }

    /** The same, saying why nothing is written into Vigie's own tables. */
    public ConsoleSettings noticing(Supplier<Optional<Sentence>> notice) {
        return new ConsoleSettings(drawn, behind, shot, notice, wall, view);
    }

    /** The same, drawing something else. */
    ConsoleSettings drawing(Drawn other, Behind its) {
        return new ConsoleSettings(other, its, shot, ownNotice, wall, view);
    }
}
