package vigie.history.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;

import org.jspecify.annotations.Nullable;

import vigie.history.PointRange;
import vigie.history.Times;
import vigie.history.series.Bucket;
import vigie.history.series.Segment;
import vigie.history.series.TextSpan;
import vigie.point.Quality;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * JSON lines in UTF-8: one object for each bucket and each span. Numbers are without a locale, null
 * where unknown; times are UTC, as fine as needed; {@code gap} is the share of the bucket without a
 * trustworthy value, 0 to 1. Buckets of a meter also have {@code growth}.
 */
public final class JsonRanges implements RangeWriter {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                    .build();

    private final OutputStream out;
    private final JsonGenerator json;

    /** Writes to a stream, which the caller closes. */
    public JsonRanges(OutputStream out) throws IOException {
        this.out = out;
        json = JSON.createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    @Override
    public void begin() {
        // Lines need no head.
    }

    @Override
    public void range(PointRange range) throws IOException {
        String point = range.point().name().name();
        boolean meter = range.point().kind().isMeter();
        for (Segment segment : range.segments()) {
            for (Bucket bucket : segment.buckets()) {
                head(point, bucket.from(), bucket.to());
                number("min", bucket.min());
                number("max", bucket.max());
                number("mean", bucket.mean());
                number("first", bucket.first());
                number("last", bucket.last());
                if (bucket.count() == Bucket.UNKNOWN_COUNT) {
                    json.writeNullField("count");
                } else {
                    json.writeNumberField("count", bucket.count());
                }
                json.writeNumberField("gap", Gap.of(bucket));
                if (meter) {
                    number("growth", bucket.growth());
                }
                text("unit", segment.unit().orElse(null));
                json.writeStringField("source", segment.tier().word());
                end();
            }
        }
        for (TextSpan span : range.spans()) {
            head(point, span.from(), span.to());
            text("text", span.text());
            json.writeStringField("quality", span.quality().grade().word());
            text("reason", span.quality().reason().map(Quality.Reason::word).orElse(null));
            json.writeNullField("unit");
            json.writeStringField("source", span.tier().word());
            end();
        }
    }

    @Override
    public void flush() throws IOException {
        json.flush();
        out.flush();
    }

    private void head(String point, long from, long to) throws IOException {
        json.writeStartObject();
        text("point", point);
        json.writeStringField("from", Times.instant(from).toString());
        json.writeStringField("to", Times.instant(to).toString());
    }

    private void end() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void number(String key, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(key, value);
        } else {
            json.writeNullField(key);
        }
    }

    private void text(String key, @Nullable String text) throws IOException {
        if (text == null) {
            json.writeNullField(key);
        } else {
            // Half of a pair of surrogates has no bytes in UTF-8.
            json.writeStringField(
                    key,
                    StandardCharsets.UTF_8.newEncoder().canEncode(text)
                            ? text
                            : new String(
                                    text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        }
    }
}
