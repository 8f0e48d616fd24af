package vigie.history.archive;

import vigie.history.series.Bucket;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Roll-ups of one point as bytes: the buckets of an hour or a day in one block. What comes out is
 * to the bit what went in.
 *
 * <p>A sensor's values are decimals of few digits, so a number is stored as a whole multiple of a
 * power of ten, and of it the difference to the one before; where that would not be exact, as eight
 * bytes. What follows from what is there already is not stored: the first value is mostly the last
 * one of the bucket before, the least and greatest are mostly one of first and last, and what never
 * changed has no mean of its own. A slot in which nothing was known is one byte, one in which
 * nothing changed mostly too.
 *
 * <p>The form: version; decimals; the units; how many buckets; the buckets; CRC-32C of all that.
 * Whole numbers are varints, seven bits to the byte.
 */
public final class BlockCodec {
    private static final int VERSION = 1;
    private static final int CHECK = 4;

    private static final int MOST_DECIMALS = 9;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    /** Whole numbers of doubles are exact up to here. */
    private static final double MOST_WHOLE = 0x1p53;

    // What a byte at the beginning of a bucket says.
    private static final int EMPTY = 0;
    private static final int UNIT = 1;
    private static final int BORDERS = 2;

    // Set in the first byte of all other buckets, which tells it from those three.
    private static final int NUMBERS = 1 << 2;
    private static final int FIRST_IS_HELD = 1;
    private static final int FLAT = 1 << 1;
    private static final int MIN_IS_END = 1 << 3;
    private static final int MAX_IS_END = 1 << 4;
    private static final int SAME_COUNT = 1 << 5;
    private static final int WHOLLY_TRUSTED = 1 << 6;
    private static final int MORE = 1 << 7;

    // The second byte, where there is more: in its lower half how many bytes the mean has.
    private static final int MEAN_BYTES = 0xf;
    private static final int GROWTH = 1 << 4;
    private static final int GROWTH_IS_RISE = 1 << 5;
    private static final int WEIGHT = 1 << 6;
    private static final int NO_RANGE = 1 << 7;

    private BlockCodec() {}

    /**
     * The bytes of a block.
     *
     * @param buckets in order of time, none before {@code start}, none overlapping another
     * @param start of the block: a border of its slots
     * @param width of a slot
     */
    public static byte[] encode(List<Rolled> buckets, long start, long width) {
        return new Writer(start, width).block(buckets);
    }

    /**
     * What {@link #encode} was given.
     *
     * @param start as it was given to it
     * @param width as it was given to it
     * @throws DamagedBlock these are not bytes that it made
     */
    public static List<Rolled> decode(byte[] block, long start, long width) throws DamagedBlock {
        return new Reader(block, start, width).block();
    }

    private static boolean same(double one, double other) {
        return Double.doubleToLongBits(one) == Double.doubleToLongBits(other);
    }

    /** Doubles in their order as whole numbers, so that near ones differ by little. */
    private static long ordered(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }

    private static double unordered(long ordered) {
        return Double.longBitsToDouble(ordered < 0 ? ordered ^ Long.MAX_VALUE : ordered);
    }

    private static int check(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    /** Where the next bucket begins and what the one before said. */
    private abstract static class Cursor {
        final long start;
        final long width;
        long at;
        long reference;
        int decimals;
        int unit;
        int count;
        double held = Double.NaN;

        Cursor(long start, long width) {
            this.start = start;
            this.width = width;
            at = start;
        }

        long border() {
            return at + width - Math.floorMod(at - start, width);
        }
    }

    private static final class Writer extends Cursor {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

        Writer(long start, long width) {
            super(start, width);
        }

        byte[] block(List<Rolled> buckets) {
            out.write(VERSION);
            decimals = decimals(buckets);
            out.write(decimals);
            List<Optional<String>> units = buckets.stream().map(Rolled::unit).distinct().toList();
            varint(units.size());
            units.forEach(this::text);
            varint(buckets.size());
            for (Rolled rolled : buckets) {
                int itsUnit = units.indexOf(rolled.unit());
                if (itsUnit != unit) {
                    out.write(UNIT);
                    varint(itsUnit);
                    unit = itsUnit;
                }
                bucket(rolled.bucket());
            }
            int check = check(out.toByteArray(), out.size());
            for (int i = 0; i < CHECK; i++) {
                out.write(check >>> (Byte.SIZE * i));
            }
            return out.toByteArray();
        }

        /** So many that most numbers are whole multiples; few are enough for a sensor. */
        private static int decimals(List<Rolled> buckets) {
            int most = 0;
            for (Rolled rolled : buckets) {
                Bucket bucket = rolled.bucket();
                for (double value :
                        new double[] {bucket.first(), bucket.last(), bucket.min(), bucket.max()}) {
                    int needed = most;
                    while (needed <= MOST_DECIMALS && !isExact(value, needed)) {
                        needed++;
                    }
                    if (needed <= MOST_DECIMALS) {
                        most = needed;
                    }
                }
            }
            return most;
        }

        private static boolean isExact(double value, int decimals) {
            double whole = Math.rint(value * POWERS[decimals]);
            return Math.abs(whole) < MOST_WHOLE
                    && same((double) (long) whole / POWERS[decimals], value);
        }

        private void bucket(Bucket bucket) {
            if (bucket.from() != at || bucket.to() != border()) {
                out.write(BORDERS);
                varint(bucket.from() - at);
                varint(bucket.to() - bucket.from());
            }
            at = bucket.to();
            if (isNothing(bucket)) {
                out.write(EMPTY);
            } else {
                numbers(bucket);
            }
        }

        private static boolean isNothing(Bucket bucket) {
            return Bucket.empty(bucket.from(), bucket.to()).equals(bucket);
        }

        private void numbers(Bucket bucket) {
            double first = bucket.first();
            double last = bucket.last();
            boolean ranged = !Double.isNaN(bucket.min()) || !Double.isNaN(bucket.max());
            boolean flat =
                    same(first, last)
                            && (!ranged
                                    || (same(first, bucket.min()) && same(first, bucket.max())));
            boolean minIsEnd = !ranged || flat || same(bucket.min(), Math.min(first, last));
            boolean maxIsEnd = !ranged || flat || same(bucket.max(), Math.max(first, last));
            long beyond = ordered(bucket.mean()) - ordered(ranged ? bucket.min() : first);
            int meanBytes = (Long.SIZE - Long.numberOfLeadingZeros(beyond) + 7) / Byte.SIZE;
            boolean grew = !Double.isNaN(bucket.growth());
            boolean growthIsRise = grew && same(bucket.growth(), last - first);
            boolean weighed = !same(bucket.weight(), 1);
            int more =
                    meanBytes
                            | flag(GROWTH, grew)
                            | flag(GROWTH_IS_RISE, growthIsRise)
                            | flag(WEIGHT, weighed)
                            | flag(NO_RANGE, !ranged);
            out.write(
                    NUMBERS
                            | flag(FIRST_IS_HELD, same(first, held))
                            | flag(FLAT, flat)
                            | flag(MIN_IS_END, minIsEnd)
                            | flag(MAX_IS_END, maxIsEnd)
                            | flag(SAME_COUNT, bucket.count() == count)
                            | flag(WHOLLY_TRUSTED, bucket.trusted() == bucket.to() - bucket.from())
                            | flag(MORE, more != 0));
            if (more != 0) {
                out.write(more);
            }
            if (!same(first, held)) {
                number(first);
            }
            if (!flat) {
                number(last);
            }
            if (!minIsEnd) {
                number(bucket.min());
            }
            if (!maxIsEnd) {
                number(bucket.max());
            }
            for (int i = 0; i < meanBytes; i++) {
                out.write((int) (beyond >>> (Byte.SIZE * i)));
            }
            if (bucket.count() != count) {
                varint(bucket.count() - Bucket.UNKNOWN_COUNT);
            }
            if (bucket.trusted() != bucket.to() - bucket.from()) {
                varint(bucket.trusted());
            }
            if (grew && !growthIsRise) {
                raw(bucket.growth());
            }
            if (weighed) {
                raw(bucket.weight());
            }
            held = last;
            count = bucket.count();
        }

        private static int flag(int flag, boolean set) {
            return set ? flag : 0;
        }

        /** 0 and eight bytes, or one more than the difference to the number before. */
        private void number(double value) {
            if (!isExact(value, decimals)) {
                out.write(0);
                raw(value);
                return;
            }
            long whole = (long) Math.rint(value * POWERS[decimals]);
            long difference = whole - reference;
            varint(((difference << 1) ^ (difference >> (Long.SIZE - 1))) + 1);
            reference = whole;
        }

        private void raw(double value) {
            long bits = Double.doubleToLongBits(value);
            for (int i = 0; i < Long.BYTES; i++) {
                out.write((int) (bits >>> (Byte.SIZE * i)));
            }
        }

        private void text(Optional<String> unit) {
            if (unit.isEmpty()) {
                varint(0);
                return;
            }
            byte[] bytes = unit.get().getBytes(StandardCharsets.UTF_8);
            varint(bytes.length + 1);
            out.writeBytes(bytes);
        }

        private void varint(long value) {
            long left = value;
            while ((left & ~0x7fL) != 0) {
                out.write((int) (left | 0x80));
                left >>>= 7;
            }
            out.write((int) left);
        }
    }

    private static final class Reader extends Cursor {
        private final byte[] in;
        private final int end;
        private int next;

        Reader(byte[] in, long start, long width) {
            super(start, width);
            this.in = in;
            end = in.length - CHECK;
        }

        List<Rolled> block() throws DamagedBlock {
            if (end < 1) {
                throw new DamagedBlock("it has " + in.length + " bytes");
            }
            if (in[0] != VERSION) {
                throw new DamagedBlock("it has version " + in[0] + ", known is " + VERSION);
            }
            int check = 0;
            for (int i = 0; i < CHECK; i++) {
                check |= (in[end + i] & 0xff) << (Byte.SIZE * i);
            }
            if (check != check(in, end)) {
                throw new DamagedBlock("its check sum is wrong");
            }
            next = 1;
            decimals = octet();
            if (decimals > MOST_DECIMALS) {
                throw new DamagedBlock(decimals + " decimals");
            }
            List<Optional<String>> units = new ArrayList<>();
            for (long left = varint(); left > 0; left--) {
                units.add(text());
            }
            List<Rolled> buckets = new ArrayList<>();
            for (long left = varint(); left > 0; left--) {
                Bucket bucket = bucket();
                if (unit < 0 || unit >= units.size()) {
                    throw new DamagedBlock("unit " + unit + " of " + units.size());
                }
                buckets.add(new Rolled(bucket, units.get(unit)));
            }
            if (next != end) {
                throw new DamagedBlock((end - next) + " bytes too many");
            }
            return List.copyOf(buckets);
        }

        private Bucket bucket() throws DamagedBlock {
            int what = octet();
            if (what == UNIT) {
                unit = (int) varint();
                what = octet();
            }
            long from = at;
            long to = border();
            if (what == BORDERS) {
                from = at + varint();
                to = from + varint();
                what = octet();
            }
            at = to;
            if (what == EMPTY) {
                return Bucket.empty(from, to);
            }
            if ((what & NUMBERS) == 0) {
                throw new DamagedBlock("a bucket begins with " + what);
            }
            return numbers(from, to, what);
        }

        private Bucket numbers(long from, long to, int flags) throws DamagedBlock {
            int more = (flags & MORE) == 0 ? 0 : octet();
            double first = (flags & FIRST_IS_HELD) == 0 ? number() : held;
            double last = (flags & FLAT) == 0 ? number() : first;
            boolean ranged = (more & NO_RANGE) == 0;
            double min = (flags & MIN_IS_END) == 0 ? number() : Math.min(first, last);
            double max = (flags & MAX_IS_END) == 0 ? number() : Math.max(first, last);
            long beyond = bytes(more & MEAN_BYTES);
            double mean = unordered(ordered(ranged ? min : first) + beyond);
            if ((flags & SAME_COUNT) == 0) {
                count = (int) varint() + Bucket.UNKNOWN_COUNT;
            }
            long trusted = (flags & WHOLLY_TRUSTED) == 0 ? varint() : to - from;
            double growth = Double.NaN;
            if ((more & GROWTH_IS_RISE) != 0) {
                growth = last - first;
            } else if ((more & GROWTH) != 0) {
                growth = raw();
            }
            double weight = (more & WEIGHT) == 0 ? 1 : raw();
            held = last;
            return new Bucket(
                    from,
                    to,
                    ranged ? min : Double.NaN,
                    ranged ? max : Double.NaN,
                    mean,
                    first,
                    last,
                    count,
                    trusted,
                    growth,
                    weight);
        }

        private double number() throws DamagedBlock {
            long coded = varint();
            if (coded == 0) {
                return raw();
            }
            long zigzag = coded - 1;
            reference += zigzag >>> 1 ^ -(zigzag & 1);
            return (double) reference / POWERS[decimals];
        }

        private double raw() throws DamagedBlock {
            return Double.longBitsToDouble(bytes(Long.BYTES));
        }

        private long bytes(int count) throws DamagedBlock {
            if (count > Long.BYTES) {
                throw new DamagedBlock("a number of " + count + " bytes");
            }
            long value = 0;
            for (int i = 0; i < count; i++) {
                value |= (long) octet() << (Byte.SIZE * i);
            }
            return value;
        }

        private Optional<String> text() throws DamagedBlock {
            long length = varint() - 1;
            if (length < 0) {
                return Optional.empty();
            }
            if (length > end - next) {
                throw new DamagedBlock("a unit of " + length + " bytes");
            }
            String text = new String(in, next, (int) length, StandardCharsets.UTF_8);
            next += (int) length;
            return Optional.of(text);
        }

        private long varint() throws DamagedBlock {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                int octet = octet();
                value |= (long) (octet & 0x7f) << shift;
                if (octet < 0x80) {
                    return value;
                }
            }
            throw new DamagedBlock("a number does not end");
        }

        private int octet() throws DamagedBlock {
            if (next >= end) {
                throw new DamagedBlock("it ends too early");
            }
            return in[next++] & 0xff;
        }
    }
}
