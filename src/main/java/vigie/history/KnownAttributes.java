package vigie.history;

import vigie.point.Attributes;
import vigie.recorder.AttributesText;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Attributes by their id, read once: neither Home Assistant nor the archiver ever changes a row of
 * them. Any thread.
 */
final class KnownAttributes {
    private static final int MOST_KNOWN = 50_000;
    private static final int AT_ONCE = 500;

    private final Map<Long, Attributes> recorder = new ConcurrentHashMap<>();
    private final Map<Long, Attributes> archive = new ConcurrentHashMap<>();

    KnownAttributes() {}

    /** Has the attributes of these rows of {@code state_attributes} ready. */
    void learnOfStates(Link link, Collection<Long> ids) throws SQLException {
        learn(
                recorder,
                ids,
                wanted ->
                        link.ask(
                                "SELECT attributes_id, shared_attrs FROM state_attributes WHERE"
                                        + " attributes_id IN ("
                                        + wanted
                                        + ")",
                                statement -> {},
                                row ->
                                        recorder.put(
                                                row.getLong(1),
                                                AttributesText.read(row.getString(2)))));
    }

    /** The same for the archive's. */
    void learnOfReadings(Link link, Collection<Long> ids) throws SQLException {
        learn(
                archive,
                ids,
                wanted ->
                        link.askOwn(
                                "SELECT id, friendly_name, unit, device_class, state_class FROM "
                                        + link.own("attributes")
                                        + " WHERE id IN ("
                                        + wanted
                                        + ")",
                                statement -> {},
                                row ->
                                        archive.put(
                                                row.getLong(1),
                                                new Attributes(
                                                        Optional.ofNullable(row.getString(2)),
                                                        Optional.ofNullable(row.getString(3)),
                                                        Optional.ofNullable(row.getString(4)),
                                                        Optional.ofNullable(row.getString(5)),
                                                        true))));
    }

    /** Missing where the row is not there; null ids are negative. */
    Attributes ofStates(long id) {
        return recorder.getOrDefault(id, Attributes.MISSING);
    }

    /** The same for the archive's. */
    Attributes ofReadings(long id) {
        return archive.getOrDefault(id, Attributes.MISSING);
    }

    /** Asks for some of them. */
    @FunctionalInterface
    private interface Asking {
        void ask(String ids) throws SQLException;
    }

    private static void learn(Map<Long, Attributes> known, Collection<Long> ids, Asking asking)
            throws SQLException {
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        Set<Long> wanted = new TreeSet<>();
        for (long id : ids) {
            if (id >= 0 && !known.containsKey(id)) {
                wanted.add(id);
            }
            if (wanted.size() == AT_ONCE) {
                asking.ask(list(wanted));
                wanted.clear();
            }
        }
        if (!wanted.isEmpty()) {
            asking.ask(list(wanted));
        }
    }

    private static String list(Set<Long> ids) {
        StringBuilder list = new StringBuilder();
        for (long id : ids) {
            list.append(list.isEmpty() ? "" : ",").append(id);
        }
        return list.toString();
    }
}
