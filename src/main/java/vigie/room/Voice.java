package vigie.room;

import vigie.point.Quality;
import vigie.point.Reading;
import vigie.point.Source;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether Home Assistant is heard at a moment. It says nothing of the way to its database: somebody
 * who is cut off himself cannot tell.
 *
 * @param kind what there is to say
 * @param since since when, by Home Assistant's clock; for {@link Kind#SILENT} the time of its
 *     newest row; empty where unknown
 */
public record Voice(Kind kind, Optional<Instant> since) {
    /** What there is to say. */
    public enum Kind {
        /** Rows come as they use to. */
        HEARD,
        /** No row came for longer than its own history allows: it hangs, or died without a word. */
        SILENT,
        /** It changes its tables; no rows come meanwhile. */
        MIGRATING,
        /** It was stopped in order. */
        STOPPED
    }

    /** Rows come as they use to. */
    public static final Voice HEARD = new Voice(Kind.HEARD, Optional.empty());

    /** However busy a recorder is, a pause as short as this is none. */
    static final Duration SHORTEST_SILENCE = Duration.ofSeconds(30);

    /** Where no history tells how long its pauses are. */
    static final Duration UNKNOWN_SILENCE = Duration.ofMinutes(5);

    /** However rarely it writes, a silence as long as this is said. */
    static final Duration LONGEST_SILENCE = Duration.ofMinutes(15);

    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    /**
     * What is heard at a moment.
     *
     * @param listenedUntil a silence after it is not Home Assistant's
     * @param now by Home Assistant's clock; later rows are from the future
     */
    static Voice of(
            RoomState state,
            Cadences cadences,
            Duration commitEvery,
            Instant listenedUntil,
            Instant now) {
        Optional<Instant> newest = newest(state, now);
        RecorderState recorder = state.recorder();
        return switch (recorder.phase()) {
            case MIGRATING -> new Voice(Kind.MIGRATING, recorder.since());
            case STOPPED ->
                    wroteAfter(newest, recorder.since())
                            ? heard(newest, cadences, commitEvery, listenedUntil)
                            : new Voice(Kind.STOPPED, recorder.since());
            case UNKNOWN, RUNNING -> heard(newest, cadences, commitEvery, listenedUntil);
        };
    }

    /** The reason it is to doubt every value; empty while it is heard. */
    public Optional<Quality.Reason> doubt() {
        return switch (kind) {
            case HEARD -> Optional.empty();
            case SILENT -> Optional.of(Quality.Reason.SOURCE_SILENT);
            case MIGRATING -> Optional.of(Quality.Reason.SOURCE_MIGRATING);
            case STOPPED -> Optional.of(Quality.Reason.SOURCE_STOPPED);
        };
    }

    public boolean isHeard() {
        return kind == Kind.HEARD;
    }

    /**
     * After how long without a row Home Assistant is silent: three times the 99th percentile of its
     * pauses, and never before two commits could have come.
     */
    static Duration silentAfter(Cadences cadences, Duration commitEvery) {
        Duration learned =
                cadences.recorder()
                        .map(p99 ->
                                Freshness.longer(
                                        p99.multipliedBy(3), p99.plus(commitEvery.multipliedBy(2))))
                        .orElse(UNKNOWN_SILENCE);
        Duration capped = learned.compareTo(LONGEST_SILENCE) > 0 ? LONGEST_SILENCE : learned;
        return Freshness.longer(
                capped, Freshness.longer(SHORTEST_SILENCE, commitEvery.multipliedBy(3)));
    }

    private static Voice heard(
            Optional<Instant> newest, Cadences cadences, Duration commitEvery, Instant at) {
        // A room that never had a row has none to miss.
        return newest.filter(time -> time.plus(silentAfter(cadences, commitEvery)).isBefore(at))
                .map(time -> new Voice(Kind.SILENT, Optional.of(time)))
                .orElse(HEARD);
    }

    /** A row that is newer than its end shows that it runs, whatever its table of runs says. */
    private static boolean wroteAfter(Optional<Instant> newest, Optional<Instant> stopped) {
        return newest.isPresent()
                && stopped.isPresent()
                && newest.get().isAfter(stopped.get().plus(CLOCK_TOLERANCE));
    }

    private static boolean isRow(Reading reading) {
        return reading.id().isPresent() || reading.source() != Source.HISTORY;
    }

    /**
     * Rows from the future are no witness: a clock was set back after them. Nor is what is left of
     * rows that are gone.
     */
    private static Optional<Instant> newest(RoomState state, Instant at) {
        Instant latest = at.plus(CLOCK_TOLERANCE);
        Instant newest = Instant.MIN;
        for (PointState point : state.points()) {
            if (point.newest().filter(Voice::isRow).isPresent()) {
                Instant time = point.newest().get().time();
                if (time.isAfter(newest) && !time.isAfter(latest)) {
                    newest = time;
                }
            }
        }
        return newest.equals(Instant.MIN) ? Optional.empty() : Optional.of(newest);
    }
}
