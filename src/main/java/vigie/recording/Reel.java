package vigie.recording;

import vigie.point.PointKey;
import vigie.room.Cadences;
import vigie.room.RoomState;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A stretch of the past, whole: the room at its beginning and every step in it. Packed, so that a
 * day of a thousand points fits into memory; immutable; any thread.
 *
 * <p>The room at the beginning is the first step. Whoever folds it and all that follow up to a
 * moment has the state of that moment, whichever reel of the moment he took.
 */
public final class Reel {
    private final Basis basis;
    private final Instant from;
    private final Instant to;
    private final Cadences cadences;
    private final Map<PointKey, Duration> widths;
    private final int readings;
    private final byte[] steps;

    private Reel(
            Basis basis,
            Instant from,
            Instant to,
            Cadences cadences,
            Map<PointKey, Duration> widths,
            int readings,
            byte[] steps) {
        this.basis = basis;
        this.from = from;
        this.to = to;
        this.cadences = cadences;
        this.widths = Map.copyOf(widths);
        this.readings = readings;
        this.steps = steps;
    }

    /**
     * Packs a stretch.
     *
     * @param to not before {@code from}; where both are one, the reel is one moment
     * @param start the room at {@code from}, as a group that names all its points and says their
     *     readings and the recorder's state
     * @param steps those after {@code from} and up to {@code to} included, in the order in which
     *     they count; their moments do not decrease
     * @param cadences what silences in the stretch are judged by: the version that holds in it, at
     *     least for the points whose quality depends on it
     * @param widths the points of which only roll-ups are left in the stretch, with the widths of
     *     their buckets
     */
    public static Reel of(
            Basis basis,
            Instant from,
            Instant to,
            Step start,
            List<Step> steps,
            Cadences cadences,
            Map<PointKey, Duration> widths) {
        Packer packer = new Packer();
        packer.add(start);
        int before = packer.readings();
        steps.forEach(packer::add);
        return new Reel(
                basis, from, to, cadences, widths, packer.readings() - before, packer.finish());
    }

    public Basis basis() {
        return basis;
    }

    /** Its first moment, which it includes. */
    public Instant from() {
        return from;
    }

    /** Its last moment, which it includes. */
    public Instant to() {
        return to;
    }

    /** Whether it can tell a moment. */
    public boolean holds(Instant at) {
        return !at.isBefore(from) && !at.isAfter(to);
    }

    /** By what silences in it are judged. */
    public Cadences cadences() {
        return cadences;
    }

    /** The points of which only roll-ups are left, with the widths of their buckets. */
    public Map<PointKey, Duration> widths() {
        return widths;
    }

    /** How many readings its steps have; those of the room at its beginning do not count. */
    public int readings() {
        return readings;
    }

    /** How much memory it takes, about. */
    public int bytes() {
        return steps.length + 64 * cadences.points().size();
    }

    /** The packed steps, for files: what {@link Unpacker} reads. Not to be changed. */
    byte[] packed() {
        return steps;
    }

    /** A reel whose steps are packed already. */
    static Reel packed(
            Basis basis,
            Instant from,
            Instant to,
            Cadences cadences,
            Map<PointKey, Duration> widths,
            int readings,
            byte[] steps) {
        return new Reel(basis, from, to, cadences, widths, readings, steps);
    }

    /** Its steps one after the other, the room at its beginning first. For one thread. */
    public Iterator<Step> steps() {
        Unpacker unpacker = new Unpacker(steps);
        return Stream.generate(unpacker::next)
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .iterator();
    }

    /** Begins to play it, at its first moment. */
    public Playhead play() {
        return new Playhead(this, new Unpacker(steps));
    }

    /**
     * The room at a moment.
     *
     * @param at one that it {@link #holds}
     */
    public RoomState at(Instant at) {
        Playhead head = play();
        head.advance(at);
        return head.state();
    }
}
