package vigie.history;

import vigie.point.PointKey;
import vigie.recorder.CadenceReader;
import vigie.recorder.Silences;
import vigie.room.Cadence;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cadences that were read already. A version is learned from rows that are all committed, so what
 * was read once stays true. Any thread.
 */
final class KnownCadences {
    private static final int MOST_KNOWN = 20_000;

    /** Between two looks whether anybody still waits. */
    private static final int AT_ONCE = 10;

    private record Version(Instant learnedTo, PointKey key) {}

    private static final class Newest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        Newest() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST_KNOWN;
        }
    }

    private final Map<Version, Optional<Cadence>> points = new Newest<>();
    private final Map<Instant, Optional<Duration>> recorders = new Newest<>();

    /** The longest silence of a point that was met before a version. */
    private final Map<Version, Duration> longest = new Newest<>();

    KnownCadences() {}

    /** The cadences of some points; those of which nothing can be said are not in the answer. */
    Map<PointKey, Cadence> of(Link link, Collection<PointKey> keys, Instant learnedTo)
            throws SQLException {
        Map<PointKey, Cadence> found = new HashMap<>();
        List<PointKey> wanted = new ArrayList<>();
        synchronized (points) {
            for (PointKey key : keys) {
                Optional<Cadence> known = points.get(new Version(learnedTo, key));
                if (known == null) {
                    wanted.add(key);
                } else {
                    known.ifPresent(cadence -> found.put(key, cadence));
                }
            }
        }
        for (int from = 0; from < wanted.size(); from += AT_ONCE) {
            link.work().check();
            List<PointKey> some = wanted.subList(from, Math.min(wanted.size(), from + AT_ONCE));
            Map<PointKey, Cadence> read =
                    CadenceReader.ofPoints(link.recorder(), link.schema(), some, learnedTo);
            found.putAll(read);
            synchronized (points) {
                for (PointKey key : some) {
                    points.put(new Version(learnedTo, key), Optional.ofNullable(read.get(key)));
                }
            }
        }
        return found;
    }

    /**
     * The points whose quality depends on their whole cadence, as {@link Silences#doubtful} finds
     * them; a silence that excused a point once is remembered.
     */
    Set<PointKey> doubtful(Link link, Map<PointKey, Duration> silences, Instant learnedTo)
            throws SQLException {
        Map<PointKey, Duration> found = new HashMap<>();
        synchronized (points) {
            for (PointKey key : silences.keySet()) {
                Duration known = longest.get(new Version(learnedTo, key));
                if (known != null) {
                    found.put(key, known);
                }
            }
        }
        Set<PointKey> doubtful =
                Silences.doubtful(link.recorder(), link.schema(), silences, learnedTo, found);
        synchronized (points) {
            found.forEach((key, silence) -> longest.put(new Version(learnedTo, key), silence));
        }
        return doubtful;
    }

    /** How long the recorder pauses; empty where it wrote nothing in the day before. */
    Optional<Duration> ofRecorder(Link link, Instant learnedTo) throws SQLException {
        synchronized (points) {
            Optional<Duration> known = recorders.get(learnedTo);
            if (known != null) {
                return known;
            }
        }
        Optional<Duration> read = CadenceReader.ofRecorder(link.recorder(), learnedTo);
        synchronized (points) {
            recorders.put(learnedTo, read);
        }
        return read;
    }
}
