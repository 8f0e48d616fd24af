package vigie.console.setup;

import vigie.setup.Settings;
import vigie.text.Sentence;

import java.util.Optional;

/**
 * The settings that a running console can change.
 *
 * @param now what is settled when it opens
 * @param tools what the pages work with
 * @param outweighed what counts in this session whatever is settled; empty: nothing does
 */
public record SetupOffer(Settings now, SetupTools tools, Optional<Sentence> outweighed) {}
