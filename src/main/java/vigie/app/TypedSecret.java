package vigie.app;

import vigie.store.Secret;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A password from standard input: asked for without showing it at a terminal, otherwise the first
 * line.
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
