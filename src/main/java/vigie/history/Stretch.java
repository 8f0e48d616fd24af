package vigie.history;

import vigie.history.series.Grid;
import vigie.history.series.Tier;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A stretch of time that is read from one tier.
 *
 * @param tier from which
 * @param from first microsecond
 * @param to first after it
 */
record Stretch(Tier tier, long from, long to) {
    /**
     * Divides a range among the tiers that reach into it. For each part the coarsest roll-up of the
     * archive that is fine enough, else statistics that are, else single readings; where nothing is
     * fine enough, the finest there is.
     *
     * @param grid of the answer
     * @param reaches how far each tier goes
     * @param few asked where statistics would be taken and there are single readings too, which
     *     know gaps and counts: whether those are few enough
     * @return in order of time; apart where nothing is known
     */
    static List<Stretch> divide(Grid grid, long from, long to, List<Stretch> reaches, Few few)
            throws SQLException {
        TreeSet<Long> borders = new TreeSet<>(List.of(from, to));
        for (Stretch reach : reaches) {
            if (reach.from() > from && reach.from() < to) {
                borders.add(reach.from());
            }
            if (reach.to() > from && reach.to() < to) {
                borders.add(reach.to());
            }
        }
        List<Stretch> parts = new ArrayList<>();
        long begin = from;
        for (long end : borders.tailSet(from, false)) {
            Tier best = best(grid, begin, end, reaches, false);
            if ((best == Tier.STATISTICS || best == Tier.STATISTICS_SHORT)
                    && reachesRaw(reaches, begin, end)
                    && few.are(begin, end)) {
                best = best(grid, begin, end, reaches, true);
            }
            if (best != null) {
                boolean goesOn =
                        !parts.isEmpty()
                                && parts.getLast().tier() == best
                                && parts.getLast().to() == begin;
                if (goesOn) {
                    Stretch last = parts.removeLast();
                    parts.add(new Stretch(best, last.from(), end));
                } else {
                    parts.add(new Stretch(best, begin, end));
                }
            }
            begin = end;
        }
        return snapped(parts);
    }

    /** How many single readings there are. */
    @FunctionalInterface
    interface Few {
        /** Whether they are few between two moments. */
        boolean are(long from, long to) throws SQLException;
    }

    private static boolean reachesRaw(List<Stretch> reaches, long from, long to) {
        return reaches.stream()
                .anyMatch(
                        reach -> reach.tier().isRaw() && reach.from() <= from && reach.to() >= to);
    }

    private static @org.jspecify.annotations.Nullable Tier best(
            Grid grid, long from, long to, List<Stretch> reaches, boolean rawFirst) {
        Tier best = null;
        int bestRank = Integer.MAX_VALUE;
        for (Stretch reach : reaches) {
            if (reach.from() <= from && reach.to() >= to) {
                int rank = rank(grid, reach.tier(), rawFirst);
                if (rank < bestRank) {
                    best = reach.tier();
                    bestRank = rank;
                }
            }
        }
        return best;
    }

    /** The lower, the better. */
    private static int rank(Grid grid, Tier tier, boolean rawFirst) {
        boolean fine = tier.micros() <= grid.micros() && grid.isFilledBy(tier);
        return switch (tier) {
            case HOURS -> fine ? 0 : 23;
            case QUARTERS -> fine ? 1 : 22;
            case MINUTES -> fine ? 2 : 20;
            case READINGS -> rawFirst ? 3 : 9;
            case STATES -> rawFirst ? 4 : 10;
            case STATISTICS -> fine ? 5 : 24;
            case STATISTICS_SHORT -> fine ? 6 : 21;
        };
    }

    /**
     * No coarse bucket is cut: where two tiers meet, the border is moved to one of the coarser
     * one's.
     */
    private static List<Stretch> snapped(List<Stretch> parts) {
        List<Stretch> snapped = new ArrayList<>(parts.stream().map(Stretch::whole).toList());
        for (int i = 1; i < snapped.size(); i++) {
            Stretch left = snapped.get(i - 1);
            Stretch right = snapped.get(i);
            long width = Math.max(left.tier().micros(), right.tier().micros());
            if (parts.get(i - 1).to() != parts.get(i).from() || width == 0) {
                continue;
            }
            long met = parts.get(i).from();
            long floor = Math.floorDiv(met, width) * width;
            long ceiling = floor == met ? floor : floor + width;
            long border = left.tier().isRaw() ? floor : ceiling;
            snapped.set(i - 1, new Stretch(left.tier(), left.from(), border));
            snapped.set(i, new Stretch(right.tier(), border, right.to()));
        }
        // A part may lie wholly under the widened one before it.
        List<Stretch> apart = new ArrayList<>();
        for (Stretch part : snapped) {
            long from = apart.isEmpty() ? part.from() : Math.max(part.from(), apart.getLast().to());
            if (from < part.to()) {
                apart.add(new Stretch(part.tier(), from, part.to()));
            }
        }
        return apart;
    }

    /** The buckets that either end cuts are told whole. */
    private Stretch whole() {
        long width = tier.micros();
        return width == 0
                ? this
                : new Stretch(
                        tier, Math.floorDiv(from, width) * width, Math.ceilDiv(to, width) * width);
    }
}
