package vigie.console.replay;

import org.jspecify.annotations.Nullable;

import vigie.history.Work;
import vigie.note.Note;
import vigie.note.NoteBook;
import vigie.plan.Deviation;
import vigie.plan.ElementId;
import vigie.plan.Placement;
import vigie.plan.Plan;
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
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Occurrence;
import vigie.timeline.Recorded;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A day of the reference room in which a cooling unit fails: every sensor speaks each minute. Tells
 * what happened, keeps notes, and remembers what it was asked.
 */
public final class FakePastRoom implements Recorded, NoteBook {
    /** When the cooling unit fails; it is back an hour later. */
    public static final Instant FAILURE = Instant.parse("2026-11-21T09:40:00Z");

    private static final Duration REEL = Duration.ofMinutes(10);

    public final List<Occurrence> occurrences = new CopyOnWriteArrayList<>();
    public final List<Note> notes = new CopyOnWriteArrayList<>();
    public final List<Late> late = new CopyOnWriteArrayList<>();
    public volatile Optional<Sentence> thenMissing = Optional.empty();
    public volatile Optional<Sentence> staysHere = Optional.empty();
    public volatile Optional<Fault> fault = Optional.empty();

    /** How long before the moment asked for everything spoke last. */
    public volatile Duration silence = Duration.ZERO;

    /** What everything says instead of its value. */
    public volatile Optional<String> says = Optional.empty();

    /** While set, whoever asks for reels waits for ever. */
    public volatile boolean stuck;

    /** While set, whoever asks what happened waits. */
    public volatile boolean answersLate;

    /** Why what happened cannot be told, where the room itself can. */
    public volatile Optional<Fault> untold = Optional.empty();

    private final Plan plan;
    private final Instant from;
    private final Instant to;
    private final Map<PointId, PointKey> keys = new HashMap<>();

    public FakePastRoom(Plan plan, Instant to) {
        this.plan = plan;
        this.to = to;
        from = to.minus(Duration.ofHours(24));
        plan.placements()
                .forEach(placement ->
                        keys.computeIfAbsent(
                                placement.point(), id -> new PointKey(keys.size() + 1)));
        happen();
    }

    private void happen() {
        limit(
                "sensor.hot_aisle_hot_spot",
                "hot-aisle-hot-spot",
                7,
                Deviation.WARNING,
                38.2,
                38,
                48);
        limit("sensor.rack_a4_inlet_top", "a4-inlet-top", 9, Deviation.WARNING, 27.3, 27, 50);
        limit("sensor.rack_a5_inlet_top", "a5-inlet-top", 12, Deviation.WARNING, 27.1, 27, 44);
        limit("sensor.rack_a4_inlet_top", "a4-inlet-top", 21, Deviation.ALARM, 32.2, 32, 22);
        limit("sensor.rack_b3_inlet_middle", "b3-inlet-middle", 24, Deviation.ALARM, 32.4, 32, 12);
        event(Occurrence.Kind.MOTION, "binary_sensor.motion_cold_aisle_a", 17, 31, "on");
        event(Occurrence.Kind.DOOR, "binary_sensor.room_door", 16, 3, "on");
        event(Occurrence.Kind.POWER, "binary_sensor.ups_on_battery", -70, 4, "on");
        event(Occurrence.Kind.SENSOR_OUTAGE, "sensor.rack_b7_inlet_humidity", -30, 14, null);
        event(Occurrence.Kind.RECORDER_OUTAGE, null, -150, 22, null);
        event(Occurrence.Kind.STATE, "binary_sensor.crac_1_running", 0, 60, "off");
        for (int i = 0; i < 60; i++) {
            event(
                    Occurrence.Kind.MOTION,
                    "binary_sensor.motion_hot_aisle",
                    -1000 + i * 17,
                    4,
                    "on");
        }
        occurrences.add(
                OccurrenceLoader.occurrence(
                        new Note(
                                new UUID(1, 1),
                                FAILURE.plus(Duration.ofMinutes(19)),
                                FAILURE.plus(Duration.ofMinutes(40)),
                                "night shift",
                                "Compressor of CRAC 1 tripped on high pressure; reset by hand.",
                                Optional.of("crac-1"))));
        occurrences.sort(Comparator.comparing(Occurrence::at));
    }

    private void limit(
            String point,
            String element,
            int minute,
            Deviation deviation,
            double value,
            double limit,
            int minutes) {
        Instant at = FAILURE.plus(Duration.ofMinutes(minute)).plusSeconds(minute * 7L % 60);
        occurrences.add(
                new Occurrence(
                        Occurrence.Kind.LIMIT,
                        at,
                        Optional.of(at.plus(Duration.ofMinutes(minutes))),
                        Duration.ZERO,
                        Optional.of(new ElementId(element)),
                        Optional.of(new PointId(point)),
                        deviation,
                        OptionalDouble.of(value),
                        OptionalDouble.of(limit),
                        "°C",
                        null,
                        null));
    }

    private void event(
            Occurrence.Kind kind,
            @Nullable String point,
            int minute,
            int minutes,
            @Nullable String text) {
        Instant at = FAILURE.plus(Duration.ofMinutes(minute));
        Optional<PointId> id = Optional.ofNullable(point).map(PointId::new);
        occurrences.add(
                new Occurrence(
                        kind,
                        at,
                        Optional.of(at.plus(Duration.ofMinutes(minutes))),
                        Duration.ZERO,
                        id.flatMap(this::sensor),
                        id,
                        Deviation.NONE,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        null,
                        text,
                        null));
    }

    private Optional<ElementId> sensor(PointId point) {
        return plan.placements().stream()
                .filter(placement -> placement.point().equals(point))
                .findFirst()
                .map(Placement::sensor);
    }

    @Override
    public Optional<Extent> extent(Work work) throws Fault {
        fail();
        return Optional.of(new Extent(from, to));
    }

    @Override
    public Reel at(Instant at, Basis basis, Work work) throws Fault {
        fail();
        return Reel.of(basis, at, at, new Step(at, group(at)), List.of(), Cadences.NONE, Map.of());
    }

    @Override
    public Reel reel(Instant at, Basis basis, Work work) throws Fault {
        fail();
        Instant begin = Instant.ofEpochSecond(at.getEpochSecond() / 600 * 600);
        Instant end = begin.plus(REEL);
        List<Step> steps = new ArrayList<>();
        for (Instant one = begin.plusSeconds(5); !one.isAfter(end); one = one.plusSeconds(5)) {
            steps.add(new Step(one, group(one)));
        }
        return Reel.of(
                basis, begin, end, new Step(begin, group(begin)), steps, Cadences.NONE, Map.of());
    }

    private void fail() throws Fault {
        if (fault.isPresent()) {
            throw fault.get();
        }
        while (stuck) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    private Group group(Instant at) {
        Instant spoken = at.minus(silence).truncatedTo(ChronoUnit.SECONDS);
        List<Fact> facts = new ArrayList<>();
        for (Placement placement : plan.placements()) {
            PointId id = placement.point();
            String unit = placement.quantity().unit();
            facts.add(
                    new Fact.Observed(
                            Reading.ofRow(
                                    OptionalLong.empty(),
                                    Objects.requireNonNull(keys.get(id)),
                                    id,
                                    says.orElseGet(() -> text(placement, at)),
                                    new Attributes(
                                            Optional.of(id.name()),
                                            unit.isEmpty() ? Optional.empty() : Optional.of(unit),
                                            Optional.empty(),
                                            unit.isEmpty()
                                                    ? Optional.empty()
                                                    : Optional.of("measurement"),
                                            true),
                                    spoken,
                                    spoken,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Source.HISTORY)));
        }
        return new Group("", Optional.empty(), facts);
    }

    private static String text(Placement placement, Instant at) {
        String name = placement.point().name();
        double minutes = Duration.between(FAILURE, at).toSeconds() / 60.0;
        double heat =
                minutes < 0 ? 0 : minutes < 60 ? minutes / 2.2 : Math.max(0, 27 - (minutes - 60));
        double share = Math.floorMod(name.hashCode(), 100) / 250.0 + 0.2;
        return switch (placement.quantity()) {
            case TEMPERATURE, DEW_POINT -> {
                double usual =
                        name.contains("hot_aisle") || name.contains("return")
                                ? 34
                                : name.contains("supply") ? 17.5 : 21.5;
                yield String.format(Locale.ROOT, "%.1f", usual + heat * share);
            }
            case HUMIDITY -> "45.0";
            case LOAD -> "42";
            case CHARGE -> "100";
            case RUNTIME -> "38";
            case POWER -> "3200";
            case VOLTAGE -> "231.4";
            case CURRENT -> "9.2";
            case FREQUENCY -> "50.0";
            case FAN_SPEED -> "61";
            case RUNNING -> name.contains("crac_1") && minutes >= 0 && minutes < 60 ? "off" : "on";
            case MOTION -> minutes > 17 && minutes < 48 && name.contains("cold") ? "on" : "off";
            case ON_BATTERY, OPEN, LEAK -> "off";
            case STATUS -> "OL";
        };
    }

    @Override
    public void occurrences(Instant begin, Instant end, Work work, Consumer<Occurrence> each)
            throws Fault {
        fail();
        if (untold.isPresent()) {
            throw untold.get();
        }
        while (answersLate) {
            work.check();
            LockSupport.parkNanos(5_000_000);
        }
        for (Occurrence one : occurrences) {
            work.check();
            if (!one.at().isBefore(begin) && one.at().isBefore(end)) {
                each.accept(one);
            }
        }
    }

    @Override
    public AutoCloseable onLate(Late told) {
        late.add(told);
        return () -> late.remove(told);
    }

    @Override
    public Optional<Sentence> knownThenMissing(Work work) {
        return thenMissing;
    }

    @Override
    public Note add(Instant at, String author, String text, Optional<String> element) throws Fault {
        fail();
        Note note = new Note(UUID.randomUUID(), at, at, author, text, element);
        notes.add(note);
        return note;
    }

    @Override
    public List<Note> between(Instant begin, Instant end) {
        return notes.stream()
                .filter(note -> !note.at().isBefore(begin) && !note.at().isAfter(end))
                .toList();
    }

    @Override
    public Optional<Sentence> staysHere() {
        return staysHere;
    }

    @Override
    public void close() {}
}
