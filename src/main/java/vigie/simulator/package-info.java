/**
 * A server room that does not exist, written down as Home Assistant's recorder would write it: the
 * room's physics (pure, deterministic for a seed, moved on by simulated time), the devices that
 * measure it, and the writer of Home Assistant's tables.
 *
 * <p>Floor 4: knows {@code vigie.text} and JDBC. It knows nothing of the feed and the room's fold:
 * what it says reaches the rest of the program through MariaDB alone, as from a real Home
 * Assistant.
 *
 * <p>From inside out: {@link vigie.simulator.ServerRoom} (physics) ← {@link
 * vigie.simulator.Device}s ({@link vigie.simulator.Devices} lists them) ← {@link
 * vigie.simulator.Simulation} (which device speaks when) → {@link vigie.simulator.StateMachine}
 * (what is a change) → {@link vigie.simulator.RecorderWriter} (rows). {@link
 * vigie.simulator.Simulator} runs it all.
 */
@NullMarked
package vigie.simulator;

import org.jspecify.annotations.NullMarked;
