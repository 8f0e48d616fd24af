package vigie.console.film;

import vigie.history.Work;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.plan.Quantity;
import vigie.point.Attributes;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.recording.Step;
import vigie.room.Cadences;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Occurrence;
import vigie.timeline.Recorded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Two days of the reference room, every point once a minute. On the second day a cooling unit fails
 * at two, and the room warms until it comes back at three.
 */
public final class RecordedDay implements Recorded {
    public static final Instant FROM = Instant.parse("2026-03-03T00:00:00Z");
    public static final Instant TO = FROM.plus(Duration.ofDays(2));
    public static final Instant FAILURE = Instant.parse("2026-03-04T02:00:00Z");

    private static final Duration REEL = Duration.ofHours(1);
    private static final long MINUTE = 60;

    private final Plan plan = PlanFile.builtIn();
    public final AtomicInteger asked = new AtomicInteger();
    public volatile boolean broken;

    public Plan plan() {
        return plan;
    }

    @Override
    public Optional<Extent> extent(Work work) {
        return Optional.of(new Extent(FROM, TO));
    }

    @Override
    public Reel at(Instant at, Basis basis, Work work) throws Fault {
        work.check();
        fail();
        asked.incrementAndGet();
        return Reel.of(basis, at, at, start(at), List.of(), Cadences.NONE, Map.of());
    }

    @Override
    public Reel reel(Instant at, Basis basis, Work work) throws Fault {
        work.check();
        fail();
        asked.incrementAndGet();
        long piece = Math.max(0, Duration.between(FROM, at).dividedBy(REEL));
        Instant begin = FROM.plus(REEL.multipliedBy(piece));
        Instant end = begin.plus(REEL);
        List<Step> steps = new ArrayList<>();
        for (Instant minute = begin; minute.isBefore(end); minute = minute.plusSeconds(MINUTE)) {
            for (int i = 0; i < plan.placements().size(); i++) {
                Instant time = minute.plusMillis(1 + offset(i));
                steps.add(new Step(time, new Group("", Optional.empty(), List.of(said(i, time)))));
            }
        }
        steps.sort(java.util.Comparator.comparing(Step::at));
        return Reel.of(basis, begin, end, start(begin), steps, Cadences.NONE, Map.of());
    }

    private Step start(Instant at) {
        List<Fact> facts = new ArrayList<>();
        long minute = Math.floorDiv(at.getEpochSecond(), MINUTE) * MINUTE;
        for (int i = 0; i < plan.placements().size(); i++) {
            Instant time = Instant.ofEpochSecond(minute).plusMillis(1 + offset(i));
            facts.add(said(i, time.isAfter(at) ? time.minusSeconds(MINUTE) : time));
        }
        return new Step(at, new Group("", Optional.empty(), facts));
    }

    private static long offset(int placement) {
        return placement * 7_919L % 59_000;
    }

    private Fact said(int i, Instant time) {
        Placement placement = plan.placements().get(i);
        String name = placement.point().name();
        String unit = placement.quantity().unit();
        return new Fact.Observed(
                Reading.ofRow(
                        OptionalLong.of(time.getEpochSecond() * 1_000 + i),
                        new PointKey(i + 1),
                        placement.point(),
                        text(i, placement.quantity(), name, time),
                        new Attributes(
                                Optional.of(name),
                                unit.isEmpty() ? Optional.empty() : Optional.of(unit),
                                Optional.empty(),
                                unit.isEmpty() ? Optional.empty() : Optional.of("measurement"),
                                true),
                        time,
                        time,
                        Optional.empty(),
                        Optional.empty(),
                        Source.HISTORY));
    }

    private static String text(int i, Quantity quantity, String name, Instant time) {
        double hours = Duration.between(FROM, time).toMillis() / 3.6e6;
        double sway = Math.sin(hours * 2.1 + i) * 0.4;
        double failed = (Duration.between(FAILURE, time).toMillis() / 3.6e6);
        boolean stopped = failed > 0 && failed < 1;
        double heat = failed <= 0 || failed > 2 ? 0 : failed < 1 ? failed : 2 - failed;
        if (name.contains("b7") && failed > 0.2 && failed < 0.9) {
            return "unavailable";
        }
        return switch (quantity) {
            case TEMPERATURE, DEW_POINT -> {
                boolean hot = name.contains("hot_aisle") || name.contains("return");
                double middle = hot ? 34 : name.contains("supply") ? 17.5 : 21.5;
                double share = name.contains("_a") ? 9 : name.contains("ups") ? 0.3 : 4;
                yield number(middle + sway + heat * share * (0.6 + i % 5 * 0.2), 1);
            }
            case HUMIDITY -> number(45 + sway * 3 - heat * 9, 1);
            case LOAD -> "42";
            case CHARGE -> "100";
            case RUNTIME -> "38";
            case POWER -> number(3200 + sway * 300, 0);
            case VOLTAGE -> number(231 + sway, 1);
            case CURRENT -> "9.2";
            case FREQUENCY -> "50.0";
            case FAN_SPEED -> number(61 + heat * 35, 0);
            case RUNNING -> stopped && name.contains("crac_2") ? "off" : "on";
            case MOTION -> failed > 0.4 && failed < 1.2 ? "on" : "off";
            case OPEN -> failed > 0.4 && failed < 0.5 ? "on" : "off";
            case ON_BATTERY, LEAK -> "off";
            case STATUS -> "OL";
        };
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void fail() throws Fault {
        if (broken) {
            throw new Fault(Fault.Kind.PASSING, Sentence.of("playing.mistake"), "as it was told");
        }
    }

    @Override
    public void occurrences(Instant from, Instant to, Work work, Consumer<Occurrence> each) {}

    @Override
    public Optional<Sentence> knownThenMissing(Work work) {
        return Optional.empty();
    }
}
