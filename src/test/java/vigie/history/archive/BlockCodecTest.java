package vigie.history.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import vigie.history.series.Bucket;
import vigie.history.series.Fold;
import vigie.history.series.Grid;
import vigie.history.series.Kind;
import vigie.history.series.Segment;
import vigie.history.series.Tier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class BlockCodecTest {
    private static final long MINUTE = 60_000_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long START = 1_780_000_000_000_000L / HOUR * HOUR;

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"NUMBER", "METER", "ANGLE"})
    void what_was_folded_comes_back_to_the_bit(Kind kind) throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            List<Rolled> block = folded(new Random(seed), kind);
            byte[] bytes = BlockCodec.encode(block, START, MINUTE);
            assertThat(BlockCodec.decode(bytes, START, MINUTE))
                    .as("seed %d", seed)
                    .isEqualTo(block);
        }
    }

    @Test
    void any_numbers_in_any_borders_come_back_to_the_bit() throws Exception {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Rolled> block = new ArrayList<>();
            long at = START;
            while (at < START + HOUR) {
                long from = random.nextInt(4) == 0 ? at + random.nextInt(10) : at;
                long to = from + 1 + random.nextLong(2 * MINUTE);
                block.add(
                        new Rolled(
                                new Bucket(
                                        from,
                                        to,
                                        any(random),
                                        any(random),
                                        any(random),
                                        any(random),
                                        any(random),
                                        random.nextInt(-1, 100),
                                        random.nextLong(to - from + 1),
                                        any(random),
                                        random.nextBoolean() ? 1 : random.nextDouble()),
                                unit(random)));
                at = to;
            }
            byte[] bytes = BlockCodec.encode(block, START, MINUTE);
            assertThat(BlockCodec.decode(bytes, START, MINUTE))
                    .as("seed %d", seed)
                    .isEqualTo(block);
        }
    }

    @Test
    void an_hour_of_which_nothing_is_known_is_a_byte_a_minute() throws Exception {
        List<Rolled> block = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            block.add(
                    new Rolled(
                            Bucket.empty(START + i * MINUTE, START + (i + 1) * MINUTE),
                            Optional.empty()));
        }
        assertThat(BlockCodec.encode(block, START, MINUTE)).hasSizeLessThanOrEqualTo(60 + 10);
        assertThat(BlockCodec.decode(BlockCodec.encode(List.of(), START, MINUTE), START, MINUTE))
                .isEmpty();
    }

    @Test
    void a_temperature_every_ten_seconds_needs_few_bytes_a_minute() {
        Random random = new Random(7);
        Fold fold = new Fold(Grid.of(MINUTE), Kind.NUMBER, Tier.MINUTES, START);
        double tenths = 214;
        fold.carry(tenths / 10, Optional.of("°C"));
        for (long at = START; at < START + HOUR; at += 10_000_000) {
            tenths += random.nextInt(-1, 2);
            fold.reading(at + random.nextInt(2_000_000), tenths / 10, Optional.of("°C"));
        }
        int length =
                BlockCodec.encode(rolled(fold.finish(START + HOUR, START + HOUR)), START, MINUTE)
                        .length;
        System.out.printf("bytes a minute of a 10-second temperature: %.1f%n", length / 60.0);
        assertThat(length / 60.0).isLessThan(13);
    }

    @Test
    void every_damage_is_told_and_nothing_else_happens() {
        byte[] bytes = BlockCodec.encode(folded(new Random(1), Kind.NUMBER), START, MINUTE);
        for (int i = 0; i < bytes.length; i++) {
            byte[] shorter = java.util.Arrays.copyOf(bytes, i);
            assertThatThrownBy(() -> BlockCodec.decode(shorter, START, MINUTE))
                    .isInstanceOf(DamagedBlock.class);
            byte[] flipped = bytes.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            assertThatThrownBy(() -> BlockCodec.decode(flipped, START, MINUTE))
                    .isInstanceOf(DamagedBlock.class);
        }
        assertThatThrownBy(() -> BlockCodec.decode(new byte[200], START, MINUTE))
                .isInstanceOf(DamagedBlock.class)
                .hasMessageContaining("version 0");
    }

    @Test
    void a_block_with_a_right_check_sum_and_nonsense_inside_is_told_too() {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            byte[] nonsense = new byte[5 + random.nextInt(60)];
            random.nextBytes(nonsense);
            nonsense[0] = 1;
            nonsense[1] = (byte) random.nextInt(11);
            java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
            sum.update(nonsense, 0, nonsense.length - 4);
            for (int i = 0; i < 4; i++) {
                nonsense[nonsense.length - 4 + i] = (byte) (sum.getValue() >>> (8 * i));
            }
            try {
                BlockCodec.decode(nonsense, START, MINUTE);
            } catch (DamagedBlock told) {
                assertThat(told.getMessage()).contains("cannot be read");
            }
        }
    }

    private static List<Rolled> folded(Random random, Kind kind) {
        Fold fold = new Fold(Grid.of(MINUTE), kind, Tier.MINUTES, START);
        double value = random.nextInt(1_000);
        int decimals = random.nextInt(4);
        if (random.nextBoolean()) {
            fold.carry(value, unit(random));
        }
        Optional<String> unit = unit(random);
        long at = START;
        while (at < START + HOUR) {
            switch (random.nextInt(12)) {
                case 0 -> fold.reading(at, Double.NaN, unit);
                case 1 -> fold.outage(at);
                case 2 -> {
                    unit = unit(random);
                    fold.reading(at, value, unit);
                }
                case 3 -> fold.reading(at, random.nextGaussian(), unit);
                default -> {
                    value =
                            Math.rint((value + random.nextGaussian()) * Math.pow(10, decimals))
                                    / Math.pow(10, decimals);
                    fold.reading(at, value, unit);
                }
            }
            at += random.nextLong(5) == 0 ? random.nextLong(20 * MINUTE) : random.nextLong(MINUTE);
        }
        return rolled(fold.finish(START + HOUR, START + HOUR));
    }

    private static List<Rolled> rolled(List<Segment> segments) {
        return segments.stream()
                .flatMap(segment ->
                        segment.buckets().stream()
                                .map(bucket -> new Rolled(bucket, segment.unit())))
                .toList();
    }

    private static Optional<String> unit(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("°C");
            default -> Optional.of("");
        };
    }

    private static double any(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> -0.0;
            case 2 -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
            case 3 -> random.nextInt(-1_000, 1_000) / 10.0;
            case 4 -> random.nextGaussian();
            case 5 -> Double.NEGATIVE_INFINITY;
            case 6 -> random.nextLong();
            default -> 21.5;
        };
    }
}
