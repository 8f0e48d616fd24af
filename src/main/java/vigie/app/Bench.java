package vigie.app;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * One bench: figures of the product measured on this machine. Benches live beside the tests ({@code
 * src/bench}) and are found as services, so that the packaged program carries none.
 */
public interface Bench {
    /** The name after {@code ./vigie bench}. */
    String name();

    /**
     * Measures.
     *
     * @param progress takes a line now and then, for the person who waits
     * @return the figures, in the order of the issue that asks for them
     * @throws Fault if something the bench needs is missing
     */
    List<Figure> run(PrintStream progress) throws Fault, InterruptedException;

    /**
     * The same bench over another length of time.
     *
     * @throws Fault of kind USAGE where its length is not for choosing
     */
    default Bench lasting(Duration length) throws Fault {
        throw new Fault(
                Fault.Kind.USAGE,
                Sentence.of("app.bench.length", name()),
                "the length of this bench is not for choosing");
    }

    /**
     * One figure.
     *
     * @param name as the issue names it
     * @param value measured; medians and percentiles of several runs
     * @param unit of the value; empty for a ratio or a count
     * @param comparison how it relates to its goal
     * @param goal as the issue states it, never eased
     */
    record Figure(String name, double value, String unit, Comparison comparison, double goal) {
        /** Which side of the goal is good. */
        public enum Comparison {
            AT_MOST("<="),
            AT_LEAST(">=");

            private final String sign;

            Comparison(String sign) {
                this.sign = sign;
            }
        }

        public static Figure atMost(double goal, String name, double value, String unit) {
            return new Figure(name, value, unit, Comparison.AT_MOST, goal);
        }

        public static Figure atLeast(double goal, String name, double value, String unit) {
            return new Figure(name, value, unit, Comparison.AT_LEAST, goal);
        }

        /** The goal in words, for example {@code <= 10}. */
        public String goalText() {
            String number =
                    goal == Math.rint(goal)
                            ? Long.toString(Math.round(goal))
                            : Double.toString(goal);
            return comparison.sign + " " + number;
        }

        /** Whether the goal is met; a value that is not a number meets none. */
        public boolean met() {
            return switch (comparison) {
                case AT_MOST -> value <= goal;
                case AT_LEAST -> value >= goal;
            };
        }
    }
}
