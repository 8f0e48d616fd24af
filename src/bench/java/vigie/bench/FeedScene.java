package vigie.bench;

import org.jspecify.annotations.Nullable;

import vigie.text.Fault;

import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the parts of {@link FeedBench} share: one server with one log, the figures so far, and the
 * person who waits.
 */
final class FeedScene {
    private final BenchDatabase database;
    private final PrintStream progress;
    private final double share;
    private final Map<FeedGoal, Double> figures = new EnumMap<>(FeedGoal.class);

    /**
     * @param share of their full length to which those parts that take long are cut; 1 where the
     *     figures are to count
     */
    FeedScene(BenchDatabase database, PrintStream progress, double share) {
        this.database = database;
        this.progress = progress;
        this.share = share;
    }

    /** A part of the bench. */
    interface Part {
        void measure(FeedScene scene) throws Fault, InterruptedException;
    }

    BenchDatabase database() {
        return database;
    }

    PrintStream progress() {
        return progress;
    }

    /** A count, cut to the share. */
    int cut(int full) {
        return (int) Math.max(1, Math.round(full * share));
    }

    /** A length, cut to the share, to the second. */
    Duration cut(Duration full) {
        return Duration.ofSeconds(cut((int) full.toSeconds()));
    }

    /** Keeps a figure; one that is not a number could not be measured. */
    void figure(FeedGoal goal, double value) {
        figures.put(goal, value);
    }

    /** The figures so far. */
    Map<FeedGoal, Double> figures() {
        return figures;
    }

    /** Tells how it goes, with the load of the machine, which explains a strange figure. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would cost a library
    void say(String format, @Nullable Object... values) {
        Telling.say(progress, format, values);
    }
}
