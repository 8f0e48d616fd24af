package vigie.app;

import vigie.console.bridge.FxBridge;
import vigie.console.setup.Assistant;
import vigie.console.setup.Later;
import vigie.console.setup.SetupOffer;
import vigie.console.setup.SetupTools;
import vigie.console.start.Display;
import vigie.feed.Diagnosis;
import vigie.feed.Present;
import vigie.setup.Settings;
import vigie.setup.SettingsFile;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The assistant and the page of settings, with what this call knows. */
final class SetupPages {
    private SetupPages() {}

    /** Whether there is a screen for an assistant, and all that a window needs. */
    static boolean canAsk() {
        try {
            return !Display.choose(false).inMemory();
        } catch (Fault noWindow) {
            return false;
        }
    }

    /**
     * Asks for everything.
     *
     * @return empty: nothing was written
     */
    static Optional<Assistant> ask(
            Invocation invocation, Configuration configuration, SettingsFile file)
            throws Fault, InterruptedException {
        return Assistant.ask(
                invocation.words().locale(),
                now(invocation, configuration),
                tools(invocation, () -> configuration, file));
    }

    /**
     * The page of settings of a running console.
     *
     * @param configuration what counts now, asked when the page opens
     * @param outweighed names of options that count in this session whatever is settled
     * @param settled told when something was written
     */
    static SetupOffer offer(
            Invocation invocation,
            Supplier<Configuration> configuration,
            Optional<Path> named,
            List<String> outweighed,
            Runnable settled) {
        return new SetupOffer(
                () -> now(invocation, configuration.get()),
                tools(invocation, configuration, ofUser(invocation, named)),
                outweighed.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                Sentence.of(
                                        "setup.outweighed-here", String.join(", ", outweighed))),
                settled);
    }

    /** The file that a user's settings are written to. */
    static SettingsFile ofUser(Invocation invocation, Optional<Path> named) {
        return SettingsFile.ofUser(
                named.orElseGet(() -> invocation.folders().config().resolve(Configuration.NAME)));
    }

    private static Settings now(Invocation invocation, Configuration configuration) {
        Locale spoken = invocation.words().language();
        return new Settings(
                database(configuration),
                configuration.plan().map(Path::of),
                configuration
                        .language()
                        .flatMap(Language::known)
                        .map(locale -> Locale.of(locale.getLanguage()))
                        .orElse(spoken),
                fahrenheit(configuration),
                configuration.operator().orElse(""));
    }

    /** What is settled wrongly is settled anew. */
    private static Optional<DatabaseAddress> database(Configuration configuration) {
        try {
            return configuration.database();
        } catch (Fault wrong) {
            return Optional.empty();
        }
    }

    private static boolean fahrenheit(Configuration configuration) {
        try {
            return configuration.isFahrenheit();
        } catch (Fault wrong) {
            return false;
        }
    }

    private static SetupTools tools(
            Invocation invocation, Supplier<Configuration> configuration, SettingsFile file) {
        Optional<String> own = invocation.variable("VIGIE_DB_URL");
        return new SetupTools(
                address -> Diagnosis.of(address, address.own(own), Clock.systemUTC()),
                Present::read,
                (change, drawn, language) ->
                        file.write(change, configuration.get().file(), drawn, language),
                file.file(),
                Later.THREADS,
                FxBridge::onFx);
    }
}
