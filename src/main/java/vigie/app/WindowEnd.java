package vigie.app;

import vigie.console.Console;
import vigie.plan.OpenedPlan;
import vigie.text.Fault;

import java.util.function.Supplier;

/** Waits for a window's end and says what a script must hear of it. */
final class WindowEnd {
    private WindowEnd() {}

    /**
     * @param plan the plan shown at the end
     * @return what the console says; 1 in place of 0 where another plan was shown than the one
     *     asked for, or the picture lacks something that could not be read
     */
    static int code(Invocation invocation, Console console, Supplier<OpenedPlan> plan)
            throws Fault, InterruptedException {
        int code = console.await();
        if (code == Fault.Kind.BLOCKED.exitCode()) {
            console.inTheWay()
                    .ifPresent(
                            sentence -> invocation.err().println(invocation.words().say(sentence)));
        }
        console.missing()
                .forEach(sentence -> invocation.complain(invocation.words().say(sentence)));
        boolean less = plan.get().banner().isPresent() || !console.missing().isEmpty();
        return code == 0 && less ? 1 : code;
    }
}
