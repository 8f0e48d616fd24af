package vigie.recording;

import org.jspecify.annotations.Nullable;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RecorderState;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads what {@link Packer} wrote, one step after the other. Bytes that no packer wrote end in a
 * {@link DamagedReel}, never in an endless loop or in memory that the bytes do not pay for.
 */
final class Unpacker {
    private static final Map<String, Source> SOURCES = byWord(Source.values(), Source::word);
    private static final Map<String, Quality.Reason> REASONS =
            byWord(Quality.Reason.values(), Quality.Reason::word);
    private static final Map<String, RecorderState.Phase> PHASES =
            byWord(RecorderState.Phase.values(), RecorderState.Phase::name);

    private final byte[] bytes;
    private final int mostFacts;
    private final List<String> texts = new ArrayList<>();
    private final List<PointKey> keys = new ArrayList<>();
    private final List<Attributes> attributes = new ArrayList<>();
    private final Map<PointKey, Packer.Before> before = new HashMap<>();
    private int place;
    private String stream = "";
    private long sequence;
    private long at;
    private long time;
    private long id;
    private long committed;

    Unpacker(byte[] bytes) {
        this(bytes, Integer.MAX_VALUE);
    }

    /**
     * For bytes of strangers.
     *
     * @param mostFacts how many facts a step may have; one that claims more is not read
     */
    Unpacker(byte[] bytes, int mostFacts) {
        this.bytes = bytes;
        this.mostFacts = mostFacts;
    }

    /** How many bytes were not read yet. */
    int left() {
        return bytes.length - place;
    }

    /**
     * The next step; empty at the end.
     *
     * @throws DamagedReel these are not bytes of a packer
     */
    Optional<Step> next() {
        try {
            return read() == 0 ? Optional.empty() : Optional.of(step());
        } catch (IndexOutOfBoundsException
                | ArithmeticException
                | IllegalArgumentException
                | DateTimeException no) {
            throw new DamagedReel("at byte " + place + " of " + bytes.length, no);
        }
    }

    private Step step() {
        at += signed();
        String position = position();
        Optional<Instant> second = committed();
        long count = number();
        if (count < 0 || count > bytes.length - place || count > mostFacts) {
            throw new DamagedReel(count + " facts in " + (bytes.length - place) + " bytes", null);
        }
        List<Fact> facts = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            facts.add(fact(position, second));
        }
        return new Step(Packer.instant(at), new Group(position, second, facts));
    }

    private Fact fact(String position, Optional<Instant> second) {
        int kind = read();
        return switch (kind) {
            case Packer.READING -> reading(position, second);
            case Packer.NAMED -> new Fact.Named(key(), new PointId(said()));
            case Packer.FORGOTTEN -> new Fact.Forgotten(key());
            case Packer.RECORDER -> {
                RecorderState.Phase phase = known(PHASES, said());
                yield new Fact.RecorderSaid(
                        new RecorderState(
                                phase,
                                read() == 0
                                        ? Optional.empty()
                                        : Optional.of(Packer.instant(signed()))));
            }
            default -> throw new DamagedReel("a fact of kind " + kind, null);
        };
    }

    private Fact reading(String groupPosition, Optional<Instant> groupSecond) {
        int flags = read();
        PointKey key = key();
        time += signed();
        OptionalLong rowId = OptionalLong.empty();
        if ((flags & Packer.HAS_ID) != 0) {
            id += signed();
            rowId = OptionalLong.of(id);
        }
        Instant when = Packer.instant(time);
        Instant changed =
                (flags & Packer.CHANGED_APART) == 0 ? when : Packer.instant(time + signed());
        String text = text();
        Packer.Before now = before.get(key);
        if ((flags & Packer.AS_BEFORE) == 0) {
            now = new Packer.Before(new PointId(said()), attributes(), known(SOURCES, said()));
            before.put(key, now);
        }
        if (now == null) {
            throw new DamagedReel("a reading as before, of a point that is new", null);
        }
        Optional<Instant> second = groupSecond;
        String position = groupPosition;
        if ((flags & Packer.AS_GROUP) == 0) {
            second = committed();
            position = position();
        }
        Optional<String> known = position.isEmpty() ? Optional.empty() : Optional.of(position);
        Reading reading;
        if ((flags & Packer.AS_ROW) != 0) {
            reading =
                    Reading.ofRow(
                            rowId,
                            key,
                            now.name(),
                            text,
                            now.attributes(),
                            when,
                            changed,
                            second,
                            known,
                            now.source());
        } else {
            OptionalDouble value =
                    read() == 0
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(Double.longBitsToDouble(fixed()));
            String reason = text();
            reading =
                    new Reading(
                            rowId,
                            key,
                            now.name(),
                            text,
                            value,
                            now.attributes(),
                            reason == null ? Quality.GOOD : Quality.of(known(REASONS, reason)),
                            when,
                            changed,
                            second,
                            known,
                            now.source());
        }
        return (flags & Packer.AMENDED) != 0
                ? new Fact.Amended(reading)
                : new Fact.Observed(reading);
    }

    private Optional<Instant> committed() {
        if (read() == 0) {
            return Optional.empty();
        }
        committed += signed();
        return Optional.of(Packer.instant(committed));
    }

    private String position() {
        int kind = read();
        return switch (kind) {
            case Packer.NO_POSITION -> "";
            case Packer.GTID -> {
                if (read() == 0) {
                    stream = said();
                }
                sequence += signed();
                yield stream + "-" + sequence;
            }
            case Packer.OTHER -> said();
            default -> throw new DamagedReel("a position of kind " + kind, null);
        };
    }

    private PointKey key() {
        long told = number();
        if (told == 0) {
            PointKey key = new PointKey(signed());
            keys.add(key);
            return key;
        }
        return keys.get(Math.toIntExact(told - 1));
    }

    private @Nullable String text() {
        long told = number();
        if (told == 0) {
            return null;
        }
        if (told > 1) {
            return texts.get(Math.toIntExact(told - 2));
        }
        int length = Math.toIntExact(number());
        if (length < 0 || length > bytes.length - place) {
            throw new DamagedReel("a text of " + length + " bytes", null);
        }
        String text = new String(bytes, place, length, StandardCharsets.UTF_8);
        place += length;
        texts.add(text);
        return text;
    }

    /** A text that is there. */
    private String said() {
        String text = text();
        if (text == null) {
            throw new DamagedReel("no text where there must be one", null);
        }
        return text;
    }

    private Attributes attributes() {
        long told = number();
        if (told != 0) {
            return attributes.get(Math.toIntExact(told - 1));
        }
        Attributes its =
                new Attributes(
                        Optional.ofNullable(text()),
                        Optional.ofNullable(text()),
                        Optional.ofNullable(text()),
                        Optional.ofNullable(text()),
                        read() != 0);
        attributes.add(its);
        return its;
    }

    private static <E> Map<String, E> byWord(E[] all, Function<E, String> word) {
        return Arrays.stream(all).collect(Collectors.toMap(word, Function.identity()));
    }

    private static <E> E known(Map<String, E> all, String word) {
        E found = all.get(word);
        if (found == null) {
            throw new DamagedReel("the word " + word, null);
        }
        return found;
    }

    private int read() {
        return bytes[place++] & 0xff;
    }

    private long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int part = read();
            value |= (long) (part & 0x7f) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw new DamagedReel("a number without an end", null);
    }

    private long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    private long fixed() {
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = (bits << 8) | read();
        }
        return bits;
    }
}
