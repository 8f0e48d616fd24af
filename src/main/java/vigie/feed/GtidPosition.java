package vigie.feed;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a stream stands: the last whole group of each replication domain. Immutable.
 *
 * <p>A position that lacks a domain of the server means "from its beginning" for that domain, so
 * positions are taken from the server and advanced by its groups, never made by hand.
 */
final class GtidPosition {
    static final GtidPosition NONE = new GtidPosition(Map.of());

    private static final Pattern GTID = Pattern.compile("(\\d+)-(\\d+)-(\\d+)");

    /** The last group of a domain: the server that wrote it and its number. */
    private record Last(long server, long sequence) {}

    private final Map<Long, Last> domains;
    private final String text;

    private GtidPosition(Map<Long, Last> domains) {
        this.domains = domains;
        StringBuilder all = new StringBuilder();
        domains.forEach((domain, last) ->
                all.append(all.isEmpty() ? "" : ",")
                        .append(gtid(domain, last.server(), last.sequence())));
        text = all.toString();
    }

    /** The name of one group. */
    static String gtid(long domain, long server, long sequence) {
        return domain + "-" + server + "-" + sequence;
    }

    /** Reads a position as MariaDB writes it; empty where it is none. */
    static Optional<GtidPosition> parse(String text) {
        Map<Long, Last> domains = new TreeMap<>();
        for (String part : text.strip().split(",")) {
            if (part.isBlank()) {
                continue;
            }
            Matcher gtid = GTID.matcher(part.strip());
            if (!gtid.matches()) {
                return Optional.empty();
            }
            try {
                domains.put(
                        Long.parseLong(gtid.group(1)),
                        new Last(
                                Long.parseLong(gtid.group(2)),
                                Long.parseUnsignedLong(gtid.group(3))));
            } catch (NumberFormatException tooLong) {
                return Optional.empty();
            }
        }
        return Optional.of(new GtidPosition(domains));
    }

    /** The position after one more whole group. */
    GtidPosition after(long domain, long server, long sequence) {
        Map<Long, Last> next = new TreeMap<>(domains);
        next.put(domain, new Last(server, sequence));
        return new GtidPosition(next);
    }

    /** Whether every group up to the other position has been seen. */
    boolean covers(GtidPosition other) {
        return other.domains.entrySet().stream()
                .allMatch(entry -> {
                    Last mine = domains.get(entry.getKey());
                    return mine != null
                            && Long.compareUnsigned(mine.sequence(), entry.getValue().sequence())
                                    >= 0;
                });
    }

    /** Whether this group or a later one of its domain has been seen. */
    boolean has(long domain, long sequence) {
        Last mine = domains.get(domain);
        return mine != null && Long.compareUnsigned(mine.sequence(), sequence) >= 0;
    }

    /**
     * The one group by which this position is ahead of another.
     *
     * @return its GTID; empty where they differ in none or in several domains
     */
    Optional<String> stepFrom(GtidPosition before) {
        Optional<String> step = Optional.empty();
        for (Map.Entry<Long, Last> entry : domains.entrySet()) {
            if (!entry.getValue().equals(before.domains.get(entry.getKey()))) {
                if (step.isPresent()) {
                    return Optional.empty();
                }
                Last last = entry.getValue();
                step = Optional.of(gtid(entry.getKey(), last.server(), last.sequence()));
            }
        }
        return step;
    }

    /** Whether two GTIDs belong to one replication domain. */
    static boolean sameDomain(String gtid, String other) {
        return gtid.regionMatches(0, other, 0, other.indexOf('-') + 1);
    }

    boolean isEmpty() {
        return domains.isEmpty();
    }

    /** As MariaDB writes it: the domains in ascending order, separated by commas. */
    @Override
    public String toString() {
        return text;
    }
}
