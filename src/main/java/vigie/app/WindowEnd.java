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
     *     asked for
     */
    static int code(Invocation invocation, Console console, Supplier<OpenedPlan> plan)
            throws Fault, InterruptedException {
        int code = console.await();
        if (code == Fault.Kind.BLOCKED.exitCode()) {
            console.inTheWay()
                    .ifPresent(
                            sentence -> invocation.err().println(invocation.words().say(sentence)));
        }
        return code == 0 && plan.get().banner().isPresent() ? 1 : code;
    }
}
