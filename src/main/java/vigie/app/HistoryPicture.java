package vigie.app;

import org.jspecify.annotations.Nullable;

import vigie.console.history.ChartPicture;
import vigie.console.start.PixelSize;
import vigie.history.PointRange;
import vigie.history.Work;
import vigie.plan.Plan;
import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A chart as a picture, without a window. */
final class HistoryPicture {
    /** Curves are drawn of as many buckets as there are columns, and some to spare. */
    private static final double BUCKETS_PER_PIXEL = 1.5;

    private final Plan plan;
    private final Words words;
    private final PixelSize size;
    private final Path file;

    private HistoryPicture(Plan plan, Words words, PixelSize size, Path file) {
        this.plan = plan;
        this.words = words;
        this.size = size;
        this.file = file;
    }

    /**
     * The picture that was asked for.
     *
     * @param size as typed; null: that of a common wall screen
     * @throws Fault the size is none, or the file cannot be where it is wanted: better said before
     *     the database is asked than after
     */
    static HistoryPicture of(Plan plan, Words words, @Nullable String size, Path file)
            throws Fault {
        PixelSize pixels =
                size == null
                        ? PixelSize.FULL_HD
                        : PixelSize.parse(size)
                                .orElseThrow(() ->
                                        new Fault(
                                                Fault.Kind.USAGE,
                                                Sentence.of(
                                                        "app.picture.size",
                                                        size,
                                                        PixelSize.LEAST,
                                                        Integer.toString(PixelSize.MOST)),
                                                "not a size"));
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw OutputFile.unwritable(file, new IOException("no folder for the picture"));
        }
        return new HistoryPicture(plan, words, pixels, file);
    }

    /**
     * Asks and draws.
     *
     * @return the points of which nothing is known in the range
     */
    List<PointId> write(Past past, List<PointId> points, RangeOption.Range asked, Work work)
            throws Fault, InterruptedException {
        List<PointRange> found = new ArrayList<>();
        List<PointId> nothing = new ArrayList<>();
        int buckets = (int) Math.ceil(size.width() * BUCKETS_PER_PIXEL);
        for (PointId point : points) {
            past.range(point, asked, buckets, work)
                    .ifPresentOrElse(found::add, () -> nothing.add(point));
        }
        try {
            ChartPicture.write(
                    new ChartPicture.Subject(
                            "", plan, found, asked.from(), asked.to(), Instant.now()),
                    words,
                    size,
                    file);
        } catch (IOException failed) {
            throw OutputFile.unwritable(file, failed);
        }
        return nothing;
    }
}
