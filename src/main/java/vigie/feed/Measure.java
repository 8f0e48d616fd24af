package vigie.feed;

import vigie.text.Sentence;

import java.time.Duration;

/** Times and sizes within a sentence, as rough as a person would say them. */
final class Measure {
    private static final long MEGABYTE = 1L << 20;
    private static final long GIGABYTE = 1L << 30;
    private static final double TENTHS = 10.0;

    private Measure() {}

    /** A length of time, its sign left out. */
    static Sentence span(Duration duration) {
        Duration span = duration.abs();
        if (span.toDays() > 0) {
            return of("day", span.toDays(), span.toHoursPart());
        }
        if (span.toHours() > 0) {
            return of("hour", span.toHours(), span.toMinutesPart());
        }
        if (span.toMinutes() > 0) {
            return of("minute", span.toMinutes(), span.toSecondsPart());
        }
        if (span.isZero() || span.toSeconds() >= 10) {
            return of("seconds", span.toSeconds());
        }
        return span.toMillis() >= 1_000
                ? of("seconds", Math.round(span.toMillis() / 100.0) / TENTHS)
                : of("millis", Math.max(1, span.toMillis()));
    }

    /** A size. */
    static Sentence bytes(long bytes) {
        return bytes >= GIGABYTE
                ? of("gigabytes", Math.round(bytes * TENTHS / GIGABYTE) / TENTHS)
                : of("megabytes", Math.max(1, bytes / MEGABYTE));
    }

    /** A whole number of the unit, with the rest in the next smaller one where there is a rest. */
    private static Sentence of(String unit, long whole, int rest) {
        return rest == 0
                ? Sentence.of("doctor.measure." + unit, whole)
                : Sentence.of("doctor.measure." + unit + "s", whole, rest);
    }

    private static Sentence of(String unit, Object... values) {
        return Sentence.of("doctor.measure." + unit, values);
    }
}
