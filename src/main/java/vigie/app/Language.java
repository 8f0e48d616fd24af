package vigie.app;

import vigie.point.DisplayUnits;
import vigie.store.Folders;
import vigie.text.Fault;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the user's language before anything else, because even a usage error is said in it. */
final class Language {
    /** Where the start script keeps the system's language when it has to change the locale. */
    private static final String KEPT = "VIGIE_SYSTEM_LANG";

    private Language() {}

    /**
     * Option {@code --lang}, then {@code VIGIE_LANG}, then the configuration file, then the
     * system's locale variables, then English.
     */
    static Locale of(String[] args, Map<String, String> environment) {
        return option(args, "--lang")
                .or(() -> Optional.ofNullable(environment.get("VIGIE_LANG")))
                .or(() -> configured(args, environment))
                .flatMap(Language::known)
                .or(() ->
                        Stream.of(KEPT, "LC_ALL", "LC_MESSAGES", "LANG")
                                .map(environment::get)
                                .filter(value -> value != null && !value.isBlank())
                                .findFirst()
                                .flatMap(Language::known))
                .map(locale -> units(args, environment).in(locale))
                .orElseGet(() -> units(args, environment).in(Locale.UK));
    }

    /** In which unit temperatures are shown: it travels with the locale. */
    private static DisplayUnits units(String[] args, Map<String, String> environment) {
        try {
            return units(configuration(args, environment));
        } catch (Fault | java.nio.file.InvalidPathException unreadable) {
            // As below.
            return DisplayUnits.AS_RECORDED;
        }
    }

    private static DisplayUnits units(Configuration read) throws Fault {
        if (!read.settings().containsKey("units")) {
            return DisplayUnits.AS_RECORDED;
        }
        return read.isFahrenheit() ? DisplayUnits.FAHRENHEIT : DisplayUnits.CELSIUS;
    }

    /**
     * The locale of a language that somebody has chosen in a window, with what was settled there.
     */
    static Locale of(Locale chosen, Configuration settled) throws Fault {
        return units(settled).in(known(chosen.getLanguage()).orElse(chosen));
    }

    private static Configuration configuration(String[] args, Map<String, String> environment)
            throws Fault {
        return Configuration.read(
                option(args, "--config").map(java.nio.file.Path::of), Folders.of(environment));
    }

    /** The locale of a language word, with its country's way to write dates and numbers. */
    static Optional<Locale> known(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.startsWith("fr")) {
            return Optional.of(Locale.FRANCE);
        }
        if (lower.startsWith("en")) {
            // 24-hour clock and day before month, as control rooms write them.
            return Optional.of(Locale.UK);
        }
        return Optional.empty();
    }

    private static Optional<String> configured(String[] args, Map<String, String> environment) {
        try {
            return configuration(args, environment).language();
        } catch (Fault | java.nio.file.InvalidPathException unreadable) {
            // The command itself will say it, in the language that is found without the file.
            return Optional.empty();
        }
    }

    private static Optional<String> option(String[] args, String name) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals(name) && i + 1 < args.length) {
                return Optional.of(args[i + 1]);
            }
            if (args[i].startsWith(name + "=")) {
                return Optional.of(args[i].substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }
}
