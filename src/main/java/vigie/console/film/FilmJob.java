package vigie.console.film;

import org.jspecify.annotations.Nullable;

import vigie.console.bridge.FxBridge;
import vigie.console.start.Display;
import vigie.console.start.ToolkitStart;
import vigie.history.Work;
import vigie.picture.Picture;
import vigie.picture.PictureMaker;
import vigie.plan.Plan;
import vigie.recording.Playhead;
import vigie.recording.Reel;
import vigie.room.Bindings;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;
import vigie.timeline.Moment;
import vigie.timeline.Recorded;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.DoubleConsumer;

/**
 * Makes a film of an interval of the past: every reading of it is folded, in the order in which it
 * counts, and the frames are drawn by the window's own plan. While one frame is drawn the one
 * before is packed.
 */
public final class FilmJob {
    private FilmJob() {}

    /**
     * Makes it. Blocks until it is there; not to be called on the JavaFX thread. Starts JavaFX in
     * memory where it does not run yet. A film is there whole or not at all: nothing is left of one
     * that was cancelled or failed, and a file of the same name stays as it was until then.
     *
     * @param progress is told the share done, 0 to 1, after each frame; on the caller's thread
     * @param work whoever cancels it ends the film
     * @throws CancellationException the work was cancelled
     * @throws Fault the past cannot be read, the file cannot be written or is of no kind that is
     *     made, or there would be too many frames
     */
    public static Film run(
            Recorded recorded,
            Plan plan,
            Words words,
            FilmOrder order,
            DoubleConsumer progress,
            Work work)
            throws Fault, InterruptedException {
        long frames = order.frames();
        if (frames > FilmOrder.MOST_FRAMES) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("film.too-long", frames, FilmOrder.MOST_FRAMES),
                    "a film of " + frames + " frames");
        }
        if (!order.isKnownKind()) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("film.kind", order.file().toString()),
                    "neither a GIF nor a folder: " + order.file());
        }
        ToolkitStart.start(Display.choose(true), order.size());
        try (FilmFile file = FilmFile.open(order)) {
            FilmScene scene = onFx(() -> new FilmScene(plan, words, order.speed(), order.size()));
            Pictures pictures = new Pictures(recorded, plan, order, work);
            int size = order.size().width() * order.size().height();
            int[] drawn = new int[size];
            int[] packed = new int[size];
            FutureTask<Void> drawing = draw(scene, pictures.next(order.at(0)), drawn);
            for (long i = 0; i < frames; i++) {
                Optional<Picture> next =
                        i + 1 < frames
                                ? Optional.of(pictures.next(order.at(i + 1)))
                                : Optional.empty();
                finished(drawing);
                int[] ready = drawn;
                drawn = packed;
                packed = ready;
                if (next.isPresent()) {
                    drawing = draw(scene, next.get(), drawn);
                }
                file.add(packed);
                progress.accept((i + 1.0) / frames);
                work.check();
            }
            return new Film(order.file(), frames, file.keep(), pictures.folded());
        } catch (IOException cannotWrite) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("film.unwritable", order.file().toString()),
                    "cannot write " + order.file() + ": " + cannotWrite,
                    cannotWrite);
        }
    }

    private static FutureTask<Void> draw(FilmScene scene, Picture picture, int[] pixels) {
        FutureTask<Void> task = new FutureTask<>(() -> scene.draw(picture, pixels), null);
        FxBridge.onFx(task);
        return task;
    }

    private static <T> T onFx(Callable<T> making) throws InterruptedException {
        FutureTask<T> task = new FutureTask<>(making);
        FxBridge.onFx(task);
        return finished(task);
    }

    private static <T> T finished(FutureTask<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException mistake) {
            throw new IllegalStateException("a frame could not be drawn", mistake.getCause());
        }
    }

    /** The pictures of an interval, one after the other. */
    private static final class Pictures {
        private final Recorded recorded;
        private final FilmOrder order;
        private final Work work;
        private final PictureMaker maker;
        private @Nullable Playhead head;
        private long folded;

        Pictures(Recorded recorded, Plan plan, FilmOrder order, Work work) {
            this.recorded = recorded;
            this.order = order;
            this.work = work;
            maker = new PictureMaker(plan, Bindings.NONE);
        }

        /** The picture of a moment, not before the one asked for last. */
        Picture next(Instant at) throws Fault {
            Playhead playing = head;
            while (playing == null || !playing.reel().holds(at)) {
                if (playing != null) {
                    folded += playing.folded();
                }
                playing = recorded.reel(at, order.basis(), work).play();
            }
            head = playing;
            playing.advance(at);
            Reel reel = playing.reel();
            Moment moment = Moment.past(playing.state(), reel.cadences(), reel.widths(), at, 0);
            return maker.next(moment.state(), moment.freshness(at), at);
        }

        long folded() {
            return folded + (head == null ? 0 : head.folded());
        }
    }
}
