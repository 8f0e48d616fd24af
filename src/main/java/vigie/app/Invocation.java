package vigie.app;

import vigie.store.DatabaseAddress;
import vigie.store.Folders;
import vigie.text.Words;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * The world of one call of the program.
 *
 * @param environment the environment variables
 * @param words the user's language
 * @param out takes the command's own result, nothing else; UTF-8
 * @param err takes notices, progress and faults; UTF-8
 */
record Invocation(Map<String, String> environment, Words words, PrintStream out, PrintStream err) {

    /** A variable's value; empty where it is not set or blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    Folders folders() {
        return Folders.of(environment);
    }

    /** Says something beside the result, on standard error. */
    void notice(String key, Object... values) {
        complain(words.say(key, values));
        err.flush();
    }

    /**
     * Says what may quote a word of the call: an address typed in the wrong place has a password.
     */
    void complain(String sentence) {
        err.println(DatabaseAddress.withoutPasswords(sentence));
    }
}
