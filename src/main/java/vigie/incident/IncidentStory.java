package vigie.incident;

import org.jspecify.annotations.Nullable;

import vigie.history.Work;
import vigie.note.Note;
import vigie.picture.Judge;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Limits;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.Quantity;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Units;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.recording.Step;
import vigie.room.Bindings;
import vigie.room.Fact;
import vigie.room.Freshness;
import vigie.room.Group;
import vigie.room.PointState;
import vigie.room.RoomState;
import vigie.text.Fault;
import vigie.timeline.Occurrence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleConsumer;

/**
 * Finds out what happened in a stretch, from its reels in their order, the plan, and what is known
 * to have happened. It reads every reading once. The same reels, plan and occurrences give the same
 * story. One thread.
 *
 * <p>A sensor without a trustworthy value leaves no limit and comes back within none: what it
 * showed before counts until it shows something again.
 */
public final class IncidentStory {
    /** A placement, and how it stands. */
    private static final class Slot {
        private final Placement placement;
        private final Element.Sensor sensor;
        private final List<Limits> limits;
        private final ElementId element;
        private boolean deviates;

        Slot(Placement placement, Element.Sensor sensor, List<Limits> limits) {
            this.placement = placement;
            this.sensor = sensor;
            this.limits = limits;
            element = sensor.of().orElse(sensor.id());
        }
    }

    private record Measure(Quantity quantity, int direction) {}

    /** An element that left its limits at least once. */
    private static final class Track {
        private Story.Mark first;
        private final boolean fromBeginning;
        private final Map<Measure, Story.Mark> peaks = new LinkedHashMap<>();
        private final Set<Slot> beyond = new HashSet<>();
        private Deviation worst = Deviation.NONE;
        private int times;
        private @Nullable Instant recovered;

        Track(Story.Mark first, boolean fromBeginning) {
            this.first = first;
            this.fromBeginning = fromBeginning;
        }
    }

    private final List<PointId> names;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<ElementId, Track> tracks = new LinkedHashMap<>();
    private final Map<PointKey, Reading> newest = new HashMap<>();
    private Map<PointKey, List<Slot>> bound = Map.of();

    /** Only names are folded into it: what the points say is looked at as it comes. */
    private RoomState named = RoomState.EMPTY;

    private Bindings bindings = Bindings.NONE;
    private boolean begun;

    /** A story on a plan. */
    public IncidentStory(Plan plan) {
        names = plan.placements().stream().map(Placement::point).distinct().toList();
        for (Placement placement : plan.placements()) {
            plan.sensor(placement.sensor())
                    .ifPresent(sensor ->
                            slots.add(
                                    new Slot(
                                            placement,
                                            sensor,
                                            plan.limitsFor(sensor, placement.quantity()))));
        }
    }

    /**
     * The story of a file.
     *
     * @param progress told the share done, 0 to 1
     * @throws Fault something in the file is not as it should be
     */
    public static Story of(IncidentFile file, DoubleConsumer progress, Work work) throws Fault {
        IncidentStory story = new IncidentStory(file.plan());
        int count = file.reels(Basis.KNOWN_NOW);
        for (int i = 0; i < count; i++) {
            work.check();
            story.add(file.reel(Basis.KNOWN_NOW, i));
            progress.accept((double) (i + 1) / count);
        }
        Manifest manifest = file.manifest();
        return story.tell(manifest.begins(), manifest.to(), file.occurrences(), file.notes());
    }

    /** Takes the next reel. */
    public void add(Reel reel) {
        Iterator<Step> steps = reel.steps();
        Step start = steps.next();
        take(start.group(), reel.from(), !begun);
        begun = true;
        while (steps.hasNext()) {
            Step step = steps.next();
            take(step.group(), step.at(), false);
        }
    }

    private void take(Group group, Instant at, boolean beginning) {
        learnNames(group);
        Map<PointKey, Reading> said = new LinkedHashMap<>();
        for (Fact fact : group.facts()) {
            switch (fact) {
                case Fact.Observed(Reading reading) ->
                        said.merge(
                                reading.key(),
                                reading,
                                (one, other) -> other.time().isBefore(one.time()) ? one : other);
                case Fact.Amended(Reading reading, _) -> {
                    Reading before = said.getOrDefault(reading.key(), newest.get(reading.key()));
                    if (before != null
                            && before.id().isPresent()
                            && before.id().equals(reading.id())) {
                        said.put(reading.key(), reading);
                    }
                }
                case Fact.Named _, Fact.Forgotten _, Fact.RecorderSaid _ -> {}
            }
        }
        said.forEach((key, reading) -> {
            List<Slot> its = bound.get(key);
            if (its != null) {
                newest.put(key, reading);
                its.forEach(slot -> judge(slot, reading, at, beginning));
            }
        });
    }

    private void learnNames(Group group) {
        List<Fact> facts = new ArrayList<>();
        for (Fact fact : group.facts()) {
            switch (fact) {
                case Fact.Named(PointKey key, PointId id) -> {
                    if (named.point(key).filter(known -> known.id().equals(id)).isEmpty()) {
                        facts.add(fact);
                    }
                }
                case Fact.Forgotten(PointKey key) -> {
                    if (named.point(key).isPresent()) {
                        facts.add(fact);
                    }
                }
                case Fact.Observed(Reading reading) -> {
                    if (named.point(reading.key()).isEmpty()) {
                        facts.add(new Fact.Named(reading.key(), reading.point()));
                    }
                }
                case Fact.Amended _, Fact.RecorderSaid _ -> {}
            }
        }
        if (facts.isEmpty()) {
            return;
        }
        named = named.after(new Group(group.position(), group.committed(), facts));
        bindings = bindings.after(named, names);
        Map<PointKey, List<Slot>> next = new HashMap<>();
        for (Slot slot : slots) {
            bindings.key(slot.placement.point())
                    .ifPresent(key -> next.computeIfAbsent(key, _ -> new ArrayList<>()).add(slot));
        }
        bound = next;
    }

    private void judge(Slot slot, Reading reading, Instant at, boolean beginning) {
        if (!slot.placement.span().contains(at)) {
            normal(slot, at);
            return;
        }
        PointState state = new PointState(reading.key(), reading.point(), Optional.of(reading));
        PlacedReading shown =
                Judge.judge(
                        slot.placement,
                        slot.sensor,
                        slot.limits,
                        Optional.of(state),
                        Freshness.UNKNOWN,
                        at);
        if (!shown.isTrustworthy()) {
            return;
        }
        if (shown.deviation() == Deviation.NONE) {
            normal(slot, at);
        } else {
            deviates(slot, shown, at, beginning);
        }
    }

    private void deviates(Slot slot, PlacedReading shown, Instant at, boolean beginning) {
        Story.Mark mark = mark(slot, shown, at);
        Track track = tracks.computeIfAbsent(slot.element, _ -> new Track(mark, beginning));
        if (beginning && mark.deviation().compareTo(track.first.deviation()) > 0) {
            // Of what was so already when the file begins, the worst names it.
            track.first = mark;
        }
        if (track.beyond.isEmpty()) {
            track.times++;
            track.recovered = null;
        }
        track.beyond.add(slot);
        slot.deviates = true;
        if (mark.deviation().compareTo(track.worst) > 0) {
            track.worst = mark.deviation();
        }
        if (mark.value().isPresent()) {
            track.peaks.merge(
                    new Measure(mark.quantity(), mark.direction()),
                    mark,
                    (peak, other) -> isFarther(other, peak) ? other : peak);
        }
    }

    private static boolean isFarther(Story.Mark one, Story.Mark other) {
        return (one.value().orElse(0) - other.value().orElse(0)) * one.direction() > 0;
    }

    private void normal(Slot slot, Instant at) {
        if (!slot.deviates) {
            return;
        }
        slot.deviates = false;
        Track track = tracks.get(slot.element);
        if (track != null) {
            track.beyond.remove(slot);
            if (track.beyond.isEmpty()) {
                track.recovered = at;
            }
        }
    }

    private static Story.Mark mark(Slot slot, PlacedReading shown, Instant at) {
        return new Story.Mark(
                at,
                slot.sensor.id(),
                slot.placement.point(),
                slot.placement.quantity(),
                shown.value(),
                shown.value().isPresent() ? null : shown.text().orElse(null),
                limit(shown),
                shown.direction(),
                shown.deviation(),
                shown.quality());
    }

    /** The limit beyond which it is, in the unit of the value. */
    private static OptionalDouble limit(PlacedReading shown) {
        if (shown.limits().isEmpty() || shown.value().isEmpty()) {
            return OptionalDouble.empty();
        }
        Limits limits = shown.limits().get();
        boolean alarm = shown.deviation() == Deviation.ALARM;
        OptionalDouble limit =
                shown.direction() > 0
                        ? alarm ? limits.highAlarm() : limits.highWarning()
                        : alarm ? limits.lowAlarm() : limits.lowWarning();
        return limit.isPresent()
                ? Units.convert(
                        limit.getAsDouble(), limits.unit(), shown.placement().quantity().unit())
                : OptionalDouble.empty();
    }

    /**
     * What happened in the reels that were taken.
     *
     * @param begins the first moment of the first
     * @param to the last moment of the last
     * @param occurrences in order of time
     * @param notes in order of time
     */
    public Story tell(Instant begins, Instant to, List<Occurrence> occurrences, List<Note> notes) {
        List<Story.Course> courses = new ArrayList<>();
        List<Story.Course> before = new ArrayList<>();
        tracks.forEach((element, track) -> {
            Story.Course course =
                    new Story.Course(
                            element,
                            track.first,
                            track.worst,
                            List.copyOf(track.peaks.values()),
                            track.times,
                            track.beyond.isEmpty()
                                    ? Optional.ofNullable(track.recovered)
                                    : Optional.empty());
            (track.fromBeginning ? before : courses).add(course);
        });
        // Of one second, as it is told, a state is what the numbers followed.
        courses.sort(
                Comparator.comparing((Story.Course course) ->
                                course.first().at().truncatedTo(ChronoUnit.SECONDS))
                        .thenComparing(course -> course.first().quantity().isNumber()));
        boolean allWell =
                !courses.isEmpty() && courses.stream().allMatch(one -> one.recovered().isPresent());
        Optional<Instant> recovered =
                allWell
                        ? courses.stream()
                                .flatMap(one -> one.recovered().stream())
                                .max(Instant::compareTo)
                        : Optional.empty();
        List<Occurrence> outages = new ArrayList<>();
        List<Occurrence> others = new ArrayList<>();
        for (Occurrence one : occurrences) {
            switch (one.kind()) {
                case SENSOR_OUTAGE, RECORDER_OUTAGE -> outages.add(one);
                case MOTION, DOOR, POWER, STATE -> {
                    if (one.deviation() == Deviation.NONE) {
                        others.add(one);
                    }
                }
                case LIMIT, NOTE -> {}
            }
        }
        return new Story(begins, to, courses, before, recovered, outages, others, notes);
    }
}
