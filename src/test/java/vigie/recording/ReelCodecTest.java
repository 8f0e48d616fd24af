package vigie.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vigie.point.PointKey;
import vigie.room.Cadence;
import vigie.room.Cadences;
import vigie.room.RoomState;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

class ReelCodecTest {
    private static final Instant LEARNED = Instant.parse("2026-03-04T01:00:00Z");

    private static Reel reel(int seed, int count) {
        List<Step> steps = ReelTest.steps(new Random(seed), count);
        PointKey key = new PointKey(3);
        Cadence cadence = new Cadence(key, LEARNED, 77, Duration.ofNanos(10_000_000_001L), true);
        return Reel.of(
                Basis.KNOWN_NOW,
                steps.getFirst().at(),
                steps.getLast().at().plusNanos(7),
                steps.getFirst(),
                steps.subList(1, steps.size()),
                new Cadences(LEARNED, Map.of(key, cadence), Optional.of(Duration.ofSeconds(9))),
                Map.of(new PointKey(1), Duration.ofHours(1)));
    }

    @Test
    void a_reel_is_read_as_it_was_written() {
        for (int seed = 0; seed < 20; seed++) {
            Reel reel = reel(seed, 80);
            byte[] bytes = ReelCodec.write(reel);
            Reel read = ReelCodec.read(bytes);
            assertThat(read.basis()).isEqualTo(reel.basis());
            assertThat(read.from()).isEqualTo(reel.from());
            assertThat(read.to()).isEqualTo(reel.to());
            assertThat(read.cadences()).isEqualTo(reel.cadences());
            assertThat(read.widths()).isEqualTo(reel.widths());
            assertThat(read.readings()).isEqualTo(reel.readings());
            assertThat(read.at(read.to())).isEqualTo(reel.at(reel.to()));
            assertThat(ReelCodec.write(read)).isEqualTo(bytes);
        }
    }

    @Test
    void no_byte_of_a_stranger_is_more_than_a_damaged_reel() {
        byte[] whole = ReelCodec.write(reel(1, 60));
        Random random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            byte[] broken =
                    random.nextInt(5) == 0
                            ? Arrays.copyOf(whole, random.nextInt(whole.length))
                            : whole.clone();
            for (int n = random.nextInt(4); n > 0 && broken.length > 0; n--) {
                // Mostly the head, which has the counts.
                int most = random.nextBoolean() ? Math.min(120, broken.length) : broken.length;
                broken[random.nextInt(most)] = (byte) random.nextInt(256);
            }
            try {
                Reel reel = ReelCodec.read(broken);
                reel.at(reel.to());
            } catch (DamagedReel damaged) {
                assertThat(damaged).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void a_reel_that_lies_about_its_readings_or_its_end_is_refused() {
        Reel reel = reel(2, 40);
        assertLie(reel, reel.to(), reel.readings() + 1);
        assertLie(reel, reel.from(), reel.readings());
        assertLie(reel, reel.from().minusSeconds(1), reel.readings());
    }

    private static void assertLie(Reel reel, Instant to, int readings) {
        Reel lie =
                Reel.packed(
                        reel.basis(),
                        reel.from(),
                        to,
                        reel.cadences(),
                        reel.widths(),
                        readings,
                        reel.packed());
        byte[] bytes = ReelCodec.write(lie);
        assertThatThrownBy(() -> ReelCodec.read(bytes)).isInstanceOf(DamagedReel.class);
    }

    @Test
    void an_excerpt_tells_every_moment_as_the_whole_does() {
        Random random = new Random(9);
        for (int seed = 30; seed < 50; seed++) {
            Reel reel = reel(seed, 60);
            long length = Duration.between(reel.from(), reel.to()).toMillis();
            Instant from = reel.from().plusMillis(random.nextLong(length / 2));
            Instant to = from.plusMillis(random.nextLong(length / 2));
            Reel part = Excerpt.of(reel, from, to);
            assertThat(part.from()).isEqualTo(from);
            assertThat(part.to()).isEqualTo(to);
            for (int i = 0; i < 10; i++) {
                Instant at = from.plusMillis((to.toEpochMilli() - from.toEpochMilli()) * i / 9);
                at = at.isAfter(to) ? to : at;
                assertThat(part.at(at)).as("seed %d at %s", seed, at).isEqualTo(reel.at(at));
            }
        }
        Reel whole = reel(1, 30);
        assertThat(Excerpt.of(whole, whole.from(), whole.to())).isSameAs(whole);
    }

    @Test
    void a_room_told_as_a_group_is_that_room() {
        Reel reel = reel(4, 100);
        RoomState room = reel.at(reel.to());
        assertThat(RoomState.EMPTY.after(Excerpt.room(room))).isEqualTo(room);
    }
}
