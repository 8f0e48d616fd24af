package vigie.console.difference;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.bridge.FxBridge;
import vigie.history.Work;
import vigie.picture.Difference;
import vigie.picture.Picture;
import vigie.picture.PictureMaker;
import vigie.plan.Plan;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.room.Bindings;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Moment;
import vigie.timeline.Recorded;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;

/**
 * Holds what is shown against another moment. It is given every picture that is shown, of the
 * present or of the past, and asks for the room of the other moment when that has moved far enough:
 * a few times a second at most, one asking at a time. Until an answer comes the other moment stays
 * the one before, and the difference says which it is. JavaFX thread only; the asking is done on a
 * thread of its own.
 */
public final class DifferenceControl implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DifferenceControl.class);

    /** From one asking to the next. */
    private static final Duration BREATH = Duration.ofMillis(250);

    /** While time goes on, nobody sees the other moment move by less. */
    private static final Duration NOTICED = Duration.ofSeconds(10);

    private final Recorded recorded;
    private final PictureMaker pictures;
    private final Executor threads;
    private final Executor screen;
    private final ReadOnlyObjectWrapper<Optional<Difference>> difference =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Sentence>> fault =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    private Optional<Against> against = Optional.empty();
    private Optional<Picture> shown = Optional.empty();
    private Optional<Picture> other = Optional.empty();
    private Basis basis = Basis.KNOWN_NOW;
    private Basis otherBasis = Basis.KNOWN_NOW;
    private Instant before = Instant.MIN;
    private @Nullable Work asking;

    /** A control that asks on virtual threads and answers on the JavaFX thread. */
    public DifferenceControl(Recorded recorded, Plan plan) {
        this(
                recorded,
                plan,
                task -> Thread.ofVirtual().name("vigie-difference").start(task),
                FxBridge::onFx);
    }

    /**
     * @param threads where the past is asked
     * @param screen where answers are taken: the thread of everything else here
     */
    DifferenceControl(Recorded recorded, Plan plan, Executor threads, Executor screen) {
        this.recorded = recorded;
        this.threads = threads;
        this.screen = screen;
        pictures = new PictureMaker(plan, Bindings.NONE);
    }

    /** What differs; empty: nothing is compared, or the other moment is still being read. */
    public ReadOnlyObjectProperty<Optional<Difference>> differenceProperty() {
        return difference.getReadOnlyProperty();
    }

    /** Why the other moment cannot be read; empty: it can. */
    public ReadOnlyObjectProperty<Optional<Sentence>> faultProperty() {
        return fault.getReadOnlyProperty();
    }

    /** What is held against what is shown; empty: nothing. */
    public Optional<Against> against() {
        return against;
    }

    /** Compares with another moment, or no longer. */
    public void show(Optional<Against> wanted) {
        against = wanted;
        cancel();
        fault.set(Optional.empty());
        if (wanted.isEmpty()) {
            other = Optional.empty();
            difference.set(Optional.empty());
            return;
        }
        ask(true);
    }

    /**
     * Back at present, whichever way: nothing is compared any more, for who looks at the present
     * needs its signs. The pictures to come have nothing to do with those before.
     */
    public void showsPresent() {
        show(Optional.empty());
        shown = Optional.empty();
        before = Instant.MIN;
    }

    /**
     * Takes a picture that is shown; to be called for each, at least once a second.
     *
     * @param newBasis which knowledge it tells from, and the other moment with it; of the present
     *     {@link Basis#KNOWN_NOW}
     */
    public void show(Picture picture, Basis newBasis) {
        boolean stands = picture.at().equals(before);
        before = picture.at();
        shown = Optional.of(picture);
        if (newBasis != basis) {
            basis = newBasis;
            cancel();
        }
        if (against.isPresent()) {
            tell();
            ask(stands);
        }
    }

    @Override
    public void close() {
        against = Optional.empty();
        cancel();
    }

    private void cancel() {
        if (asking != null) {
            asking.cancel();
            asking = null;
        }
    }

    /**
     * Asks where the other moment is not the one it should be.
     *
     * @param exactly also where it is nearly so: time stands still
     */
    private void ask(boolean exactly) {
        if (against.isEmpty() || shown.isEmpty() || asking != null) {
            return;
        }
        Instant wanted = against.get().of(shown.get().at());
        boolean near =
                other.isPresent()
                        && otherBasis == basis
                        && Duration.between(other.get().at(), wanted)
                                        .abs()
                                        .compareTo(exactly ? Duration.ofNanos(1) : NOTICED)
                                < 0;
        if (near) {
            return;
        }
        Work work = new Work();
        asking = work;
        Basis asked = basis;
        threads.execute(() -> answer(wanted, asked, work));
    }

    private void answer(Instant wanted, Basis asked, Work work) {
        try {
            Reel reel = recorded.at(wanted, asked, work);
            screen.execute(() -> take(reel, wanted, asked, work));
            Thread.sleep(BREATH);
            screen.execute(() -> rested(work));
        } catch (CancellationException nobodyWaits) {
            LOG.trace("another moment was chosen", nobodyWaits);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (Fault cannot) {
            LOG.warn("the other moment cannot be read: {}", cannot.getMessage());
            screen.execute(() -> failed(cannot.sentence(), work));
        } catch (RuntimeException mistake) { // the boundary: the screen must be told
            LOG.error("the other moment cannot be read", mistake);
            screen.execute(() -> failed(Sentence.of("playing.mistake"), work));
        }
    }

    private void take(Reel reel, Instant at, Basis asked, Work work) {
        if (asking != work) {
            return;
        }
        Moment moment = Moment.past(reel.at(at), reel.cadences(), reel.widths(), at, 0);
        other = Optional.of(pictures.next(moment.state(), moment.freshness(at), at));
        otherBasis = asked;
        fault.set(Optional.empty());
        tell();
    }

    /** Only now the next may be asked. */
    private void rested(Work work) {
        if (asking == work) {
            asking = null;
            ask(false);
        }
    }

    /** The next picture asks again. */
    private void failed(Sentence sentence, Work work) {
        if (asking == work) {
            asking = null;
            other = Optional.empty();
            difference.set(Optional.empty());
            fault.set(Optional.of(Sentence.of("difference.failed", sentence)));
        }
    }

    private void tell() {
        if (shown.isEmpty() || other.isEmpty()) {
            return;
        }
        Picture now = shown.get();
        Picture then = other.get();
        if (otherBasis != basis) {
            // Two kinds of knowledge are never held against each other.
            difference.set(Optional.empty());
            return;
        }
        difference.set(
                Optional.of(
                        difference
                                .get()
                                .map(last -> last.next(now, then))
                                .orElseGet(() -> Difference.of(now, then))));
    }
}
