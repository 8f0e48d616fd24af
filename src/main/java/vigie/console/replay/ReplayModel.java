package vigie.console.replay;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.bridge.Frame;
import vigie.console.history.TypedMoment;
import vigie.console.history.chart.Stretch;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.history.Times;
import vigie.history.Work;
import vigie.note.Note;
import vigie.plan.ElementId;
import vigie.plan.Plan;
import vigie.recording.Basis;
import vigie.text.Fault;
import vigie.text.Moments;
import vigie.text.Sentence;
import vigie.timeline.Occurrence;
import vigie.timeline.Playback;
import vigie.timeline.Recorded;
import vigie.timeline.Replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The timeline and the list of events: which stretch is shown, what happened in it, what was
 * marked, and what the operator's hands mean for the replay. Knows no node.
 *
 * <p>One thread, in the window JavaFX's.
 */
public final class ReplayModel {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayModel.class);

    /** So long before the present a replay begins that nobody said a moment for. */
    static final Duration BACK = Duration.ofMinutes(10);

    /** No replay lasts so long: its end is still to come, and moves on with the present. */
    private static final Duration ALWAYS = Duration.ofDays(366);

    /** Asked for on both sides beyond what is shown, in its widths. */
    private static final double AHEAD = 0.5;

    /** The end is asked for again when so much is new; microseconds. */
    private static final long TAIL = 10_000_000;

    /** Rows come some time after their moment: so much that is known is asked for again. */
    private static final long OVERLAP = 300_000_000;

    /** So many widths before what is wanted are kept as time goes on. */
    private static final int KEPT = 2;

    private static final Comparator<Occurrence> ORDER =
            Comparator.comparing(Occurrence::at)
                    .thenComparing(Occurrence::kind)
                    .thenComparing(event -> event.point().map(Object::toString).orElse(""));

    private final Speech speech;
    private final Plan plan;
    private final ReplaySettings settings;
    private final ReplayHost host;
    private final Executor elsewhere;
    private final Executor home;
    private final OccurrenceLoader loader;
    private final AutoCloseable lateRows;
    private final Visible visible;

    private final ReadOnlyObjectWrapper<Mode> mode = new ReadOnlyObjectWrapper<>(Mode.LIVE);
    private final ReadOnlyObjectWrapper<Optional<Playback>> playback =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyObjectWrapper<Stretch> stretch;
    private final ReadOnlyObjectWrapper<Long> playhead;
    private final ReadOnlyObjectWrapper<Optional<Stretch>> brush =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Occurrence>> events =
            new ReadOnlyObjectWrapper<>(List.of());
    private final EventRows list = new EventRows();
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyObjectWrapper<Optional<Sentence>> failure =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Sentence>> thenMissing =
            new ReadOnlyObjectWrapper<>(Optional.of(Sentence.of("replay.then-asked")));
    private final NotePad notes;

    private List<Occurrence> known = List.of();
    private List<Occurrence> found = new ArrayList<>();
    private Optional<Stretch> loaded = Optional.empty();

    /** Whether all of what is loaded is known. */
    private boolean whole;

    /** Whether rows came of a time that was asked for before. */
    private boolean outdated;

    /** Under way; of use only while the loader is busy. */
    private Asked asked = new Asked(new Stretch(0, 1), false, OptionalLong.empty());

    /** Whether the replay that is being opened ends at the present, wherever that is. */
    private boolean endMoves;

    private Instant present;
    private Optional<Long> dragged = Optional.empty();
    private boolean entering;
    private boolean askedOnce;
    private boolean askedThen;
    private Optional<Long> beginning = Optional.empty();

    /** Questions under way beside the one of what happened. */
    private int questions;

    /**
     * A question that is under way.
     *
     * @param known what is loaded when it is answered
     * @param toPresent whether it goes up to the present, as far as that was known
     * @param tail from where on it asks what is known before; empty: it asks for all
     */
    private record Asked(Stretch known, boolean toPresent, OptionalLong tail) {}

    /**
     * @param elsewhere runs what blocks
     * @param home runs what it is given on the thread this is used on
     * @param clock this computer's, until a frame says what time it is
     */
    public ReplayModel(
            Speech speech,
            Plan plan,
            ReplaySettings settings,
            ReplayHost host,
            Executor elsewhere,
            Executor home,
            InstantSource clock) {
        this.speech = speech;
        this.plan = plan;
        this.settings = settings;
        this.host = host;
        this.elsewhere = elsewhere;
        this.home = home;
        notes =
                new NotePad(
                        settings.notes(),
                        settings.operator(),
                        elsewhere,
                        home,
                        () -> momentInPast().orElse(present),
                        this::noted);
        present = clock.instant();
        visible = new Visible(Times.micros(present));
        stretch = new ReadOnlyObjectWrapper<>(visible.stretch());
        playhead = new ReadOnlyObjectWrapper<>(Times.micros(present));
        loader =
                new OccurrenceLoader(
                        settings.recorded()::occurrences,
                        settings.notes(),
                        elsewhere,
                        home,
                        new Found());
        lateRows =
                settings.recorded()
                        .onLate((from, to) ->
                                home.execute(() -> late(Times.micros(from), Times.micros(to))));
        list.searchProperty().addListener(change -> filter());
        speech.wordsProperty()
                .addListener(language -> {
                    list.forget();
                    filter();
                });
    }

    // What is shown.

    public ReadOnlyObjectProperty<Mode> modeProperty() {
        return mode.getReadOnlyProperty();
    }

    /** How the replay stands; empty at present. */
    public ReadOnlyObjectProperty<Optional<Playback>> playbackProperty() {
        return playback.getReadOnlyProperty();
    }

    /** Whether lanes and list are shown; the past always shows them, but for a drill's. */
    public ReadOnlyBooleanProperty openProperty() {
        return open.getReadOnlyProperty();
    }

    /** What the lanes show. */
    public ReadOnlyObjectProperty<Stretch> stretchProperty() {
        return stretch.getReadOnlyProperty();
    }

    /** The moment shown, or where a hand holds the playhead; microseconds. */
    public ReadOnlyObjectProperty<Long> playheadProperty() {
        return playhead.getReadOnlyProperty();
    }

    /** The interval that was marked. */
    public ReadOnlyObjectProperty<Optional<Stretch>> brushProperty() {
        return brush.getReadOnlyProperty();
    }

    /** What happened in and about what is shown, of every kind, in order of time. */
    public ReadOnlyObjectProperty<List<Occurrence>> eventsProperty() {
        return events.getReadOnlyProperty();
    }

    /** What of it the list shows. */
    public ObservableList<EventRow> rows() {
        return list.rows();
    }

    /** The last of the rows that had begun by the moment shown. */
    ReadOnlyObjectProperty<Optional<EventRow>> currentProperty() {
        return list.currentProperty();
    }

    /** Whether what happened is still being read. */
    public ReadOnlyBooleanProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /** Whether anything of what lanes and list show is still being read. */
    public boolean isReading() {
        return open.get() && (questions > 0 || loader.isBusy());
    }

    /** Why what happened, or the past itself, cannot be read; empty: it can. */
    public ReadOnlyObjectProperty<Optional<Sentence>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Why the past cannot be told as it was known then; empty where it can. */
    public ReadOnlyObjectProperty<Optional<Sentence>> thenMissingProperty() {
        return thenMissing.getReadOnlyProperty();
    }

    /** The kinds that the list shows and that are jumped to. */
    public ReadOnlyObjectProperty<Set<Occurrence.Kind>> kindsProperty() {
        return list.kindsProperty();
    }

    /** What the list's rows must contain. */
    public StringProperty searchProperty() {
        return list.searchProperty();
    }

    /** Where notes are written. */
    NotePad notes() {
        return notes;
    }

    /** The name of an element of the plan. */
    Optional<String> label(ElementId element) {
        return plan.element(element).map(one -> one.label().in(speech.words().locale()));
    }

    /** Numbers and times as the language of the moment writes them. */
    public Figures figures() {
        return RoomZone.figures(speech.words(), plan);
    }

    /** The last moment there is anything to show of; microseconds. */
    public long present() {
        return Times.micros(playback.get().map(Playback::to).orElse(present));
    }

    /** The first moment that may be shown; microseconds, and empty while nobody asked. */
    public Optional<Long> beginning() {
        return playback.get().map(Playback::from).map(Times::micros).or(() -> beginning);
    }

    /** Takes a frame. */
    public void show(Frame frame) {
        if (mode.get() != Mode.LIVE) {
            return;
        }
        present = frame.now();
        if (open.get()) {
            placePresent();
            look();
        }
    }

    private void placePresent() {
        playhead.set(Times.micros(present));
        if (visible.present(Times.micros(present))) {
            stretch.set(visible.stretch());
        }
    }

    /** The picture that is painted is of this moment; the replay may have gone on since. */
    public void showAt(Instant at) {
        if (dragged.isEmpty()) {
            place(Times.micros(at), playback.get().map(Playback::backwards).orElse(Boolean.FALSE));
        }
    }

    /** Where only a stretch can be shown, all of it is. */
    private void fit(Playback bounds) {
        long from = Times.micros(bounds.from());
        long to = Times.micros(bounds.to());
        long margin = (to - from) / 20;
        if (margin > 0 && to - from < Visible.MOST) {
            visible.show(new Stretch(from - margin, to + margin));
            stretch.set(visible.stretch());
        }
    }

    /** How the replay stands. */
    public void show(Mode newMode, Optional<Playback> newPlayback) {
        visible.end(newPlayback.map(its -> Times.micros(its.to())).orElse(Long.MAX_VALUE));
        Mode before = mode.get();
        if (before != newMode) {
            dragged = Optional.empty();
            notes.drop();
            visible.follow();
            if (endMoves) {
                // Until the end was asked for, the replay knows of none after its first moment.
                visible.present(Times.micros(present));
                stretch.set(visible.stretch());
            } else {
                newPlayback.ifPresent(this::fit);
            }
            loaded = Optional.empty();
            askedThen = newMode != Mode.LIVE && askedThen;
        }
        playback.set(newMode == Mode.LIVE ? Optional.empty() : newPlayback);
        mode.set(newMode);
        if (before != newMode) {
            open.set(newMode != Mode.DRILL && (newMode != Mode.LIVE || open.get()));
        }
        if (open.get() && before != newMode) {
            begin();
        }
        if (newMode == Mode.LIVE) {
            placePresent();
        }
        newPlayback.ifPresent(now -> {
            if (dragged.isEmpty()) {
                place(Times.micros(now.at()), now.backwards());
            }
        });
        look();
    }

    // Present and past.

    /** Shows the lanes, or hides them; the past keeps them. */
    public void toggle() {
        if (mode.get() == Mode.LIVE) {
            open.set(!open.get());
            if (open.get()) {
                visible.follow();
                placePresent();
                begin();
                look();
            } else {
                loader.forget();
                reading.set(false);
            }
        }
    }

    /** Goes on where another one stopped at present: whether it is open, and what it lists. */
    public void goOnFrom(ReplayModel before) {
        list.searchProperty().set(before.list.searchProperty().get());
        choose(before.list.kindsProperty().get());
        if (before.open.get() != open.get()) {
            toggle();
        }
    }

    /** Goes back a little; in the past already, nothing happens. */
    public void enter() {
        if (mode.get() == Mode.LIVE) {
            enter(present.minus(BACK));
        }
    }

    /** Back to the present. */
    public void live() {
        host.live();
    }

    /** The end of a drill: the same past with its controls. */
    public void endDrill() {
        playback.get()
                .filter(_ -> mode.get() == Mode.DRILL)
                .ifPresent(now ->
                        host.open(
                                new Start(
                                        Mode.INCIDENT, now.from(), now.to(), now.at(), 1, false)));
    }

    private void enter(Instant at) {
        if (entering) {
            return;
        }
        entering = true;
        reading.set(true);
        Instant now = present;
        ask(
                work -> settings.recorded().extent(work),
                extent -> {
                    entering = false;
                    reading.set(loader.isBusy());
                    if (mode.get() == Mode.LIVE) {
                        open(at, now, extent);
                    }
                });
    }

    private void open(Instant at, Instant now, Optional<Recorded.Extent> extent) {
        if (extent.isEmpty()) {
            failure.set(Optional.of(Sentence.of("replay.nothing")));
            return;
        }
        Instant from = extent.get().from();
        Instant begin = at.isBefore(from) ? from : at.isAfter(now) ? now : at;
        failure.set(Optional.empty());
        endMoves = true;
        host.open(new Start(Mode.REPLAY, from, now.plus(ALWAYS), begin, 1, false));
        endMoves = false;
    }

    /** Shows a moment; at present the past is opened at it. */
    public void goTo(Instant at) {
        notes.drop();
        visible.follow();
        Optional<Replay> replay = host.replay();
        if (replay.isPresent() && mode.get() != Mode.LIVE) {
            replay.get().seek(at);
        } else {
            enter(at);
        }
    }

    /**
     * Shows a moment that somebody typed.
     *
     * @return what he should know of it; empty: nothing, it is understood
     */
    public Optional<Sentence> goTo(String typed) {
        Figures figures = figures();
        Optional<Instant> at =
                TypedMoment.parse(timeOfDay(typed), figures.zone(), Times.instant(present()));
        at.ifPresent(this::goTo);
        return at.isEmpty()
                ? Optional.of(Sentence.of("replay.typed-wrong", typed.strip()))
                : Moments.note(timeOfDay(typed).strip().replaceAll("\\s+", " "), figures.zone());
    }

    /** A time alone is one of the day that is shown. */
    private String timeOfDay(String typed) {
        String text = typed.strip();
        if (!text.matches("\\d{1,2}:\\d{2}(:\\d{2})?")) {
            return typed;
        }
        String day = TypedMoment.write(playhead.get(), figures().zone()).substring(0, 10);
        return day + " " + (text.indexOf(':') == 1 ? "0" : "") + text;
    }

    /** A hand holds the playhead. */
    public void drag(long at) {
        notes.drop();
        long held = Math.clamp(at, beginning().orElse(Long.MIN_VALUE), present());
        dragged = Optional.of(held);
        playhead.set(held);
        if (mode.get() != Mode.LIVE) {
            host.replay().ifPresent(replay -> replay.seek(Times.instant(held)));
        }
    }

    /** The hand lets go of the playhead. */
    public void drop() {
        Optional<Long> where = dragged;
        dragged = Optional.empty();
        if (mode.get() == Mode.LIVE) {
            where.map(Times::instant).ifPresent(this::enter);
        }
    }

    // Playing.

    /** Plays forward, or stands still. */
    public void playOrPause() {
        with((replay, now) -> {
            if (now.playing()) {
                replay.pause();
            } else {
                visible.follow();
                replay.play(false);
            }
        });
    }

    /** Plays, forward or back. */
    public void play(boolean backwards) {
        with((replay, now) -> {
            visible.follow();
            replay.play(backwards);
        });
    }

    /** Stands still. */
    public void pause() {
        with((replay, now) -> replay.pause());
    }

    /** Plays at another speed. */
    public void speed(double speed) {
        with((replay, now) -> replay.speed(speed));
    }

    /** Plays at the next faster or slower speed. */
    public void faster(boolean faster) {
        with((replay, now) -> {
            List<Double> speeds = faster ? Playback.SPEEDS : Playback.SPEEDS.reversed();
            speeds.stream()
                    .filter(speed -> faster ? speed > now.speed() : speed < now.speed())
                    .findFirst()
                    .ifPresent(replay::speed);
        });
    }

    /** Hurries where nothing happens, or no more. */
    public void skipQuiet() {
        with((replay, now) -> replay.skipQuiet(!now.skipsQuiet()));
    }

    /** Goes to the next or the last reading. */
    public void step(boolean backwards) {
        with((replay, now) -> {
            visible.follow();
            replay.step(backwards);
        });
    }

    /** Goes to the next or the last event of the kinds that are chosen. */
    public void jump(boolean backwards) {
        Set<Occurrence.Kind> kinds = list.kindsProperty().get();
        if (!kinds.isEmpty()) {
            with((replay, now) -> {
                visible.follow();
                replay.jump(kinds, backwards);
            });
        }
    }

    /** Tells from another knowledge. */
    public void basis(Basis basis) {
        if (basis == Basis.KNOWN_NOW || thenMissing.get().isEmpty()) {
            with((replay, now) -> replay.basis(basis));
        }
    }

    /** What a condition that somebody types would mean. */
    UntilText.Meaning until(String typed, Optional<ElementId> selected) {
        return new UntilText(plan, figures()).read(typed, selected);
    }

    /** Plays until a condition holds; an empty text: no longer. What it means, or why not. */
    UntilText.Meaning playUntil(String typed, Optional<ElementId> selected) {
        UntilText.Meaning meaning = until(typed, selected);
        with((replay, now) -> {
            if (typed.isBlank() || meaning.until().isPresent()) {
                replay.until(meaning.until());
            }
            if (meaning.until().isPresent()) {
                visible.follow();
                replay.play(false);
            }
        });
        return meaning;
    }

    private interface Act {
        void on(Replay replay, Playback now);
    }

    /** Nothing where there is no replay, and in a drill, which plays by itself. */
    private void with(Act act) {
        if (mode.get().isPlayed()) {
            host.replay()
                    .ifPresent(
                            replay -> act.on(replay, playback.get().orElseGet(replay::playback)));
        }
    }

    // The stretch.

    /** Moves what is shown, later by so much; microseconds. */
    public void move(long by) {
        visible.move(by);
        stretch.set(visible.stretch());
        look();
    }

    /** Zooms about a moment. */
    public void zoom(long about, double factor) {
        visible.zoom(about, factor);
        stretch.set(visible.stretch());
        look();
    }

    /** Marks an interval; empty: none. */
    public void mark(Optional<Stretch> interval) {
        brush.set(interval);
    }

    /** The interval that is marked, from when to when. */
    Optional<Stretch> marked() {
        return brush.get();
    }

    private void place(long at, boolean backwards) {
        playhead.set(at);
        if (visible.playhead(at, backwards)) {
            stretch.set(visible.stretch());
        }
        list.show(momentInPast());
    }

    /** The moment shown; empty at present. */
    private Optional<Instant> momentInPast() {
        return mode.get() == Mode.LIVE
                ? Optional.empty()
                : Optional.of(Times.instant(playhead.get()));
    }

    // What happened.

    /** Shows a kind in the list, or no more. */
    public void kind(Occurrence.Kind kind, boolean shown) {
        Set<Occurrence.Kind> next = EnumSet.noneOf(Occurrence.Kind.class);
        next.addAll(list.kindsProperty().get());
        if (shown ? next.add(kind) : next.remove(kind)) {
            choose(next);
        }
    }

    /** Shows this kind only; where it is the only one already, all. */
    public void only(Occurrence.Kind kind) {
        Set<Occurrence.Kind> one = EnumSet.of(kind);
        choose(list.kindsProperty().get().equals(one) ? EnumSet.allOf(Occurrence.Kind.class) : one);
    }

    /** Shows every kind. */
    public void all() {
        choose(EnumSet.allOf(Occurrence.Kind.class));
    }

    private void choose(Set<Occurrence.Kind> shown) {
        list.choose(shown);
        filter();
    }

    private void begin() {
        loaded = Optional.empty();
        askThen();
        if (!askedOnce) {
            askedOnce = true;
            ask(
                    work -> settings.recorded().extent(work),
                    extent -> {
                        beginning = extent.map(Recorded.Extent::from).map(Times::micros);
                        // The lanes show where the past begins.
                        events.set(new ArrayList<>(events.get()));
                    });
            notes.askWhereTheyStay();
        }
    }

    private void askThen() {
        if (!askedThen) {
            askedThen = true;
            ask(work -> settings.recorded().knownThenMissing(work), thenMissing::set);
        }
    }

    /** Asks what happened in what is shown, where that is not known yet. */
    private void look() {
        if (!open.get()) {
            return;
        }
        Stretch shown = stretch.get();
        long end = Math.min(shown.to(), present());
        if (end <= shown.from()
                || (!outdated && covers(loaded, shown.from(), end - TAIL))
                || isAsked(shown.from(), end - TAIL)) {
            return;
        }
        Stretch wanted = shown.widened(AHEAD);
        long to = Math.max(wanted.from() + 1, Math.min(wanted.to(), present() + 1));
        boolean toPresent = wanted.to() > present();
        Optional<Stretch> before =
                loaded.filter(its -> !outdated && onlyTailLacks(its, shown, wanted));
        found = new ArrayList<>();
        outdated = false;
        if (before.isPresent()) {
            long tail = before.get().to() - OVERLAP;
            asked =
                    new Asked(
                            new Stretch(before.get().from(), to), toPresent, OptionalLong.of(tail));
            loader.ask(new Stretch(tail, to));
        } else {
            asked = new Asked(new Stretch(wanted.from(), to), toPresent, OptionalLong.empty());
            reading.set(true);
            loader.ask(asked.known);
        }
    }

    /** Rows came of a time long past: where it is shown, it is asked for once more. */
    private void late(long from, long to) {
        boolean shows = loaded.filter(its -> its.from() <= to && its.to() >= from).isPresent();
        boolean asks = loader.isBusy() && asked.known.from() <= to && asked.known.to() >= from;
        if (shows || asks) {
            outdated = true;
            look();
        }
    }

    private boolean onlyTailLacks(Stretch its, Stretch shown, Stretch wanted) {
        return whole
                && its.from() <= shown.from()
                && its.from() >= wanted.from() - KEPT * wanted.width()
                && its.width() > 2 * OVERLAP
                && its.to() > shown.from();
    }

    /** Whether the answer under way holds it; of a present that moved on, the rest comes after. */
    private boolean isAsked(long from, long to) {
        return loader.isBusy()
                && asked.known.from() <= from
                && (asked.known.to() >= to || asked.toPresent);
    }

    private static boolean covers(Optional<Stretch> known, long from, long to) {
        return known.filter(its -> its.from() <= from && its.to() >= to).isPresent();
    }

    private final class Found implements OccurrenceLoader.Waiting {
        @Override
        public void found(List<Occurrence> some) {
            found.addAll(some);
            if (asked.tail.isPresent()) {
                // What goes on is told once more: all of it, or twice.
                return;
            }
            // Until all is there, what was known before stays on screen.
            Set<Occurrence> all = new LinkedHashSet<>(known);
            all.addAll(found);
            tell(all);
        }

        @Override
        public void done(Stretch stretch) {
            loaded = Optional.of(asked.known);
            whole = true;
            known =
                    tell(
                            asked.tail.isPresent()
                                    ? joined(Times.instant(asked.tail.getAsLong()))
                                    : new LinkedHashSet<>(found));
            found = new ArrayList<>();
            reading.set(entering);
            failure.set(Optional.empty());
            list.retain(known);
            look();
        }

        @Override
        public void failed(Sentence why) {
            reading.set(entering);
            failure.set(Optional.of(why));
            // Asked again when the present has moved on, or where the stretch is another one.
            loaded = Optional.of(asked.known);
            whole = false;
        }

        /** What was known of the time before a moment, and all that was found since. */
        private Set<Occurrence> joined(Instant tail) {
            Set<Occurrence> since = new LinkedHashSet<>(found);
            Set<Occurrence> all = new LinkedHashSet<>();
            for (Occurrence one : known) {
                if (one.at().isBefore(tail)) {
                    // What goes on is told once more, with its end by now.
                    Optional<Occurrence> again =
                            since.stream()
                                    .filter(other -> isSame(one, other) && goesOn(one, other, tail))
                                    .findFirst();
                    again.ifPresent(since::remove);
                    all.add(again.map(other -> endedAs(one, other.to())).orElse(one));
                }
            }
            all.addAll(since);
            return all;
        }

        /** One whose beginning was not looked for again begins where the question did. */
        private static boolean goesOn(Occurrence one, Occurrence other, Instant tail) {
            return other.at().equals(one.at())
                    || (other.at().equals(tail) && !one.to().filter(tail::isAfter).isPresent());
        }

        private static boolean isSame(Occurrence one, Occurrence other) {
            return one.kind() == other.kind()
                    && one.point().equals(other.point())
                    && one.element().equals(other.element())
                    && one.deviation() == other.deviation()
                    && one.limit().equals(other.limit());
        }

        private static Occurrence endedAs(Occurrence one, Optional<Instant> to) {
            return new Occurrence(
                    one.kind(),
                    one.at(),
                    to,
                    one.within(),
                    one.element(),
                    one.point(),
                    one.deviation(),
                    one.value(),
                    one.limit(),
                    one.unit(),
                    one.text(),
                    one.author());
        }
    }

    private List<Occurrence> tell(Set<Occurrence> all) {
        List<Occurrence> sorted = new ArrayList<>(all);
        sorted.sort(ORDER);
        List<Occurrence> told = List.copyOf(sorted);
        events.set(told);
        filter();
        return told;
    }

    private void filter() {
        EventWords writes = new EventWords(plan, figures());
        Instant today = Times.instant(present());
        list.show(
                events.get(),
                event -> writes.row(event, today),
                speech.words().locale(),
                momentInPast());
    }

    /** The index of the row of now; −1 where there is none. */
    int currentIndex() {
        return list.indexAt(momentInPast());
    }

    private void noted(Note note) {
        Set<Occurrence> all = new LinkedHashSet<>(known);
        all.add(OccurrenceLoader.occurrence(note));
        known = tell(all);
    }

    /** Nothing is asked any more. */
    public void close() {
        loader.forget();
        try {
            lateRows.close();
        } catch (Exception closing) { // the boundary of AutoCloseable, which declares it
            LOG.warn("while closing", closing);
        }
    }

    private interface Question<T> {
        T ask(Work work) throws Fault;
    }

    private <T> void ask(Question<T> question, Consumer<T> answered) {
        questions++;
        elsewhere.execute(() -> {
            try {
                T answer = question.ask(new Work());
                home.execute(() -> {
                    questions--;
                    answered.accept(answer);
                });
            } catch (Fault fault) {
                LOG.info("the past cannot be asked: {}", fault.getMessage());
                home.execute(() -> cannot(fault.sentence()));
            } catch (CancellationException nobodyWaits) {
                LOG.debug("nobody waits any more");
                home.execute(() -> questions--);
            } catch (RuntimeException mistake) { // the boundary of a question's thread
                LOG.error("the past cannot be asked", mistake);
                home.execute(() -> cannot(Sentence.of("replay.events-failed")));
            }
        });
    }

    private void cannot(Sentence why) {
        questions--;
        entering = false;
        askedThen = false;
        reading.set(loader.isBusy());
        failure.set(Optional.of(why));
    }
}
