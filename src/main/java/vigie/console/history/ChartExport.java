package vigie.console.history;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.history.chart.Stretch;
import vigie.history.PointRange;
import vigie.history.Times;
import vigie.history.Work;
import vigie.history.export.CsvRanges;
import vigie.history.export.JsonRanges;
import vigie.history.export.RangeWriter;
import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * Writes what a chart shows into a file, one point after the other: beside its place, and moved
 * there when it is whole. On a thread of its own.
 */
final class ChartExport {
    private static final Logger LOG = LoggerFactory.getLogger(ChartExport.class);

    /** Much finer than a screen, and still a file that a spreadsheet opens. */
    static final int BUCKETS = 10_000;

    /** How to write it. */
    enum Form {
        CSV("csv"),
        JSON("jsonl");

        private final String ending;

        Form(String ending) {
            this.ending = ending;
        }

        /** The end of a file's name. */
        String ending() {
            return ending;
        }
    }

    private final PastSource source;
    private final List<PointId> points;
    private final Stretch stretch;
    private final ZoneId zone;
    private final Work work = new Work();

    ChartExport(PastSource source, List<PointId> points, Stretch stretch, ZoneId zone) {
        this.source = source;
        this.points = List.copyOf(points);
        this.stretch = stretch;
        this.zone = zone;
    }

    /** Nobody wants it any more; the unfinished file goes. */
    void cancel() {
        work.cancel();
    }

    /**
     * Begins.
     *
     * @param progress told the share done, on the export's thread
     * @param ended told how it ended, on the export's thread
     */
    void start(Form form, Path file, DoubleConsumer progress, Consumer<Sentence> ended) {
        Thread.ofVirtual()
                .name("vigie-export")
                .start(() -> ended.accept(write(form, file, progress)));
    }

    Sentence write(Form form, Path file, DoubleConsumer progress) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                write(writer(form, out), progress);
            }
            work.check();
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            return Sentence.of("chart.export.written", file.toString());
        } catch (CancellationException cancelled) {
            return Sentence.of("chart.export.cancelled");
        } catch (Fault fault) {
            LOG.info("the export failed: {}", fault.getMessage());
            return fault.sentence();
        } catch (IOException unwritable) {
            LOG.warn("the export cannot be written", unwritable);
            return Sentence.of("chart.export.unwritable", file.toString());
        } finally {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException stays) {
                LOG.warn("an unfinished file stays: {}", unfinished, stays);
            }
        }
    }

    private RangeWriter writer(Form form, OutputStream out) throws IOException {
        return switch (form) {
            case CSV -> new CsvRanges(out, zone);
            case JSON -> new JsonRanges(out);
        };
    }

    private void write(RangeWriter writer, DoubleConsumer progress) throws Fault, IOException {
        writer.begin();
        int done = 0;
        for (PointId point : points) {
            for (PointRange range :
                    source.range(
                            List.of(point),
                            Times.instant(stretch.from()),
                            Times.instant(stretch.to()),
                            BUCKETS,
                            work)) {
                writer.range(range);
            }
            work.check();
            done++;
            progress.accept((double) done / points.size());
        }
        writer.flush();
    }
}
