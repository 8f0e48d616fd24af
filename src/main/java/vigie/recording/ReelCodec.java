package vigie.recording;

import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.room.Cadence;
import vigie.room.Cadences;
import vigie.room.Fact;
import vigie.room.Group;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reels as bytes, for files. The same reel gives the same bytes; what was written is read equal. A
 * reel whose bytes come from elsewhere is read through to its end before it is given out, so that
 * playing it brings no surprise.
 */
public final class ReelCodec {
    /** What a packed reel may measure, in bytes. */
    public static final int LARGEST = 16 * 1024 * 1024;

    /** How many points a reel may have. */
    public static final int MOST_POINTS = 50_000;

    /** How many facts a step may have; the room at the beginning has up to four for a point. */
    public static final int MOST_FACTS = 4 * MOST_POINTS + 1;

    /** Characters of a text that is no state: a name, a unit, a position. */
    private static final int LONGEST_TEXT = 4_096;

    private static final byte[] MAGIC = "VREEL".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(3_660);

    private ReelCodec() {}

    /** A reel as bytes. */
    public static byte[] write(Reel reel) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(reel.bytes() + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeByte(VERSION);
            out.writeUTF(reel.basis().word());
            instant(out, reel.from());
            instant(out, reel.to());
            Cadences cadences = reel.cadences();
            instant(out, cadences.learnedTo());
            out.writeBoolean(cadences.recorder().isPresent());
            if (cadences.recorder().isPresent()) {
                duration(out, cadences.recorder().get());
            }
            out.writeInt(cadences.points().size());
            List<Cadence> points =
                    cadences.points().values().stream()
                            .sorted(Comparator.comparing(Cadence::key))
                            .toList();
            for (Cadence cadence : points) {
                out.writeLong(cadence.key().value());
                instant(out, cadence.validFrom());
                out.writeInt(cadence.intervals());
                duration(out, cadence.p99());
                out.writeBoolean(cadence.regular());
            }
            out.writeInt(reel.widths().size());
            List<Map.Entry<PointKey, Duration>> widths =
                    reel.widths().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
            for (Map.Entry<PointKey, Duration> width : widths) {
                out.writeLong(width.getKey().value());
                duration(out, width.getValue());
            }
            out.writeInt(reel.readings());
            out.writeInt(reel.packed().length);
            out.write(reel.packed());
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing into memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * The reel that bytes hold.
     *
     * @throws DamagedReel they hold none, or one that is not what it says
     */
    public static Reel read(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new DamagedReel(bytes.length + " bytes", null);
        }
        Reel reel;
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            reel = header(in);
        } catch (IOException | DateTimeException | ArithmeticException no) {
            throw new DamagedReel("the head of a reel", no);
        }
        check(reel);
        return reel;
    }

    private static Reel header(DataInputStream in) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC) || in.readByte() != VERSION) {
            throw new DamagedReel("not a reel of version " + VERSION, null);
        }
        String word = in.readUTF();
        Basis basis = Basis.of(word).orElseThrow(() -> new DamagedReel("the basis", null));
        Instant from = instant(in);
        Instant to = instant(in);
        require(!to.isBefore(from), "it ends before it begins");
        Instant learnedTo = instant(in);
        Optional<Duration> recorder =
                in.readBoolean() ? Optional.of(duration(in)) : Optional.empty();
        int count = count(in);
        Map<PointKey, Cadence> points = new HashMap<>();
        for (int i = 0; i < count; i++) {
            PointKey key = new PointKey(in.readLong());
            Instant validFrom = instant(in);
            int intervals = in.readInt();
            require(intervals >= 0, "a cadence of a negative count");
            Cadence cadence =
                    new Cadence(key, validFrom, intervals, duration(in), in.readBoolean());
            require(points.put(key, cadence) == null, "a cadence twice");
        }
        int rolled = count(in);
        Map<PointKey, Duration> widths = new HashMap<>();
        for (int i = 0; i < rolled; i++) {
            require(widths.put(new PointKey(in.readLong()), duration(in)) == null, "a width twice");
        }
        int readings = in.readInt();
        int length = in.readInt();
        require(readings >= 0 && length > 0 && length == in.available(), "its length");
        byte[] steps = in.readNBytes(length);
        return Reel.packed(
                basis,
                from,
                to,
                new Cadences(learnedTo, points, recorder),
                widths,
                readings,
                steps);
    }

    /** Reads all steps once. */
    private static void check(Reel reel) {
        Unpacker steps = new Unpacker(reel.packed(), MOST_FACTS);
        Set<PointKey> points = new HashSet<>();
        Step step = steps.next().orElseThrow(() -> new DamagedReel("no beginning", null));
        require(!step.at().isAfter(micros(reel.from())), "it begins late");
        check(step, points);
        Instant before = step.at();
        Instant last = micros(reel.to());
        long readings = 0;
        Optional<Step> next = steps.next();
        while (next.isPresent()) {
            step = next.get();
            require(!step.at().isBefore(before) && !step.at().isAfter(last), "a step out of order");
            before = step.at();
            readings += check(step, points);
            next = steps.next();
        }
        require(readings == reel.readings(), "the count of its readings");
        require(steps.left() == 0, "more after its end");
    }

    /** How many readings the step has. */
    private static int check(Step step, Set<PointKey> points) {
        Group group = step.group();
        text(group.position());
        group.committed().ifPresent(ReelCodec::within);
        int readings = 0;
        for (Fact fact : group.facts()) {
            switch (fact) {
                case Fact.Observed(Reading reading) -> {
                    readings++;
                    check(reading);
                    points.add(reading.key());
                }
                case Fact.Amended(Reading reading, _) -> check(reading);
                case Fact.Named named -> points.add(named.key());
                case Fact.Forgotten _ -> {}
                case Fact.RecorderSaid(var state) -> state.since().ifPresent(ReelCodec::within);
            }
        }
        require(points.size() <= MOST_POINTS, "too many points");
        return readings;
    }

    private static void check(Reading reading) {
        within(reading.time());
        within(reading.changed());
        reading.committed().ifPresent(ReelCodec::within);
        require(
                reading.value().isEmpty() || Double.isFinite(reading.value().getAsDouble()),
                "a value that is not finite");
        if (reading.text() != null) {
            text(reading.text());
        }
        reading.position().ifPresent(ReelCodec::text);
        reading.attributes().unit().ifPresent(ReelCodec::text);
        reading.attributes().friendlyName().ifPresent(ReelCodec::text);
        reading.attributes().deviceClass().ifPresent(ReelCodec::text);
        reading.attributes().stateClass().ifPresent(ReelCodec::text);
    }

    private static void text(String text) {
        require(text.length() <= LONGEST_TEXT, "a text without measure");
    }

    /** Steps are kept to the microsecond. */
    private static Instant micros(Instant moment) {
        return Packer.instant(Packer.micros(moment));
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        require(count >= 0 && count <= MOST_POINTS, "a count");
        return count;
    }

    private static void instant(DataOutputStream out, Instant moment) throws IOException {
        out.writeLong(moment.getEpochSecond());
        out.writeInt(moment.getNano());
    }

    private static Instant instant(DataInputStream in) throws IOException {
        long seconds = in.readLong();
        return within(Instant.ofEpochSecond(seconds, nanos(in)));
    }

    private static Instant within(Instant moment) {
        require(!moment.isBefore(FIRST) && !moment.isAfter(LAST), "a moment out of all time");
        return moment;
    }

    private static void duration(DataOutputStream out, Duration duration) throws IOException {
        out.writeLong(duration.getSeconds());
        out.writeInt(duration.getNano());
    }

    private static Duration duration(DataInputStream in) throws IOException {
        long seconds = in.readLong();
        Duration duration = Duration.ofSeconds(seconds, nanos(in));
        require(
                !duration.isNegative() && duration.compareTo(LONGEST) <= 0,
                "a length out of all measure");
        return duration;
    }

    private static int nanos(DataInputStream in) throws IOException {
        int nanos = in.readInt();
        require(nanos >= 0 && nanos < 1_000_000_000, "nanoseconds");
        return nanos;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new DamagedReel(what, null);
        }
    }
}
