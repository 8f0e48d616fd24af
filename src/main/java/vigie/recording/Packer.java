package vigie.recording;

import org.jspecify.annotations.Nullable;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RecorderState;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes steps so that each number is told by its difference to the one before and each text once:
 * about ten bytes for a usual reading. {@link Unpacker} is its mirror image; the two are changed
 * together, and with them the version of whatever file holds their bytes.
 *
 * <p>Moments are kept to the microsecond, as Home Assistant records them.
 */
final class Packer {
    /** Bits of the first byte of a reading. */
    static final int AMENDED = 1;

    static final int HAS_ID = 1 << 1;
    static final int CHANGED_APART = 1 << 2;

    /** Commit and position are its group's. */
    static final int AS_GROUP = 1 << 3;

    /** Value and quality follow from text and attributes. */
    static final int AS_ROW = 1 << 4;

    /** Name, attributes and source are those of the point's reading before. */
    static final int AS_BEFORE = 1 << 5;

    static final int READING = 0;
    static final int NAMED = 1;
    static final int FORGOTTEN = 2;
    static final int RECORDER = 3;

    static final int NO_POSITION = 0;
    static final int GTID = 1;
    static final int OTHER = 2;

    /** What a point's reading before was, as far as the next is likely to repeat it. */
    record Before(PointId name, Attributes attributes, vigie.point.Source source) {}

    private final Output out = new Output();
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<PointKey, Integer> keys = new HashMap<>();
    private final Map<Attributes, Integer> attributes = new HashMap<>();
    private final Map<PointKey, Before> before = new HashMap<>();
    private String stream = "";
    private long sequence;
    private long at;
    private long time;
    private long id;
    private long committed;
    private int readings;

    /** How many readings were observed so far. */
    int readings() {
        return readings;
    }

    void add(Step step) {
        out.write(1);
        at = difference(micros(step.at()), at);
        Group group = step.group();
        position(group.position());
        committed(group.committed());
        out.number(group.facts().size());
        for (Fact fact : group.facts()) {
            switch (fact) {
                case Fact.Observed(Reading reading) -> {
                    readings++;
                    reading(reading, false, group);
                }
                case Fact.Amended(Reading reading, _) -> reading(reading, true, group);
                case Fact.Named(PointKey key, PointId name) -> {
                    out.write(NAMED);
                    key(key);
                    text(name.name());
                }
                case Fact.Forgotten(PointKey key) -> {
                    out.write(FORGOTTEN);
                    key(key);
                }
                case Fact.RecorderSaid(RecorderState state) -> {
                    out.write(RECORDER);
                    text(state.phase().name());
                    out.write(state.since().isPresent() ? 1 : 0);
                    if (state.since().isPresent()) {
                        out.signed(micros(state.since().get()));
                    }
                }
            }
        }
    }

    byte[] finish() {
        out.write(0);
        return out.toByteArray();
    }

    private void reading(Reading reading, boolean amended, Group group) {
        Before now = new Before(reading.point(), reading.attributes(), reading.source());
        boolean asBefore = now.equals(before.put(reading.key(), now));
        boolean asGroup =
                reading.committed().equals(group.committed())
                        && reading.position().orElse("").equals(group.position());
        boolean asRow =
                reading.equals(
                        Reading.ofRow(
                                reading.id(),
                                reading.key(),
                                reading.point(),
                                reading.text(),
                                reading.attributes(),
                                reading.time(),
                                reading.changed(),
                                reading.committed(),
                                reading.position(),
                                reading.source()));
        boolean changedApart = !reading.changed().equals(reading.time());
        out.write(READING);
        out.write(
                (amended ? AMENDED : 0)
                        | (reading.id().isPresent() ? HAS_ID : 0)
                        | (changedApart ? CHANGED_APART : 0)
                        | (asGroup ? AS_GROUP : 0)
                        | (asRow ? AS_ROW : 0)
                        | (asBefore ? AS_BEFORE : 0));
        key(reading.key());
        time = difference(micros(reading.time()), time);
        if (reading.id().isPresent()) {
            id = difference(reading.id().getAsLong(), id);
        }
        if (changedApart) {
            out.signed(micros(reading.changed()) - time);
        }
        text(reading.text());
        if (!asBefore) {
            text(reading.point().name());
            attributes(reading.attributes());
            text(reading.source().word());
        }
        if (!asGroup) {
            committed(reading.committed());
            position(reading.position().orElse(""));
        }
        if (!asRow) {
            out.write(reading.value().isPresent() ? 1 : 0);
            if (reading.value().isPresent()) {
                out.fixed(Double.doubleToLongBits(reading.value().getAsDouble()));
            }
            text(reading.quality().reason().map(Quality.Reason::word).orElse(null));
        }
    }

    private void committed(Optional<Instant> second) {
        out.write(second.isPresent() ? 1 : 0);
        if (second.isPresent()) {
            committed = difference(micros(second.get()), committed);
        }
    }

    private void position(String position) {
        int dash = position.lastIndexOf('-');
        if (position.isEmpty()) {
            out.write(NO_POSITION);
        } else if (isGtid(position, dash)) {
            out.write(GTID);
            String its = position.substring(0, dash);
            boolean same = its.equals(stream);
            out.write(same ? 1 : 0);
            if (!same) {
                text(its);
                stream = its;
            }
            sequence = difference(Long.parseLong(position.substring(dash + 1)), sequence);
        } else {
            out.write(OTHER);
            text(position);
        }
    }

    /** Whether it can be put together again to the same letters. */
    private static boolean isGtid(String position, int dash) {
        if (dash < 0 || position.indexOf(',') >= 0 || position.length() - dash > 19) {
            return false;
        }
        String sequence = position.substring(dash + 1);
        return !sequence.isEmpty()
                && sequence.chars().allMatch(c -> c >= '0' && c <= '9')
                && (sequence.length() == 1 || sequence.charAt(0) != '0');
    }

    private void key(PointKey key) {
        Integer known = keys.get(key);
        if (known == null) {
            keys.put(key, keys.size());
            out.number(0);
            out.signed(key.value());
        } else {
            out.number(known + 1);
        }
    }

    /** 0: null; 1: a new one follows; from 2 on: one that was told. */
    private void text(@Nullable String text) {
        if (text == null) {
            out.number(0);
            return;
        }
        Integer known = texts.get(text);
        if (known == null) {
            texts.put(text, texts.size());
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.number(1);
            out.number(bytes.length);
            out.writeBytes(bytes);
        } else {
            out.number(known + 2);
        }
    }

    private void attributes(Attributes its) {
        Integer known = attributes.get(its);
        if (known != null) {
            out.number(known + 1);
            return;
        }
        attributes.put(its, attributes.size());
        out.number(0);
        for (Optional<String> one :
                List.of(its.friendlyName(), its.unit(), its.deviceClass(), its.stateClass())) {
            text(one.orElse(null));
        }
        out.write(its.known() ? 1 : 0);
    }

    /** Writes how far it is from another and returns it. */
    private long difference(long now, long other) {
        out.signed(now - other);
        return now;
    }

    static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                instant.getNano() / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /** Seven bits in each byte, the lowest first; the highest bit says that more follow. */
    private static final class Output extends ByteArrayOutputStream {
        void number(long value) {
            long left = value;
            while ((left & ~0x7fL) != 0) {
                write((int) ((left & 0x7f) | 0x80));
                left >>>= 7;
            }
            write((int) left);
        }

        void signed(long value) {
            number((value << 1) ^ (value >> 63));
        }

        void fixed(long bits) {
            for (int shift = 56; shift >= 0; shift -= 8) {
                write((int) ((bits >>> shift) & 0xff));
            }
        }
    }
}
