package vigie.app;

import vigie.text.Sentence;

import java.io.Console;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Tells on standard error what takes time: a line for each step, a bar for what has a share. */
final class Progress {
    private static final int WIDTH = 30;

    private final Invocation invocation;
    private final boolean terminal;
    private int lastTenth = -1;

    Progress(Invocation invocation) {
        this.invocation = invocation;
        // A bar that moves is for eyes; a log gets a line for every tenth.
        this.terminal =
                invocation.variable("TERM").isPresent()
                        && Optional.ofNullable(System.console())
                                .map(Console::isTerminal)
                                .orElse(false);
    }

    void step(Sentence sentence) {
        invocation.err().println(invocation.words().say(sentence));
        invocation.err().flush();
    }

    /** A bar with these words before it; told the share done, 0 to 1. */
    DoubleConsumer share(String key) {
        return share -> {
            int tenth = (int) Math.floor(share * 10);
            if (!terminal && tenth == lastTenth) {
                return;
            }
            lastTenth = tenth;
            int full = (int) Math.round(share * WIDTH);
            String bar =
                    "█".repeat(full)
                            + "░".repeat(WIDTH - full)
                            + String.format(invocation.words().locale(), " %3.0f %%", share * 100);
            String line = invocation.words().say(key) + " " + bar;
            if (terminal) {
                invocation.err().print("\r" + line + (share >= 1 ? "\n" : ""));
            } else {
                invocation.err().println(line);
            }
            invocation.err().flush();
        };
    }
}
