package vigie.incident;

import vigie.recording.Basis;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * What an incident file says of itself. Moments are by the clock of Home Assistant's host.
 *
 * @param version of the format
 * @param program the version of Vigie that wrote it
 * @param begins the first moment that it tells: {@code from} less the lead-in
 * @param from where the interval begins that somebody chose
 * @param to where it ends, and the last moment that the file tells
 * @param zone in which its times are told
 * @param bases the knowledges it tells from; at least known now
 * @param readings how many it holds, told from one basis
 * @param occurrences how many
 * @param notes how many
 */
public record Manifest(
        int version,
        String program,
        Instant begins,
        Instant from,
        Instant to,
        ZoneId zone,
        Set<Basis> bases,
        long readings,
        int occurrences,
        int notes) {
    public Manifest {
        bases = Set.copyOf(bases);
    }

    /** How long before the interval it begins. */
    public Duration leadIn() {
        return Duration.between(begins, from);
    }

    /** With the parts of the file, in their order. */
    record Listed(Manifest manifest, List<Part> parts) {
        Listed {
            parts = List.copyOf(parts);
        }
    }
}
