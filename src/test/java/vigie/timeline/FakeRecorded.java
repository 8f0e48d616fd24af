package vigie.timeline;

import vigie.history.Work;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.recording.Step;
import vigie.room.Cadences;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.PointState;
import vigie.room.RoomState;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;

/** Some hours of a made-up room, and a slow, obvious look at each moment of them. */
public final class FakeRecorded implements Recorded {
    public static final Instant FROM = Instant.parse("2026-03-04T00:00:00Z");
    private static final Duration REEL = Duration.ofMinutes(10);
    private static final Attributes CELSIUS =
            new Attributes(
                    Optional.empty(),
                    Optional.of("°C"),
                    Optional.of("temperature"),
                    Optional.of("measurement"),
                    true);

    public final List<Step> steps = new ArrayList<>();
    public final List<Occurrence> occurrences = new ArrayList<>();
    public int asked;
    public int failures;
    public Instant to;
    private Late listener = (from, until) -> {};

    public FakeRecorded(long seed, int points, Duration length, Duration every) {
        to = FROM.plus(length);
        Random random = new Random(seed);
        Instant at = FROM;
        long id = 1;
        while (at.isBefore(to)) {
            at = at.plusNanos(1_000L * random.nextLong(1, every.toNanos() * 2 / 1_000));
            if (random.nextInt(200) == 0) {
                at = at.plus(Duration.ofMinutes(25)); // whole reels in which nothing happens
            }
            List<Fact> facts = new ArrayList<>();
            for (int n = random.nextInt(3); n >= 0; n--) {
                PointKey key = new PointKey(random.nextInt(points));
                String text =
                        random.nextInt(30) == 0
                                ? "unavailable"
                                : String.valueOf(200 + random.nextInt(200) / 10.0);
                facts.add(
                        new Fact.Observed(
                                Reading.ofRow(
                                        OptionalLong.of(id++),
                                        key,
                                        new PointId("sensor.p" + key.value()),
                                        text,
                                        CELSIUS,
                                        at,
                                        at,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Source.HISTORY)));
            }
            if (at.isBefore(to)) {
                steps.add(new Step(at, new Group("", Optional.empty(), facts)));
            }
        }
    }

    /** What is true of a moment. */
    public RoomState truth(Instant at) {
        RoomState state = RoomState.EMPTY;
        for (Step step : steps) {
            if (!step.at().isAfter(at)) {
                state = state.after(step.group());
            }
        }
        return state;
    }

    public int readings() {
        return steps.stream().mapToInt(step -> step.group().facts().size()).sum();
    }

    /** A reading that was committed long after its time, and that somebody tells of. */
    public void late(Instant at, String text) {
        Reading reading =
                Reading.ofRow(
                        OptionalLong.of(1_000_000),
                        new PointKey(0),
                        new PointId("sensor.p0"),
                        text,
                        CELSIUS,
                        at,
                        at,
                        Optional.empty(),
                        Optional.empty(),
                        Source.HISTORY);
        int place = (int) steps.stream().filter(step -> !step.at().isAfter(at)).count();
        steps.add(
                place,
                new Step(at, new Group("", Optional.empty(), List.of(new Fact.Observed(reading)))));
        listener.came(at, at);
    }

    @Override
    public AutoCloseable onLate(Late late) {
        listener = late;
        return () -> listener = (from, until) -> {};
    }

    @Override
    public Optional<Extent> extent(Work work) {
        return Optional.of(new Extent(FROM, to));
    }

    @Override
    public Reel at(Instant at, Basis basis, Work work) throws Fault {
        fail();
        return Reel.of(basis, at, at, start(at), List.of(), Cadences.NONE, Map.of());
    }

    private Step start(Instant at) {
        List<Fact> facts = new ArrayList<>();
        for (PointState point : truth(at).points()) {
            point.newest().ifPresent(reading -> facts.add(new Fact.Observed(reading)));
        }
        return new Step(at, new Group("", Optional.empty(), facts));
    }

    @Override
    public Reel reel(Instant at, Basis basis, Work work) throws Fault {
        asked++;
        fail();
        long piece = Duration.between(FROM, at).minusNanos(1).dividedBy(REEL);
        Instant begin = FROM.plus(REEL.multipliedBy(Math.max(0, piece)));
        Instant end = begin.plus(REEL).isAfter(to) ? to : begin.plus(REEL);
        return Reel.of(
                basis,
                begin,
                end,
                start(begin),
                steps.stream()
                        .filter(step -> step.at().isAfter(begin) && !step.at().isAfter(end))
                        .toList(),
                Cadences.NONE,
                Map.of());
    }

    private void fail() throws Fault {
        if (failures > 0) {
            failures--;
            throw new Fault(Fault.Kind.PASSING, Sentence.of("playing.mistake"), "as it was told");
        }
    }

    @Override
    public void occurrences(Instant from, Instant until, Work work, Consumer<Occurrence> each) {
        for (Occurrence one : occurrences) {
            if (!one.at().isBefore(from) && one.at().isBefore(until)) {
                each.accept(one);
            }
        }
    }

    @Override
    public Optional<Sentence> knownThenMissing(Work work) {
        return Optional.empty();
    }
}
