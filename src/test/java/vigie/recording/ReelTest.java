package vigie.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Cadences;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RecorderState;
import vigie.room.RoomState;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;

class ReelTest {
    private static final Instant START = Instant.parse("2026-03-04T02:00:00Z");
    private static final String[] TEXTS = {"on", "unavailable", "é ü 温", "", "21.5", "-0.0", "7e3"};

    /** Steps of every kind and shape that a stretch may hold. */
    static List<Step> steps(Random random, int count) {
        List<Step> steps = new ArrayList<>();
        Instant at = START;
        for (int i = 0; i < count; i++) {
            at = at.plusNanos(1_000L * random.nextInt(20_000_000));
            Optional<Instant> second =
                    random.nextInt(4) == 0
                            ? Optional.empty()
                            : Optional.of(Instant.ofEpochSecond(at.getEpochSecond()));
            String position =
                    switch (random.nextInt(5)) {
                        case 0 -> "";
                        case 1 -> "0-1-" + i + ",1-7-12";
                        case 2 -> "3-4-00" + i;
                        default -> "0-1-" + (4711 + i);
                    };
            List<Fact> facts = new ArrayList<>();
            for (int n = random.nextInt(6); n >= 0; n--) {
                facts.add(fact(random, at, second, position));
            }
            steps.add(new Step(at, new Group(position, second, facts)));
        }
        return steps;
    }

    private static Fact fact(Random random, Instant at, Optional<Instant> second, String position) {
        PointKey key = new PointKey(random.nextInt(12) - 2);
        return switch (random.nextInt(12)) {
            case 0 -> new Fact.Named(key, new PointId("sensor.p" + random.nextInt(20)));
            case 1 -> new Fact.Forgotten(key);
            case 2 ->
                    new Fact.RecorderSaid(
                            new RecorderState(
                                    any(random, RecorderState.Phase.values()),
                                    random.nextBoolean() ? Optional.empty() : Optional.of(at)));
            case 3 -> new Fact.Amended(reading(random, key, at, second, position));
            default -> new Fact.Observed(reading(random, key, at, second, position));
        };
    }

    private static Reading reading(
            Random random, PointKey key, Instant at, Optional<Instant> second, String position) {
        Instant time = at.minusMillis(random.nextInt(3_000));
        Attributes attributes =
                random.nextInt(8) == 0
                        ? Attributes.MISSING
                        : new Attributes(
                                Optional.of("Rack"),
                                random.nextBoolean() ? Optional.of("°C") : Optional.empty(),
                                Optional.empty(),
                                Optional.of("measurement"),
                                true);
        String text =
                random.nextInt(9) == 0
                        ? null
                        : random.nextBoolean()
                                ? TEXTS[random.nextInt(TEXTS.length)]
                                : String.valueOf(random.nextInt(400) / 10.0);
        Source source = any(random, Source.values());
        PointId name = new PointId("sensor.p" + key.value());
        if (random.nextInt(10) == 0) {
            return new Reading(
                    OptionalLong.empty(),
                    key,
                    name,
                    text,
                    OptionalDouble.of(random.nextGaussian()),
                    attributes,
                    Quality.of(Quality.Reason.AGGREGATED),
                    time,
                    time,
                    Optional.empty(),
                    Optional.empty(),
                    source);
        }
        return Reading.ofRow(
                random.nextInt(5) == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(random.nextLong(1L << 50)),
                key,
                name,
                text,
                attributes,
                time,
                random.nextBoolean() ? time : time.minusSeconds(60),
                random.nextInt(6) == 0 ? Optional.empty() : second,
                random.nextInt(6) == 0 || position.isEmpty()
                        ? Optional.empty()
                        : Optional.of(position),
                source);
    }

    private static <E> E any(Random random, E[] all) {
        return all[random.nextInt(all.length)];
    }

    private static Reel reel(List<Step> steps) {
        return Reel.of(
                Basis.KNOWN_THEN,
                START,
                steps.getLast().at(),
                steps.getFirst(),
                steps.subList(1, steps.size()),
                Cadences.NONE,
                Map.of(new PointKey(1), Duration.ofHours(1)));
    }

    @Test
    void what_is_unpacked_is_what_was_packed() {
        for (int seed = 0; seed < 60; seed++) {
            List<Step> steps = steps(new Random(seed), 200);
            Unpacker unpacker = new Unpacker(reel(steps).packed());
            List<Step> found = new ArrayList<>();
            unpacker.next().ifPresent(found::add);
            for (Optional<Step> next = unpacker.next(); next.isPresent(); next = unpacker.next()) {
                found.add(next.get());
            }
            assertThat(found).as("seed %d", seed).isEqualTo(steps);
        }
    }

    @Test
    void a_jump_is_the_same_as_every_step_on_the_way() {
        List<Step> steps = steps(new Random(1), 400);
        Reel reel = reel(steps);
        Playhead head = reel.play();
        RoomState expected = RoomState.EMPTY.after(steps.getFirst().group());
        assertThat(head.state()).isEqualTo(expected);
        for (int i = 1; i < steps.size(); i++) {
            expected = expected.after(steps.get(i).group());
            head.step();
            assertThat(head.state()).as("step %d", i).isEqualTo(expected);
            boolean last =
                    i + 1 == steps.size() || steps.get(i + 1).at().isAfter(steps.get(i).at());
            if (last && i % 7 == 0) {
                assertThat(reel.at(steps.get(i).at())).as("step %d", i).isEqualTo(expected);
            }
        }
        assertThat(head.next()).isEmpty();
        assertThat(head.folded()).isEqualTo(reel.readings()).isPositive();
    }

    @Test
    void a_usual_reading_takes_some_ten_bytes() {
        Random random = new Random(2);
        List<Step> steps = new ArrayList<>();
        Attributes attributes =
                new Attributes(
                        Optional.of("Rack A1"),
                        Optional.of("°C"),
                        Optional.of("temperature"),
                        Optional.of("measurement"),
                        true);
        for (int i = 0; i < 20_000; i++) {
            Instant at = START.plusMillis(100L * i + random.nextInt(90));
            Instant second = Instant.ofEpochSecond(at.getEpochSecond());
            PointKey key = new PointKey(i % 60);
            Reading reading =
                    Reading.ofRow(
                            OptionalLong.of(i),
                            key,
                            new PointId("sensor.rack_" + key.value()),
                            String.valueOf(200 + random.nextInt(100)),
                            attributes,
                            at,
                            at,
                            Optional.of(second),
                            Optional.of("0-1-" + i),
                            Source.HISTORY);
            steps.add(
                    new Step(
                            at,
                            new Group(
                                    "0-1-" + i,
                                    Optional.of(second),
                                    List.of(new Fact.Observed(reading)))));
        }
        assertThat(reel(steps).bytes() / steps.size()).isLessThanOrEqualTo(18);
    }

    @Test
    void bytes_that_nobody_packed_are_refused_and_cost_nothing() {
        byte[] packed = reel(steps(new Random(3), 50)).packed();
        Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            byte[] broken = packed.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            Unpacker unpacker = new Unpacker(broken);
            try {
                for (int step = 0; unpacker.next().isPresent(); step++) {
                    assertThat(step).isLessThan(broken.length);
                }
            } catch (DamagedReel damaged) {
                assertThat(damaged).hasMessageNotContaining("null");
            }
        }
        assertThatThrownBy(
                        () -> {
                            Unpacker cut = new Unpacker(java.util.Arrays.copyOf(packed, 40));
                            while (cut.next().isPresent()) {
                                // on to the damage
                            }
                        })
                .isInstanceOf(DamagedReel.class);
    }
}
