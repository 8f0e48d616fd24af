package vigie.console;

import vigie.console.setup.SetupOffer;
import vigie.console.start.OpenWindow;

import java.util.Optional;

/**
 * What a console opens into.
 *
 * @param window a window to go on in; empty: a new one
 * @param settings the settings that can be changed from within; empty: none
 */
public record Surroundings(Optional<OpenWindow> window, Optional<SetupOffer> settings) {
    /** A new window, in which nothing can be settled. */
    public static final Surroundings NONE = new Surroundings(Optional.empty(), Optional.empty());
}
