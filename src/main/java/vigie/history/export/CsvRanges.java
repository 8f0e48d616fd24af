package vigie.history.export;

import vigie.history.PointRange;
import vigie.history.Times;
import vigie.history.series.Bucket;
import vigie.history.series.Segment;
import vigie.history.series.TextSpan;
import vigie.point.Quality;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;

/**
 * CSV after RFC 4180 in UTF-8, with a byte order mark, without which spreadsheets misread °C. One
 * line for each bucket and each span. The times in UTC are written so that a spreadsheet takes them
 * as times; the local ones carry their offset, without which an hour of autumn could not be told
 * from the next. Empty cells: unknown, or not for this kind of point.
 *
 * <p>A recorded text that a spreadsheet would run as a formula gets an apostrophe before it.
 */
public final class CsvRanges implements RangeWriter {
    private static final List<String> COLUMNS =
            List.of(
                    "point",
                    "from_utc",
                    "from_local",
                    "to_utc",
                    "to_local",
                    "min",
                    "max",
                    "mean",
                    "first",
                    "last",
                    "count",
                    "gap",
                    "growth",
                    "text",
                    "unit",
                    "quality",
                    "reason",
                    "source");

    private static final DateTimeFormatter UTC =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd HH:mm:ss")
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                    .toFormatter()
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LOCAL =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                    .appendOffset("+HH:MM:ss", "+00:00")
                    .toFormatter();

    private final Writer out;
    private final DateTimeFormatter local;

    /**
     * Writes to a stream, which the caller closes.
     *
     * @param zone of the local times
     */
    public CsvRanges(OutputStream out, ZoneId zone) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        local = LOCAL.withZone(zone);
    }

    @Override
    public void begin() throws IOException {
        out.write('\uFEFF');
        out.write(String.join(",", COLUMNS));
        out.write("\r\n");
    }

    @Override
    public void range(PointRange range) throws IOException {
        String point = range.point().name().name();
        for (Segment segment : range.segments()) {
            for (Bucket bucket : segment.buckets()) {
                head(point, bucket.from(), bucket.to());
                number(bucket.min());
                number(bucket.max());
                number(bucket.mean());
                number(bucket.first());
                number(bucket.last());
                next();
                if (bucket.count() != Bucket.UNKNOWN_COUNT) {
                    out.write(String.valueOf(bucket.count()));
                }
                number(Gap.of(bucket));
                number(bucket.growth());
                text("");
                text(segment.unit().orElse(""));
                text("");
                text("");
                text(segment.tier().word());
                out.write("\r\n");
            }
        }
        for (TextSpan span : range.spans()) {
            head(point, span.from(), span.to());
            out.write(",,,,,,,,");
            text(span.text() == null ? "" : span.text());
            text("");
            text(span.quality().grade().word());
            text(span.quality().reason().map(Quality.Reason::word).orElse(""));
            text(span.tier().word());
            out.write("\r\n");
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private void head(String point, long from, long to) throws IOException {
        out.write(Cell.text(point));
        for (long time : new long[] {from, to}) {
            next();
            out.write(UTC.format(Times.instant(time)));
            next();
            out.write(local.format(Times.instant(time)));
        }
    }

    private void number(double value) throws IOException {
        next();
        if (Double.isFinite(value)) {
            out.write(Double.toString(value));
        }
    }

    private void text(String text) throws IOException {
        next();
        out.write(Cell.text(text));
    }

    private void next() throws IOException {
        out.write(',');
    }
}
