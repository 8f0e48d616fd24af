package vigie.setup;

import vigie.store.DatabaseAddress;
import vigie.store.Secret;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be changed in {@code vigie.yaml}, and the secret beside it.
 *
 * @param keys key to its new text, in the order in which new lines are written; empty: the line
 *     goes; what is not named stays
 * @param password the database's password, which the file itself never holds; empty: nothing of it
 *     changes. {@link Secret#NONE}: there is none any more
 */
public record Change(Map<String, Optional<String>> keys, Optional<Secret> password) {
    /** Nothing. */
    public static final Change NONE = new Change(Map.of(), Optional.empty());

    static final String DATABASE = "db-url";
    static final String PASSWORD_FILE = "db-password-file";

    public Change {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** Another database, with its password. */
    public Change database(DatabaseAddress address) {
        Map<String, Optional<String>> next = new LinkedHashMap<>(keys);
        next.put(DATABASE, Optional.of(address.withPassword(Secret.NONE).url()));
        return new Change(next, Optional.of(address.password()));
    }

    /** Another plan; empty: the reference room. */
    public Change plan(Optional<Path> file) {
        return with("plan", file.map(path -> path.toAbsolutePath().normalize().toString()));
    }

    /** Another language, one of those that Vigie speaks. */
    public Change language(Locale language) {
        return with("lang", Optional.of(language.getLanguage()));
    }

    /** Temperatures in °F, or in °C. */
    public Change fahrenheit(boolean fahrenheit) {
        return with("units", Optional.of(fahrenheit ? "fahrenheit" : "celsius"));
    }

    /** Another operator's name; blank: that of the login. */
    public Change operator(String name) {
        return with("as", Optional.of(name.strip()).filter(text -> !text.isEmpty()));
    }

    /** Whether nothing is changed. */
    public boolean isNone() {
        return equals(NONE);
    }

    Change with(String key, Optional<String> text) {
        Map<String, Optional<String>> next = new LinkedHashMap<>(keys);
        next.put(key, text);
        return new Change(next, password);
    }
}
