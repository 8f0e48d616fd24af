package vigie.console.history;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import vigie.console.bridge.Frame;
import vigie.console.history.chart.Scene;
import vigie.console.history.chart.Stretch;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.history.Times;
import vigie.plan.ElementId;
import vigie.plan.Plan;
import vigie.point.PointId;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * One chart: which points, which stretch of time, what is known of it. What is shown stays until
 * something better is there: while somebody drags or zooms, what was found before is drawn at the
 * new place, and the past is asked beside it.
 *
 * <p>One thread, in the window JavaFX's.
 */
final class ChartModel {
    /** Shorter, a note that something is loading only flickers. */
    static final Duration PATIENCE = Duration.ofMillis(200);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    /** So many buckets for a pixel: their widths are whole minutes, not whole pixels. */
    private static final double BUCKETS_PER_PIXEL = 1.5;

    /** Known on both sides beyond what is shown, in its widths, before more is asked for. */
    private static final double MARGIN = 0.4;

    /** Asked for on both sides beyond what is shown, in its widths. */
    private static final double AHEAD = 1;

    /** The live end is asked for again when this share of the chart came from the feed. */
    private static final int TAIL_SHARE = 20;

    private static final long LEAST_TAIL = 10_000_000;

    /** Later than the present by this share of its width a chart does not go. */
    private static final double FUTURE = 0.5;

    private static final int MOST_NAMES = 2;

    /** Runs something later, on the model's thread. */
    interface Later {
        void after(Duration wait, Runnable work);
    }

    private final Speech speech;
    private final Plan plan;
    private final Later later;
    private final InstantSource clock;
    private final Loader loader;

    private final ReadOnlyObjectWrapper<Scene> scene;
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper follows = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyObjectWrapper<Comparison> comparison =
            new ReadOnlyObjectWrapper<>(Comparison.NONE);
    private final ReadOnlyObjectWrapper<Optional<Sentence>> failure =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    private Optional<Frame> last = Optional.empty();
    private List<ChartPoint> points = List.of();
    private String givenTitle = "";
    private Map<PointId, Tail> tails = new HashMap<>();
    private Stretch stretch;
    private Stretch opened;
    private Optional<PointId> marked = Optional.empty();
    private int pixels;
    private boolean held;
    private boolean shown;

    private @Nullable Answer answer;
    private Lanes.Made made = Lanes.Made.NOTHING;
    private Duration nextRetry = FIRST_RETRY;
    private int asks;

    ChartModel(
            Speech speech,
            Plan plan,
            PastSource source,
            Executor home,
            Later later,
            InstantSource clock) {
        this.speech = speech;
        this.plan = plan;
        this.later = later;
        this.clock = clock;
        loader = new Loader(source, home, new Found());
        long now = now();
        stretch = new Stretch(now - Times.micros(Instant.EPOCH.plus(Opening.USUAL)), now);
        opened = stretch;
        scene = new ReadOnlyObjectWrapper<>(Scene.nothing(stretch, now, ""));
        speech.wordsProperty().addListener(language -> remake());
    }

    /** What to paint; another object whenever something of it changed. */
    ReadOnlyObjectProperty<Scene> sceneProperty() {
        return scene.getReadOnlyProperty();
    }

    ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /** Whether the right edge stays at the present. */
    ReadOnlyBooleanProperty followsProperty() {
        return follows.getReadOnlyProperty();
    }

    /** Whether somebody has waited for what is shown for a while. */
    ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Comparison> comparisonProperty() {
        return comparison.getReadOnlyProperty();
    }

    /** Why nothing newer can be had; empty: it can. */
    ReadOnlyObjectProperty<Optional<Sentence>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Numbers and times as the language of the moment writes them. */
    Figures figures() {
        return RoomZone.figures(speech.words(), plan);
    }

    /** Whether it is open. */
    boolean isShown() {
        return shown;
    }

    /** Whether an answer is on its way. */
    boolean isBusy() {
        return loader.isBusy();
    }

    /** Whether what is to be seen is still being read; false also where it cannot be read. */
    boolean isReading() {
        if (!shown || points.isEmpty() || failure.get().isPresent()) {
            return false;
        }
        Optional<Stretch> past = past(stretch);
        if (past.isEmpty()) {
            return false;
        }
        Answer known = answer;
        return pixels < 1
                || known == null
                || !known.wish()
                        .suits(wish(past.get(), comparison.get().shift(stretch, figures().zone())))
                || !isKnown(known, stretch);
    }

    /** Whether somebody drags. */
    boolean isHeld() {
        return held;
    }

    /** What of time is shown. */
    Stretch stretch() {
        return stretch;
    }

    List<ChartPoint> points() {
        return points;
    }

    /** The points of an element that have something to show. */
    List<PointId> boundTo(ElementId element) {
        return ChartPoint.boundTo(plan, element, Times.instant(now()));
    }

    /** Opens a chart in place of the one before. */
    void open(Opening opening) {
        shown = true;
        loader.forget();
        Instant present = Times.instant(now());
        points =
                opening.points().stream()
                        .distinct()
                        .limit(ChartPoint.MOST)
                        .map(id -> ChartPoint.of(plan, id, present))
                        .toList();
        givenTitle = opening.title();
        tails = new HashMap<>();
        points.forEach(point -> tails.put(point.id(), new Tail()));
        answer = null;
        made = Lanes.Made.NOTHING;
        marked = Optional.empty();
        comparison.set(Comparison.NONE);
        failure.set(Optional.empty());
        loading.set(false);
        nextRetry = FIRST_RETRY;
        follows.set(opening.last().isPresent());
        long now = now();
        stretch =
                opening.last()
                        .map(length -> new Stretch(now - length.toNanos() / 1_000, now))
                        .orElseGet(() ->
                                Stretch.between(
                                        opening.from().orElseThrow(), opening.to().orElseThrow()));
        opened = stretch;
        last.ifPresent(this::listen);
        tellTitle();
        want();
        tell();
    }

    /** Nobody looks any more: nothing is asked until the next chart is opened. */
    void shut() {
        shown = false;
        loader.forget();
        loading.set(false);
    }

    void close() {
        loader.close();
    }

    /** The chart as it could be opened again. */
    Opening opening() {
        return follows.get()
                ? Opening.following(givenTitle, ids(), Duration.ofNanos(stretch.width() * 1_000))
                : Opening.between(
                        givenTitle,
                        ids(),
                        Times.instant(stretch.from()),
                        Times.instant(stretch.to()));
    }

    /** Takes a frame of the live feed. */
    void show(Frame frame) {
        last = Optional.of(frame);
        if (!shown) {
            return;
        }
        boolean heard = listen(frame);
        long now = now();
        boolean moved = false;
        if (follows.get() && !held && now != stretch.to()) {
            // Less than a pixel nobody sees.
            moved = now - stretch.to() >= stretch.width() / Math.max(1, pixels) || heard;
            if (moved) {
                stretch = stretch.endingAt(now);
            }
        }
        if (heard || moved) {
            want();
            remake();
        }
    }

    private boolean listen(Frame frame) {
        boolean heard = false;
        for (ChartPoint point : points) {
            Tail tail = tails.get(point.id());
            if (tail != null) {
                heard |=
                        frame.moment()
                                .state()
                                .point(point.id())
                                .flatMap(state -> state.newest())
                                .map(tail::add)
                                .orElse(false);
            }
        }
        return heard;
    }

    /** How many pixels wide the curves are. */
    void setPixels(int wide) {
        if (wide != pixels) {
            pixels = wide;
            want();
        }
    }

    /** Moves what is shown: later where positive. */
    void moveBy(long micros) {
        long latest = now() + Math.round(stretch.width() * FUTURE);
        Stretch next = stretch.moved(micros);
        show(next.to() > latest ? next.endingAt(latest) : next);
    }

    /** A hand begins to drag: the value axes keep still and the present does not pull. */
    void hold() {
        held = true;
    }

    /** The hand lets go. */
    void letGo() {
        held = false;
        follows.set(isAtPresent());
        tell();
    }

    /** Nearer by a factor below 1, farther by one above. */
    void zoom(long about, double factor) {
        // Who follows zooms about the present, or the wheel would make him lose it.
        Stretch next = stretch.zoomed(follows.get() ? stretch.to() : about, factor);
        long latest = now() + Math.round(next.width() * FUTURE);
        show(next.to() > latest ? next.endingAt(latest) : next);
    }

    /** A range up to the end of what is shown. */
    void range(Duration length) {
        long end = follows.get() ? now() : stretch.to();
        show(new Stretch(end - length.toNanos() / 1_000, end));
    }

    /** A stretch that somebody typed. */
    void between(Instant from, Instant to) {
        show(Stretch.between(from, to));
    }

    /** To the present, and with it. */
    void follow() {
        follows.set(true);
        stretch = stretch.endingAt(now());
        want();
        remake();
    }

    /** The present no longer pulls. */
    void stand() {
        follows.set(false);
        tell();
    }

    /** The points of which there is no history at all, as far as it was asked. */
    List<PointId> withoutHistory() {
        Answer known = answer;
        if (known == null) {
            return List.of();
        }
        List<PointId> found = known.ranges().stream().map(range -> range.point().name()).toList();
        return ids().stream().filter(id -> !found.contains(id)).toList();
    }

    /** Back to the stretch the chart was opened with. */
    void reset() {
        boolean atPresent = opened.to() >= now() - opened.width() / 2;
        show(atPresent ? opened.endingAt(now()) : opened);
    }

    void compare(Comparison with) {
        if (with != comparison.get()) {
            comparison.set(with);
            want();
            tell();
        }
    }

    /** Lifts a point's curve out of the others; empty: none. */
    void mark(Optional<PointId> point) {
        if (!marked.equals(point)) {
            marked = point;
            tell();
        }
    }

    Optional<PointId> marked() {
        return marked;
    }

    /** The next curve is marked, or the one before; past the last none is. */
    void markNext(int step) {
        List<PointId> ids = ids();
        int at = marked.map(ids::indexOf).orElse(step > 0 ? -1 : ids.size());
        int next = at + step;
        mark(next < 0 || next >= ids.size() ? Optional.empty() : Optional.of(ids.get(next)));
    }

    /** Asks again now. */
    void retry() {
        failure.set(Optional.empty());
        want();
    }

    private void show(Stretch next) {
        stretch = next;
        if (!held) {
            follows.set(isAtPresent());
        }
        want();
        tell();
    }

    /** Within a pixel or two of the present. */
    private boolean isAtPresent() {
        long near = Math.max(1_500_000, stretch.width() / 200);
        return Math.abs(stretch.to() - now()) <= near
                || (stretch.to() > now() && stretch.to() - now() <= stretch.width() / 50);
    }

    private List<PointId> ids() {
        return points.stream().map(ChartPoint::id).toList();
    }

    /** The present, by the clock that the room is shown by. */
    Instant present() {
        return Times.instant(now());
    }

    /** As {@link #present}, microseconds. */
    private long now() {
        return Times.micros(last.map(Frame::now).orElseGet(clock::instant));
    }

    /** Until when the live feed vouches for what it said last. */
    private long heardUntil() {
        return last.map(frame ->
                        frame.moment()
                                .followedUntil()
                                .filter(_ -> !frame.connected())
                                .map(Times::micros)
                                .orElseGet(() -> Times.micros(frame.now())))
                .orElse(Long.MIN_VALUE);
    }

    /** Asks for what is missing of what is shown, else for what lies beside it. */
    private void want() {
        // While it fails, the clock or the operator asks again, not every movement of a hand.
        if (!shown || pixels < 1 || points.isEmpty() || failure.get().isPresent()) {
            return;
        }
        Optional<Stretch> past = past(stretch);
        if (past.isEmpty()) {
            return;
        }
        long shift = comparison.get().shift(stretch, figures().zone());
        Wish visible = wish(past.get(), shift);
        Answer known = answer;
        if (known == null || !known.wish().suits(visible) || !isKnown(known, stretch)) {
            ask(visible, true);
            return;
        }
        boolean marginsKnown = isKnown(known, stretch.widened(MARGIN));
        boolean tailIsLong =
                follows.get()
                        && now() - known.stretch().to()
                                > Math.max(LEAST_TAIL, stretch.width() / TAIL_SHARE);
        if (!marginsKnown || tailIsLong) {
            past(stretch.widened(AHEAD)).ifPresent(wide -> ask(wish(wide, shift), false));
        }
    }

    private Wish wish(Stretch wanted, long shift) {
        double widths = (double) wanted.width() / stretch.width();
        int buckets = (int) Math.max(2, Math.ceil(pixels * BUCKETS_PER_PIXEL * widths));
        return new Wish(ids(), wanted, buckets, shift, wanted.to() == now());
    }

    /** The part of a stretch that is not in the future. */
    private Optional<Stretch> past(Stretch wanted) {
        long now = now();
        return wanted.from() >= now
                ? Optional.empty()
                : Optional.of(new Stretch(wanted.from(), Math.min(wanted.to(), now)));
    }

    /** Whether an answer, with the live feed after it, tells all that is known of a stretch. */
    private boolean isKnown(Answer known, Stretch wanted) {
        Stretch its = known.stretch();
        return its.from() <= wanted.from() && (its.to() >= wanted.to() || known.wish().toPresent());
    }

    private void ask(Wish wish, boolean awaited) {
        loader.ask(wish);
        if (awaited) {
            int ask = ++asks;
            later.after(
                    PATIENCE,
                    () -> {
                        if (ask == asks && shown && loader.isBusy()) {
                            loading.set(true);
                        }
                    });
        }
    }

    /** What the loader says. */
    private final class Found implements Loader.Waiting {
        @Override
        public void found(Answer found) {
            if (!found.wish().points().equals(ids())) {
                return;
            }
            asks++;
            loading.set(false);
            failure.set(Optional.empty());
            nextRetry = FIRST_RETRY;
            answer = found;
            found.ranges()
                    .forEach(range -> {
                        Tail tail = tails.get(range.point().name());
                        if (tail != null) {
                            tail.forgetBefore(range.to());
                        }
                    });
            tellTitle();
            remake();
            want();
        }

        @Override
        public void failed(Wish wish, Sentence why) {
            asks++;
            loading.set(false);
            failure.set(Optional.of(why));
            Duration wait = nextRetry;
            nextRetry =
                    wait.multipliedBy(2).compareTo(LAST_RETRY) > 0
                            ? LAST_RETRY
                            : wait.multipliedBy(2);
            later.after(
                    wait,
                    () -> {
                        if (shown && failure.get().equals(Optional.of(why))) {
                            failure.set(Optional.empty());
                            want();
                            // The sentence stays until the answer is there, or it would flicker.
                            failure.set(Optional.of(why));
                        }
                    });
            tell();
        }
    }

    private void remake() {
        Answer known = answer;
        if (known != null) {
            made = Lanes.of(known, points, tails, heardUntil(), plan, figures());
        }
        tellTitle();
        tell();
    }

    private void tell() {
        Answer known = answer;
        long shift =
                known == null || comparison.get() == Comparison.NONE ? 0 : known.wish().shift();
        scene.set(
                new Scene(
                        stretch,
                        now(),
                        follows.get(),
                        made.lanes(),
                        made.strips(),
                        made.changes(),
                        shift,
                        marked,
                        empty(known)));
    }

    /** Why there is nothing to see; empty: there is. */
    private String empty(@Nullable Answer known) {
        if (points.isEmpty()) {
            return speech.words().say("chart.empty.bound");
        }
        if (known == null) {
            return "";
        }
        if (known.ranges().isEmpty()) {
            return points.size() == 1
                    ? speech.words().say("chart.empty.history-one", points.getFirst().id().name())
                    : speech.words().say("chart.empty.history", points.size());
        }
        boolean anything =
                made.lanes().stream()
                                .flatMap(lane -> lane.curves().stream())
                                .anyMatch(curve ->
                                        curve.track().within(stretch).stream()
                                                .anyMatch(bucket -> !bucket.isEmpty()))
                        || made.strips().stream()
                                .flatMap(strip -> strip.spans().stream())
                                .anyMatch(span ->
                                        span.known()
                                                && span.from() < stretch.to()
                                                && span.to() > stretch.from());
        return anything || !isKnown(known, stretch) ? "" : speech.words().say("chart.empty.time");
    }

    private void tellTitle() {
        Figures figures = figures();
        Map<PointId, Optional<String>> friendly = new HashMap<>();
        Answer known = answer;
        if (known != null) {
            known.ranges()
                    .forEach(range ->
                            friendly.put(
                                    range.point().name(),
                                    range.point().attributes().friendlyName()));
        }
        if (!givenTitle.isEmpty() || points.isEmpty()) {
            title.set(givenTitle);
            return;
        }
        List<String> names =
                points.stream()
                        .map(point ->
                                point.name(
                                        figures,
                                        friendly.getOrDefault(point.id(), Optional.empty())))
                        .toList();
        String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        title.set(
                names.size() <= MOST_NAMES
                        ? first
                        : speech.words().say("chart.title.more", first, names.size() - MOST_NAMES));
    }
}
