package vigie.console.setup;

import vigie.feed.Diagnosis;
import vigie.feed.Present;
import vigie.plan.Plan;
import vigie.setup.Change;
import vigie.setup.SettingsFile;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What the pages work with.
 *
 * @param look the checks of a database
 * @param present what a database holds now
 * @param writer writes what is settled
 * @param file where it is written, for people
 * @param later runs what blocks
 * @param home runs what it is given on the JavaFX thread
 */
public record SetupTools(
        Look look, Read present, Writer writer, Path file, Later later, Executor home) {
    /** Looks at a database; may take half a minute. */
    @FunctionalInterface
    public interface Look {
        /** What the checks find. */
        Diagnosis at(DatabaseAddress address) throws Fault;
    }

    /** Reads what the tables hold. */
    @FunctionalInterface
    public interface Read {
        /** Every point with its newest reading. */
        Present of(DatabaseAddress address) throws Fault;
    }

    /** Writes the settings, all of them or none. */
    @FunctionalInterface
    public interface Writer {
        /**
         * @param drawn a plan to write beside them and to name; empty: none
         */
        SettingsFile.Written write(Change change, Optional<Plan> drawn, Locale language)
                throws Fault;
    }
}
