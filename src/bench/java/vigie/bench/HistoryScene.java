package vigie.bench;

import org.jspecify.annotations.Nullable;

import vigie.text.Fault;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;

/** What the parts of {@link HistoryBench} share: the figures so far, and the person who waits. */
final class HistoryScene {
    private final PrintStream progress;
    private final Map<HistoryGoal, Double> figures = new EnumMap<>(HistoryGoal.class);

    HistoryScene(PrintStream progress) {
        this.progress = progress;
    }

    /** A part of the bench. */
    interface Part {
        void measure(HistoryScene scene) throws Fault, InterruptedException;
    }

    PrintStream progress() {
        return progress;
    }

    /** Keeps a figure; one that is not a number could not be measured. */
    void figure(HistoryGoal goal, double value) {
        figures.put(goal, value);
    }

    /** The figures so far. */
    Map<HistoryGoal, Double> figures() {
        return figures;
    }

    /** Tells how it goes, with the load of the machine, which explains a strange figure. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would cost a library
    void say(String format, @Nullable Object... values) {
        Telling.say(progress, format, values);
    }
}
