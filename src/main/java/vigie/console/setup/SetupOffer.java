package vigie.console.setup;

import vigie.setup.Settings;
import vigie.text.Sentence;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The settings that a running console can change.
 *
 * @param now what is settled; asked when the page opens, on the JavaFX thread
 * @param tools what the pages work with
 * @param outweighed what counts in this session whatever is settled; empty: nothing does
 * @param settled told when something was written, on the JavaFX thread; it returns at once
 */
public record SetupOffer(
        Supplier<Settings> now,
        SetupTools tools,
        Optional<Sentence> outweighed,
        Runnable settled) {}
