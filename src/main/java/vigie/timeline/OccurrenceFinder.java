package vigie.timeline;

import org.jspecify.annotations.Nullable;

import vigie.history.History;
import vigie.history.HistoryPoint;
import vigie.history.PastEvent;
import vigie.history.PastState;
import vigie.history.RecorderOutage;
import vigie.history.Times;
import vigie.history.Watched;
import vigie.history.Work;
import vigie.note.Note;
import vigie.note.NoteBook;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.Quantity;
import vigie.point.PointId;
import vigie.point.Reading;
import vigie.point.Units;
import vigie.text.Fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds what happened in a database's past: limits crossed and on/off points that were not as they
 * should be, as the plan asked for it at the time; sensors without a trustworthy value; times in
 * which nothing was recorded; notes. What began is joined with its end. A bound is crossed by a
 * value beyond it, until one that is not, or until there is none that can be trusted.
 *
 * <p>The crossing of a warning limit and of an alarm limit are two occurrences. What holds already
 * when the stretch begins is told with its true beginning, where that is not far back. Sensors that
 * fell silent because the recorder stopped are not told one by one, unless they stay silent after
 * it began again.
 */
public final class OccurrenceFinder implements OccurrenceSource {
    /** Home Assistant tells all its states anew when it starts, within some minutes. */
    private static final Duration COMES_BACK = Duration.ofMinutes(5);

    /** How far back a beginning is looked for. */
    private static final Duration LOOK_BACK = Duration.ofDays(7);

    /** So many beginnings are looked for at most: each is a question of its own. */
    private static final int MOST_LOOKS = 40;

    /** So many changes of the plan's limits are told with the value of the moment. */
    private static final int MOST_TURNS = 20;

    private static final Set<String> UNTRUSTED = Set.of("unavailable", "unknown");

    private final History history;
    private final Plan plan;
    private final NoteBook notes;

    public OccurrenceFinder(History history, Plan plan, NoteBook notes) {
        this.history = history;
        this.plan = plan;
        this.notes = notes;
    }

    @Override
    public void occurrences(Instant from, Instant to, Work work, Consumer<Occurrence> each)
            throws Fault {
        if (from.isBefore(to)) {
            new Search(from, to, work, each).run();
        }
    }

    /** What is known of a point while the events go by. */
    private static final class Track {
        private final HistoryPoint point;
        private final List<Condition> conditions = new ArrayList<>();

        /** Where each change of text is told by itself, without a length. */
        private final List<Said> said = new ArrayList<>();

        private @Nullable String text;
        private boolean gap;

        Track(HistoryPoint point) {
            this.point = point;
        }
    }

    /** A placement whose changes of text are told. */
    private record Said(Placement placement, Element.Sensor sensor, List<Condition> unless) {}

    /** One search. The caller's thread. */
    private final class Search {
        private final Instant from;
        private final Instant to;
        private final long fromMicros;
        private final long toMicros;
        private final Work work;
        private final Telling telling;
        private final Map<String, Track> tracks = new LinkedHashMap<>();

        /** When the plan asks for something else. */
        private final TreeMap<Long, List<Condition>> turns = new TreeMap<>();

        private final Map<Long, PastState> atTurns = new HashMap<>();
        private final NavigableMap<Long, RecorderOutage> outages = new TreeMap<>();
        private int looks;

        Search(Instant from, Instant to, Work work, Consumer<Occurrence> each) {
            this.from = from;
            this.to = to;
            this.work = work;
            fromMicros = Times.micros(from);
            toMicros = Times.micros(to);
            telling = new Telling(each);
        }

        void run() throws Fault {
            // Also one that was over long before cut off what a point had said.
            for (RecorderOutage outage : history.outages(Instant.EPOCH, to, work)) {
                outages.put(Times.micros(outage.from()), outage);
            }
            beside();
            track();
            begin();
            List<Watched> watched = tracks.values().stream().map(Search::watched).toList();
            if (!watched.isEmpty()) {
                history.events(watched, from, to, work, this::take);
            }
            turnUntil(toMicros);
            end();
        }

        /** What has nothing to do with points. */
        private void beside() throws Fault {
            for (RecorderOutage outage : outages.values()) {
                if (outage.to().map(from::isBefore).orElse(true)) {
                    telling.add(
                            plain(
                                    Occurrence.Kind.RECORDER_OUTAGE,
                                    outage.from(),
                                    outage.to().filter(end -> !end.isAfter(to)),
                                    Optional.empty(),
                                    null,
                                    null));
                }
            }
            for (Note note : notes.between(from, to)) {
                if (note.at().isBefore(to)) {
                    telling.add(
                            plain(
                                    Occurrence.Kind.NOTE,
                                    note.at(),
                                    Optional.empty(),
                                    note.element().map(ElementId::new),
                                    note.text(),
                                    note.author()));
                }
            }
        }

        private static Occurrence plain(
                Occurrence.Kind kind,
                Instant at,
                Optional<Instant> end,
                Optional<ElementId> element,
                @Nullable String text,
                @Nullable String author) {
            return new Occurrence(
                    kind,
                    at,
                    end,
                    Duration.ZERO,
                    element,
                    Optional.empty(),
                    Deviation.NONE,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    null,
                    text,
                    author);
        }

        // ---- what to look for

        private void track() throws Fault {
            List<PointId> names =
                    plan.placements().stream().map(Placement::point).distinct().toList();
            Map<PointId, HistoryPoint> known = history.find(names, work);
            for (Placement placement : plan.placements()) {
                HistoryPoint point = known.get(placement.point());
                Optional<Element.Sensor> sensor = plan.sensor(placement.sensor());
                if (point == null || sensor.isEmpty()) {
                    continue;
                }
                List<Condition> asked =
                        Condition.of(plan, sensor.get(), placement, point).stream()
                                .filter(one -> one.isAskedWithin(fromMicros, toMicros))
                                .toList();
                if (asked.isEmpty()) {
                    continue;
                }
                Track track = tracks.computeIfAbsent(point.name().name(), _ -> new Track(point));
                track.conditions.addAll(asked);
                if (placement.quantity() == Quantity.STATUS) {
                    track.said.add(
                            new Said(
                                    placement,
                                    sensor.get(),
                                    asked.stream()
                                            .filter(one -> one.type() == Condition.Type.TEXT)
                                            .toList()));
                }
                for (Condition condition : asked) {
                    condition.ask(fromMicros);
                    for (long turn : condition.turns(fromMicros, toMicros)) {
                        turns.computeIfAbsent(turn, _ -> new ArrayList<>()).add(condition);
                    }
                }
            }
        }

        private static Watched watched(Track track) {
            Set<PastEvent.Kind> kinds =
                    EnumSet.of(PastEvent.Kind.GAP_BEGINS, PastEvent.Kind.GAP_ENDS);
            if (track.point.kind() == vigie.history.series.Kind.TEXT) {
                kinds.add(PastEvent.Kind.CHANGE);
                return new Watched(track.point.name(), kinds, List.of(), List.of());
            }
            Set<Double> above = new TreeSet<>();
            Set<Double> below = new TreeSet<>();
            for (Condition condition : track.conditions) {
                // A value on a limit is inside it: that it is left again, the next number tells.
                if (condition.type() == Condition.Type.HIGH) {
                    above.add(condition.bound());
                    below.add(Math.nextUp(condition.bound()));
                } else if (condition.type() == Condition.Type.LOW) {
                    below.add(condition.bound());
                    above.add(Math.nextDown(condition.bound()));
                }
            }
            if (!above.isEmpty()) {
                kinds.add(PastEvent.Kind.ABOVE);
                kinds.add(PastEvent.Kind.BELOW);
            }
            return new Watched(track.point.name(), kinds, List.copyOf(above), List.copyOf(below));
        }

        // ---- what holds already

        private void begin() throws Fault {
            if (tracks.isEmpty()) {
                return;
            }
            PastState before = history.state(from.minusNanos(1_000), work);
            for (Track track : tracks.values()) {
                Optional<Reading> reading = reading(before, track.point);
                if (reading.isPresent()) {
                    begin(track, reading.get());
                }
            }
            for (long turn : turns.keySet()) {
                askAt(turn);
            }
        }

        private void askAt(long turn) throws Fault {
            if (atTurns.size() < MOST_TURNS && !atTurns.containsKey(turn)) {
                atTurns.put(turn, history.state(Times.instant(turn), work));
            }
        }

        private static Optional<Reading> reading(PastState state, HistoryPoint point) {
            return point.key()
                    .flatMap(state.room()::point)
                    .or(() -> state.room().point(point.name()))
                    .flatMap(its -> its.newest());
        }

        private void begin(Track track, Reading reading) throws Fault {
            Optional<RecorderOutage> cut = cut(reading);
            boolean isText = track.point.kind() == vigie.history.series.Kind.TEXT;
            double value = isText ? Double.NaN : value(reading, track.point);
            String text = isText ? text(reading) : null;
            track.gap = cut.isPresent() || (isText ? text == null : !isTrusted(reading));
            track.text = text;
            boolean hasTexts =
                    track.conditions.stream().anyMatch(one -> one.type() == Condition.Type.TEXT);
            if (isText && text == null && hasTexts) {
                // When the gap ends with the text from before it, only that end is told.
                track.text =
                        look(track.point, EnumSet.of(PastEvent.Kind.CHANGE), OptionalDouble.empty())
                                .map(PastEvent::text)
                                .orElse(null);
            }
            for (Condition condition : track.conditions) {
                condition.hold(
                        switch (condition.type()) {
                            case GAP -> track.gap;
                            case TEXT -> !track.gap && condition.holdsOf(track.text);
                            case HIGH, LOW -> !track.gap && condition.holdsOf(value);
                        });
                if (condition.holds() && condition.isAsked()) {
                    open(condition, value, track.text, cut);
                }
            }
        }

        /** The outage that cut off what a reading had said. */
        private Optional<RecorderOutage> cut(Reading reading) {
            return outages
                    .subMap(Times.micros(reading.time()), true, fromMicros, false)
                    .values()
                    .stream()
                    .findFirst();
        }

        private static boolean isTrusted(Reading reading) {
            return reading.attributes().known() && reading.value().isPresent();
        }

        /** In the point's present unit; NaN where there is none in it. */
        private static double value(Reading reading, HistoryPoint point) {
            Optional<String> present = point.attributes().unit();
            Optional<String> its = reading.attributes().unit();
            if (!isTrusted(reading)) {
                return Double.NaN;
            }
            double value = reading.value().getAsDouble();
            if (its.equals(present)) {
                return value;
            }
            return its.isPresent() && present.isPresent()
                    ? Units.convert(value, its.get(), present.get()).orElse(Double.NaN)
                    : Double.NaN;
        }

        private static @Nullable String text(Reading reading) {
            String text = reading.text();
            return text == null || UNTRUSTED.contains(text.toLowerCase(Locale.ROOT)) ? null : text;
        }

        /** One that holds when the stretch begins, with its true beginning. */
        private void open(
                Condition condition,
                double value,
                @Nullable String text,
                Optional<RecorderOutage> cut)
                throws Fault {
            Optional<PastEvent> began =
                    switch (condition.type()) {
                        case GAP ->
                                cut.isPresent()
                                        ? Optional.empty()
                                        : look(
                                                condition.point(),
                                                EnumSet.of(PastEvent.Kind.GAP_BEGINS),
                                                OptionalDouble.empty());
                        case TEXT ->
                                look(
                                        condition.point(),
                                        EnumSet.of(PastEvent.Kind.CHANGE, PastEvent.Kind.GAP_ENDS),
                                        OptionalDouble.empty());
                        case HIGH ->
                                look(
                                        condition.point(),
                                        EnumSet.of(PastEvent.Kind.ABOVE),
                                        OptionalDouble.of(condition.bound()));
                        case LOW ->
                                look(
                                        condition.point(),
                                        EnumSet.of(PastEvent.Kind.BELOW),
                                        OptionalDouble.of(condition.bound()));
                    };
            Instant at =
                    cut.filter(_ -> condition.type() == Condition.Type.GAP)
                            .map(RecorderOutage::from)
                            .or(() -> began.map(PastEvent::at))
                            .orElse(from);
            long asked = condition.askedSince(fromMicros);
            boolean plansTurn = asked > Times.micros(at);
            OptionalDouble held =
                    Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
            OptionalDouble said = began.isPresent() ? began.get().value() : held;
            if (plansTurn) {
                askAt(asked);
                OptionalDouble then = valueAt(asked, condition.point());
                said = then.isPresent() ? then : held;
            }
            telling.open(
                    condition,
                    plansTurn ? Times.instant(asked) : at,
                    plansTurn ? Duration.ZERO : began.map(PastEvent::within).orElse(Duration.ZERO),
                    said,
                    text);
        }

        private Optional<PastEvent> look(
                HistoryPoint point, Set<PastEvent.Kind> kinds, OptionalDouble limit) throws Fault {
            if (++looks > MOST_LOOKS) {
                return Optional.empty();
            }
            return history.event(point.name(), kinds, limit, from, from.minus(LOOK_BACK), work);
        }

        // ---- what happens

        private void take(PastEvent event) {
            Track track = tracks.get(event.point().name().name());
            if (track == null) {
                return;
            }
            long time = Times.micros(event.at());
            turnUntil(time);
            switch (event.kind()) {
                case GAP_BEGINS -> {
                    track.gap = true;
                    for (Condition condition : track.conditions) {
                        condition.hold(condition.type() == Condition.Type.GAP);
                    }
                }
                case GAP_ENDS -> {
                    track.gap = false;
                    for (Condition condition : track.conditions) {
                        condition.hold(condition.holdsOf(track.text));
                    }
                }
                case CHANGE -> change(track, event);
                case ABOVE, BELOW -> cross(track, event);
            }
            track.conditions.forEach(condition -> settle(condition, event, track.text));
            telling.passed(event.at());
        }

        private void change(Track track, PastEvent event) {
            track.text = event.text();
            for (Condition condition : track.conditions) {
                if (condition.type() == Condition.Type.TEXT) {
                    condition.hold(condition.holdsOf(track.text));
                    telling.saidAt(condition, event.at(), event.text());
                }
            }
            for (Said said : track.said) {
                boolean inPlace = said.placement().span().contains(event.at());
                if (inPlace && said.unless().stream().noneMatch(Condition::isAsked)) {
                    telling.add(
                            new Occurrence(
                                    Condition.kind(said.sensor(), Quantity.STATUS),
                                    event.at(),
                                    Optional.empty(),
                                    event.within(),
                                    Optional.of(said.placement().sensor()),
                                    Optional.of(track.point.name()),
                                    Deviation.NONE,
                                    OptionalDouble.empty(),
                                    OptionalDouble.empty(),
                                    null,
                                    event.text(),
                                    null));
                }
            }
        }

        private static void cross(Track track, PastEvent event) {
            double limit = event.limit().orElse(Double.NaN);
            boolean above = event.kind() == PastEvent.Kind.ABOVE;
            for (Condition condition : track.conditions) {
                switch (condition.type()) {
                    case HIGH -> {
                        if (limit == (above ? condition.bound() : Math.nextUp(condition.bound()))) {
                            condition.hold(above);
                        }
                    }
                    case LOW -> {
                        if (limit
                                == (above ? Math.nextDown(condition.bound()) : condition.bound())) {
                            condition.hold(!above);
                        }
                    }
                    case TEXT, GAP -> {
                        // Nothing to do with numbers.
                    }
                }
            }
        }

        /** Begins or ends what an event began or ended. */
        private void settle(Condition condition, PastEvent event, @Nullable String text) {
            boolean now = condition.holds() && condition.isAsked();
            Condition.Open open = condition.open();
            if (now && open == null) {
                telling.open(condition, event.at(), event.within(), event.value(), text);
            } else if (!now && open != null) {
                Instant end =
                        open.at().equals(event.at()) ? event.at().plus(event.within()) : event.at();
                close(condition, open, Optional.of(end));
            }
        }

        private void turnUntil(long time) {
            while (!turns.isEmpty() && turns.firstKey() <= time) {
                Map.Entry<Long, List<Condition>> turn = turns.pollFirstEntry();
                Instant at = Times.instant(turn.getKey());
                for (Condition condition : turn.getValue()) {
                    condition.ask(turn.getKey());
                    boolean now = condition.holds() && condition.isAsked();
                    Condition.Open open = condition.open();
                    if (now && open == null) {
                        telling.open(
                                condition,
                                at,
                                Duration.ZERO,
                                valueAt(turn.getKey(), condition.point()),
                                textOf(condition.point()));
                    } else if (!now && open != null) {
                        close(condition, open, Optional.of(at));
                    }
                }
            }
        }

        private OptionalDouble valueAt(long turn, HistoryPoint point) {
            double value =
                    Optional.ofNullable(atTurns.get(turn))
                            .flatMap(state -> reading(state, point))
                            .map(reading -> value(reading, point))
                            .orElse(Double.NaN);
            return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        }

        private @Nullable String textOf(HistoryPoint point) {
            Track track = tracks.get(point.name().name());
            return track == null ? null : track.text;
        }

        private void end() {
            for (Track track : tracks.values()) {
                for (Condition condition : track.conditions) {
                    Condition.Open open = condition.open();
                    if (open != null) {
                        close(condition, open, Optional.empty());
                    }
                }
            }
            telling.end();
        }

        /** What is over, or was not by the end of the stretch. */
        private void close(Condition condition, Condition.Open open, Optional<Instant> end) {
            Instant at = open.at();
            RecorderOutage outage =
                    condition.type() == Condition.Type.GAP
                            ? outages.get(Times.micros(open.at()))
                            : null;
            boolean told = true;
            if (outage != null) {
                Instant last = end.orElseGet(() -> earlier(to, Instant.now()));
                Optional<Instant> again = outage.to();
                told = again.isPresent() && last.isAfter(again.get().plus(COMES_BACK));
                at = again.orElse(at);
            }
            // Two rows of one moment: what the first of them said was never so.
            told &= !(end.isPresent() && end.get().equals(at) && open.within().isZero());
            telling.close(
                    condition,
                    open,
                    told ? Optional.of(condition.occurrence(open, at, end)) : Optional.empty());
        }

        private static Instant earlier(Instant one, Instant other) {
            return one.isBefore(other) ? one : other;
        }
    }

    /** Hands occurrences out in order of time: each waits for what began before it. */
    private static final class Telling {
        private record Waiting(Occurrence occurrence, long order) {}

        private final Consumer<Occurrence> each;
        private final PriorityQueue<Waiting> waiting =
                new PriorityQueue<>(
                        Comparator.comparing((Waiting one) -> one.occurrence().at())
                                .thenComparingLong(Waiting::order));

        /** How many are open by when they began. */
        private final TreeMap<Instant, Integer> begun = new TreeMap<>();

        private long next;

        Telling(Consumer<Occurrence> each) {
            this.each = each;
        }

        void add(Occurrence occurrence) {
            waiting.add(new Waiting(occurrence, next++));
        }

        void open(
                Condition condition,
                Instant at,
                Duration within,
                OptionalDouble value,
                @Nullable String text) {
            condition.open(new Condition.Open(at, within, value, text, next++));
            begun.merge(at, 1, Integer::sum);
        }

        /** A text that came with the end of a gap is what was said from that moment on. */
        void saidAt(Condition condition, Instant at, @Nullable String text) {
            Condition.Open open = condition.open();
            if (open != null && open.at().equals(at)) {
                condition.open(
                        new Condition.Open(at, open.within(), open.value(), text, open.order()));
            }
        }

        void close(Condition condition, Condition.Open open, Optional<Occurrence> told) {
            condition.open(null);
            begun.computeIfPresent(open.at(), (_, count) -> count == 1 ? null : count - 1);
            told.ifPresent(occurrence -> waiting.add(new Waiting(occurrence, open.order())));
        }

        /** Nothing that is still to come begins before this moment. */
        void passed(Instant at) {
            Instant border =
                    begun.isEmpty() || at.isBefore(begun.firstKey()) ? at : begun.firstKey();
            tell(waiting, border);
        }

        private void tell(Collection<Waiting> all, Instant border) {
            while (!all.isEmpty() && waiting.element().occurrence().at().isBefore(border)) {
                each.accept(waiting.remove().occurrence());
            }
        }

        void end() {
            tell(waiting, Instant.MAX);
        }
    }
}
