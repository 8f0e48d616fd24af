package vigie.incident;

import vigie.recording.Basis;

import java.time.Instant;
import java.util.Optional;

/**
 * One entry of an incident file.
 *
 * @param bytes unpacked
 * @param sha256 of them, 64 hexadecimal digits
 * @param reel what it holds, where it is a reel
 */
record Part(String name, int bytes, String sha256, Optional<Stretch> reel) {
    /** What a reel tells. */
    record Stretch(Basis basis, Instant from, Instant to, int readings) {}
}
