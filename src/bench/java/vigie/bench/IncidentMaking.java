package vigie.bench;

import vigie.history.Work;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recording.Basis;
import vigie.recording.Excerpt;
import vigie.recording.Reel;
import vigie.recording.Step;
import vigie.room.Cadences;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RecorderState;
import vigie.room.RoomState;
import vigie.text.Sentence;
import vigie.timeline.Occurrence;
import vigie.timeline.Recorded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A past that is made up as it is asked for: any number of points, each with a reading every ten
 * seconds. The first are those of a plan, so that it shows them. For files of any size without a
 * database.
 */
public final class IncidentMaking implements Recorded {
    private static final long MICROS = 1_000_000;
    private static final Duration PIECE = Duration.ofMinutes(10);
    private static final long COMMIT = 5 * MICROS;

    private final List<PointId> names = new ArrayList<>();
    private final List<Attributes> attributes = new ArrayList<>();
    private final Instant from;
    private final Instant to;
    private final boolean archived;

    /**
     * A past.
     *
     * @param plan the first points are those that it binds
     * @param points how many there are
     * @param from where it begins; whole seconds
     * @param to where it ends
     * @param archived whether it knows what was known then
     */
    public IncidentMaking(Plan plan, int points, Instant from, Instant to, boolean archived) {
        this.from = from;
        this.to = to;
        this.archived = archived;
        Set<PointId> bound = new LinkedHashSet<>();
        for (Placement placement : plan.placements()) {
            if (bound.size() < points && bound.add(placement.point())) {
                add(placement.point(), placement.quantity().unit());
            }
        }
        while (names.size() < points) {
            add(new PointId("sensor.extra_" + names.size()), "°C");
        }
    }

    private void add(PointId name, String unit) {
        names.add(name);
        attributes.add(
                new Attributes(
                        Optional.of("Point " + names.size()),
                        unit.isEmpty() ? Optional.empty() : Optional.of(unit),
                        Optional.empty(),
                        unit.isEmpty() ? Optional.empty() : Optional.of("measurement"),
                        true));
    }

    @Override
    public Optional<Extent> extent(Work work) {
        return Optional.of(new Extent(from, to));
    }

    @Override
    public Reel at(Instant at, Basis basis, Work work) {
        return Excerpt.of(reel(at, basis, work), at, at);
    }

    @Override
    public Reel reel(Instant at, Basis basis, Work work) {
        work.check();
        long piece = PIECE.toSeconds();
        Instant moment = at.isBefore(from) ? from : at.isAfter(to) ? to : at;
        Instant first = Instant.ofEpochSecond(moment.getEpochSecond() / piece * piece);
        Instant last = first.plus(PIECE);
        Instant begin = first.isBefore(from) ? from : first;
        Instant end = last.isAfter(to) ? to : last;
        return Reel.of(
                basis,
                begin,
                end,
                new Step(begin, room(begin, basis)),
                basis == Basis.KNOWN_NOW ? byTime(begin, end) : byCommit(begin, end),
                Cadences.NONE,
                Map.of());
    }

    private Group room(Instant at, Basis basis) {
        long micros = micros(at);
        long until = basis == Basis.KNOWN_NOW ? micros : Math.floorDiv(micros, COMMIT) * COMMIT;
        List<Fact> facts = new ArrayList<>();
        for (int point = 0; point < names.size(); point++) {
            long tick = Math.floorDiv(until - StoreSignal.offset(point), StoreSignal.STEP);
            facts.add(new Fact.Observed(reading(point, tick)));
        }
        facts.add(
                new Fact.RecorderSaid(
                        new RecorderState(RecorderState.Phase.RUNNING, Optional.empty())));
        Group room = new Group(position(basis, until), committed(basis, until), facts);
        return Excerpt.room(RoomState.EMPTY.after(room));
    }

    private List<Step> byTime(Instant begin, Instant end) {
        List<Step> steps = new ArrayList<>();
        each(
                micros(begin),
                micros(end),
                reading ->
                        steps.add(
                                new Step(
                                        reading.time(),
                                        new Group(
                                                "",
                                                Optional.empty(),
                                                List.of(new Fact.Observed(reading))))));
        return steps;
    }

    private List<Step> byCommit(Instant begin, Instant end) {
        List<Step> steps = new ArrayList<>();
        long first = (Math.floorDiv(micros(begin), COMMIT) + 1) * COMMIT;
        for (long commit = first; commit <= micros(end); commit += COMMIT) {
            List<Fact> facts = new ArrayList<>();
            each(commit - COMMIT, commit, reading -> facts.add(new Fact.Observed(reading)));
            steps.add(
                    new Step(
                            instant(commit),
                            new Group(
                                    position(Basis.KNOWN_THEN, commit),
                                    committed(Basis.KNOWN_THEN, commit),
                                    facts)));
        }
        return steps;
    }

    /** The readings after a moment and up to another, in order of time. */
    private void each(long after, long upTo, Consumer<Reading> takes) {
        long first = Math.floorDiv(after, StoreSignal.STEP) - 1;
        for (long tick = first; tick * StoreSignal.STEP <= upTo; tick++) {
            for (int point = 0; point < names.size(); point++) {
                long time = tick * StoreSignal.STEP + StoreSignal.offset(point);
                if (time > after && time <= upTo) {
                    takes.accept(reading(point, tick));
                }
            }
        }
    }

    private Reading reading(int point, long tick) {
        long time = tick * StoreSignal.STEP + StoreSignal.offset(point);
        long commit = (Math.floorDiv(time - 1, COMMIT) + 1) * COMMIT;
        boolean measures = attributes.get(point).unit().isPresent();
        long tenths = StoreSignal.tenths(point, tick);
        return Reading.ofRow(
                OptionalLong.of(tick * names.size() + point),
                new PointKey(point + 1L),
                names.get(point),
                measures ? tenths / 10 + "." + Math.abs(tenths % 10) : "on",
                attributes.get(point),
                instant(time),
                instant(time),
                Optional.of(instant(commit)),
                Optional.of("0-1-" + commit / COMMIT),
                Source.HISTORY);
    }

    private static String position(Basis basis, long commit) {
        return basis == Basis.KNOWN_NOW ? "" : "0-1-" + commit / COMMIT;
    }

    private static Optional<Instant> committed(Basis basis, long commit) {
        return basis == Basis.KNOWN_NOW ? Optional.empty() : Optional.of(instant(commit));
    }

    @Override
    public void occurrences(Instant begin, Instant end, Work work, Consumer<Occurrence> each) {
        // Nothing ever happens here.
    }

    @Override
    public Optional<Sentence> knownThenMissing(Work work) {
        return archived ? Optional.empty() : Optional.of(Sentence.of("incident.knownThenMissing"));
    }

    private static long micros(Instant moment) {
        return moment.getEpochSecond() * MICROS + moment.getNano() / 1_000;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }
}
