package vigie.console.history;

import vigie.history.Times;
import vigie.history.series.Bucket;
import vigie.history.series.Segment;
import vigie.history.series.TextSpan;
import vigie.history.series.Tier;
import vigie.point.Quality;
import vigie.point.Reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the live feed said of a point since the past was asked. One thread. */
final class Tail {
    /** A chart that was left alone for days asks the past again long before. */
    private static final int MOST = 20_000;

    private final List<Reading> readings = new ArrayList<>();

    /** Takes the newest reading; whether it is a new one. */
    boolean add(Reading reading) {
        if (!readings.isEmpty() && !reading.time().isAfter(readings.getLast().time())) {
            return false;
        }
        readings.add(reading);
        if (readings.size() > MOST) {
            readings.removeFirst();
        }
        return true;
    }

    /** Forgets what the past tells by now; the last of it stays, for it still holds. */
    void forgetBefore(long known) {
        while (readings.size() > 1 && Times.micros(readings.get(1).time()) <= known) {
            readings.removeFirst();
        }
    }

    /**
     * The numbers from where the past ends.
     *
     * @param known until when the past was told
     * @param until how far the feed vouches for the last one
     */
    List<Segment> numbers(long known, long until) {
        List<Segment> segments = new ArrayList<>();
        List<Bucket> buckets = new ArrayList<>();
        Optional<String> unit = Optional.empty();
        for (int i = 0; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            long from = Math.max(known, Times.micros(reading.time()));
            long to = Math.min(until, i + 1 < readings.size() ? time(i + 1) : until);
            if (to <= from) {
                continue;
            }
            boolean trusted = !reading.quality().isBad() && reading.value().isPresent();
            Optional<String> its = reading.attributes().unit();
            if (trusted && !its.equals(unit) && !buckets.isEmpty()) {
                segments.add(new Segment(unit, Tier.STATES, buckets));
                buckets = new ArrayList<>();
            }
            unit = trusted ? its : unit;
            buckets.add(
                    trusted
                            ? held(from, to, reading.value().getAsDouble())
                            : Bucket.empty(from, to));
        }
        if (!buckets.isEmpty()) {
            segments.add(new Segment(unit, Tier.STATES, buckets));
        }
        return segments;
    }

    /** The texts from where the past ends. */
    List<TextSpan> texts(long known, long until) {
        List<TextSpan> spans = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            long from = Math.max(known, Times.micros(reading.time()));
            long to = Math.min(until, i + 1 < readings.size() ? time(i + 1) : until);
            if (to > from) {
                Quality quality = reading.quality();
                spans.add(new TextSpan(from, to, reading.text(), quality, Tier.STATES));
            }
        }
        return spans;
    }

    private long time(int index) {
        return Times.micros(readings.get(index).time());
    }

    private static Bucket held(long from, long to, double value) {
        return new Bucket(from, to, value, value, value, value, value, 1, to - from, Double.NaN, 1);
    }
}
