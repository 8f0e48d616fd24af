package vigie.app;

import vigie.store.Secret;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A password from standard input: asked for without showing it where somebody types at a terminal,
 * otherwise the first line.
 */
final class TypedSecret {
    private TypedSecret() {}

    /**
     * @param question asked at a terminal
     * @return {@link Secret#NONE} where nothing is typed
     */
    static Secret read(Invocation invocation, String question, Object... values) throws Fault {
        Optional<Console> terminal =
                Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (terminal.isPresent()) {
            invocation.err().print(invocation.words().say(question, values));
            invocation.err().flush();
            char[] typed = terminal.get().readPassword();
            if (typed == null) {
                return Secret.NONE;
            }
            Secret secret = Secret.of(new String(typed));
            Arrays.fill(typed, ' ');
            return secret;
        }
        return isTerminal() ? unseen(invocation, question, values) : line();
    }

    /** Whether somebody types, also where what is said goes elsewhere: into {@code tee}, say. */
    private static boolean isTerminal() {
        try {
            return Path.of("/proc/self/fd/0").toRealPath().startsWith("/dev") && stty("-g") == 0;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Java hides what is typed only where it writes to a terminal too. */
    private static Secret unseen(Invocation invocation, String question, Object... values)
            throws Fault {
        invocation.err().print(invocation.words().say(question, values));
        invocation.err().flush();
        // Also where it is interrupted the terminal shows again what is typed.
        Thread shows = new Thread(() -> stty("echo"), "vigie-echo");
        Runtime.getRuntime().addShutdownHook(shows);
        try {
            stty("-echo");
            return line();
        } finally {
            stty("echo");
            Runtime.getRuntime().removeShutdownHook(shows);
            invocation.err().println();
        }
    }

    private static int stty(String word) {
        try {
            return new ProcessBuilder("stty", word)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException none) {
            return 1;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static Secret line() throws Fault {
        try {
            // Not closed: it is not ours.
            String line =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                            .readLine();
            return line == null ? Secret.NONE : Secret.of(line);
        } catch (IOException failed) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("setup.no-password-read"),
                    "standard input: " + failed,
                    failed);
        }
    }
}
