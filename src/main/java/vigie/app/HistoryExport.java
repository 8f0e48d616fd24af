package vigie.app;

import vigie.history.HistoryPoint;
import vigie.history.PointRange;
import vigie.history.Work;
import vigie.history.export.RangeWriter;
import vigie.point.PointId;
import vigie.text.Fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Asks for one point after the other and writes what comes, so that one point's buckets are in
 * memory at a time. One thread.
 */
final class HistoryExport {
    private final Past past;
    private final Work work;

    HistoryExport(Past past, Work work) {
        this.past = past;
        this.work = work;
    }

    /**
     * The points asked for.
     *
     * @param points in the order asked for, each once
     * @param unknown what matches none
     * @param all that there are
     */
    record Found(List<PointId> points, List<String> unknown, List<PointId> all) {
        Found {
            points = List.copyOf(points);
            all = List.copyOf(all);
            unknown = List.copyOf(unknown);
        }
    }

    /** Finds the points that names or globs mean. */
    Found find(List<String> wanted) throws Fault {
        List<PointId> all = past.points(work).stream().map(HistoryPoint::name).toList();
        Set<PointId> found = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String text : wanted) {
            Glob glob = new Glob(text);
            List<PointId> matching = all.stream().filter(glob::matches).sorted().toList();
            found.addAll(matching);
            if (matching.isEmpty()) {
                // It may have had that name once.
                Optional<PointId> name = glob.name();
                Optional<HistoryPoint> renamed =
                        name.isPresent() ? past.find(name.get(), work) : Optional.empty();
                renamed.ifPresentOrElse(point -> found.add(point.name()), () -> unknown.add(text));
            }
        }
        return new Found(List.copyOf(found), unknown, all);
    }

    /**
     * Writes the points' history.
     *
     * @param progress told the share done after each point
     * @param goesOn false once nobody reads any more; asked after each point
     * @return the points of which nothing is known in the range
     */
    List<PointId> write(
            List<PointId> points,
            RangeOption.Range asked,
            int buckets,
            RangeWriter writer,
            DoubleConsumer progress,
            BooleanSupplier goesOn)
            throws Fault, IOException {
        writer.begin();
        List<PointId> nothing = new ArrayList<>();
        int done = 0;
        for (PointId point : points) {
            Optional<PointRange> range = past.range(point, asked, buckets, work);
            if (range.isEmpty() || isEmpty(range.get())) {
                nothing.add(point);
            }
            if (range.isPresent()) {
                writer.range(range.get());
            }
            writer.flush();
            progress.accept((double) ++done / points.size());
            if (!goesOn.getAsBoolean()) {
                break;
            }
        }
        writer.flush();
        return nothing;
    }

    private static boolean isEmpty(PointRange range) {
        return range.spans().isEmpty()
                && range.segments().stream()
                        .flatMap(segment -> segment.buckets().stream())
                        .allMatch(vigie.history.series.Bucket::isEmpty);
    }
}
