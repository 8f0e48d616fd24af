package vigie.console;

import vigie.console.difference.Against;
import vigie.console.history.PastSettings;
import vigie.console.replay.ReplaySettings;
import vigie.plan.Plan;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a console shows and where.
 *
 * @param locale the language it opens with
 * @param plan the plan to draw
 * @param planNotice why another plan than the operator's is drawn; empty: it is his
 * @param database where the data come from, for people, without password; may be empty
 * @param shot a picture to take, after which the console ends; empty: a window stays open
 * @param past the past that charts can show; empty: the present only
 * @param replay the past that can be played; empty: the present only
 * @param against what the past it begins with is held against; empty: nothing
 * @param ownNotice why nothing is written into Vigie's own tables, where somebody should know;
 *     asked on the JavaFX thread with every frame, so it answers at once
 * @param wall whether it is a wall: the plan full screen with clock and heartbeat, nobody sits in
 *     front of it
 * @param view the file in which it keeps how it was left; empty: it begins as if for the first time
 */
public record ConsoleSettings(
        Locale locale,
        Plan plan,
        Optional<Sentence> planNotice,
        String database,
        Optional<Shot> shot,
        Optional<PastSettings> past,
        Optional<ReplaySettings> replay,
        Optional<Against> against,
        Supplier<Optional<Sentence>> ownNotice,
        boolean wall,
        Optional<Path> view) {
    /** An ordinary console that keeps nothing. */
    public ConsoleSettings(
            Locale locale,
            Plan plan,
            Optional<Sentence> planNotice,
            String database,
            Optional<Shot> shot,
            Optional<PastSettings> past,
            Optional<ReplaySettings> replay,
            Optional<Against> against) {
        this(
                locale,
                plan,
                planNotice,
                database,
                shot,
                past,
                replay,
                against,
                Optional::empty,
                false,
                Optional.empty());
    }

    /**
     * The same on a wall; of the past there is nothing, for nobody is there to come back from it.
     */
    public ConsoleSettings onWall() {
        return new ConsoleSettings(
                locale,
                plan,
                planNotice,
                database,
                shot,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ownNotice,
                true,
                view);
    }

    /** The same, keeping how it was left. */
    public ConsoleSettings keeping(Path file) {
        return new ConsoleSettings(
                locale,
                plan,
                planNotice,
                database,
                shot,
                past,
                replay,
                against,
                ownNotice,
                wall,
                Optional.of(file));
    }

    /** The same, saying why nothing is written into Vigie's own tables. */
    public ConsoleSettings noticing(Supplier<Optional<Sentence>> notice) {
        return new ConsoleSettings(
                locale,
                plan,
                planNotice,
                database,
                shot,
                past,
                replay,
                against,
                notice,
                wall,
                view);
    }

    /** A console that compares nothing. */
    public ConsoleSettings(
            Locale locale,
            Plan plan,
            Optional<Sentence> planNotice,
            String database,
            Optional<Shot> shot,
            Optional<PastSettings> past,
            Optional<ReplaySettings> replay) {
        this(locale, plan, planNotice, database, shot, past, replay, Optional.empty());
    }

    /** A console of the present only. */
    public ConsoleSettings(
            Locale locale,
            Plan plan,
            Optional<Sentence> planNotice,
            String database,
            Optional<Shot> shot) {
        this(locale, plan, planNotice, database, shot, Optional.empty(), Optional.empty());
    }
}
