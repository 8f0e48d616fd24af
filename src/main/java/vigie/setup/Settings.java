package vigie.setup;

import vigie.store.DatabaseAddress;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What is settled now.
 *
 * @param database with its password; empty: none yet
 * @param plan the plan's file; empty: the reference room
 * @param language one of those that Vigie speaks
 * @param fahrenheit whether temperatures are shown in °F
 * @param operator the operator's name as it is settled; blank: that of the login
 */
public record Settings(
        Optional<DatabaseAddress> database,
        Optional<Path> plan,
        Locale language,
        boolean fahrenheit,
        String operator) {}
