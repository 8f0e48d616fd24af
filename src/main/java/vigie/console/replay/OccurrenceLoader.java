package vigie.console.replay;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.history.chart.Stretch;
import vigie.history.Times;
import vigie.history.Work;
import vigie.note.Note;
import vigie.note.NoteBook;
import vigie.plan.Deviation;
import vigie.plan.ElementId;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Occurrence;
import vigie.timeline.OccurrenceSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Asks what happened in a stretch: one question at a time, elsewhere; told as it is found. A newer
 * question ends the one before. Used on one thread, on which it also answers.
 */
final class OccurrenceLoader {
    private static final Logger LOG = LoggerFactory.getLogger(OccurrenceLoader.class);

    /** What is found is shown so often: every one by itself would cost more than it tells. */
    private static final long PACE = Duration.ofMillis(250).toNanos();

    /** Who waits. */
    interface Waiting {
        /** Some more of a question, in order of time. */
        void found(List<Occurrence> some);

        /** That was all there is in the stretch. */
        void done(Stretch stretch);

        /**
         * @param why for the operator
         */
        void failed(Sentence why);
    }

    private record Question(Stretch stretch, Work work) {}

    private final OccurrenceSource source;
    private final Optional<NoteBook> notes;
    private final Executor elsewhere;
    private final Executor home;
    private final Waiting waiting;
    private @Nullable Question running;

    /**
     * @param notes asked too: notes may be kept where the source does not look
     * @param elsewhere runs what blocks
     * @param home runs what it is given on the thread this is used on
     */
    OccurrenceLoader(
            OccurrenceSource source,
            Optional<NoteBook> notes,
            Executor elsewhere,
            Executor home,
            Waiting waiting) {
        this.source = source;
        this.notes = notes;
        this.elsewhere = elsewhere;
        this.home = home;
        this.waiting = waiting;
    }

    /** Asks; what was asked before and is still under way is not waited for any more. */
    void ask(Stretch stretch) {
        forget();
        Question question = new Question(stretch, new Work());
        running = question;
        elsewhere.execute(() -> ask(question));
    }

    /** Nobody waits any more. */
    void forget() {
        Question before = running;
        running = null;
        if (before != null) {
            // It may talk to the server.
            elsewhere.execute(before.work::cancel);
        }
    }

    /** Whether an answer is on its way. */
    boolean isBusy() {
        return running != null;
    }

    /** The stretch that is being asked for; empty: none. */
    Optional<Stretch> asked() {
        return Optional.ofNullable(running).map(Question::stretch);
    }

    private void ask(Question question) {
        Batch batch = new Batch(some -> tell(question, () -> waiting.found(some)));
        try {
            source.occurrences(
                    Times.instant(question.stretch.from()),
                    Times.instant(question.stretch.to()),
                    question.work,
                    batch);
            if (notes.isPresent()) {
                question.work.check();
                for (Note note :
                        notes.get()
                                .between(
                                        Times.instant(question.stretch.from()),
                                        Times.instant(question.stretch.to()))) {
                    batch.accept(occurrence(note));
                }
            }
            batch.flush();
            tell(question, () -> end(() -> waiting.done(question.stretch)));
        } catch (CancellationException nobodyWaits) {
            LOG.debug("nobody waits for what happened any more");
            // Where somebody does, it was cut off by something else: he must not wait for ever.
            tell(question, () -> end(() -> waiting.failed(Sentence.of("replay.events-failed"))));
        } catch (Fault fault) {
            LOG.info("what happened cannot be asked: {}", fault.getMessage());
            batch.flush();
            tell(question, () -> end(() -> waiting.failed(fault.sentence())));
        } catch (RuntimeException mistake) { // the boundary of a question's thread
            LOG.error("what happened cannot be asked", mistake);
            tell(question, () -> end(() -> waiting.failed(Sentence.of("replay.events-failed"))));
        }
    }

    /** A note as something that happened. */
    static Occurrence occurrence(Note note) {
        return new Occurrence(
                Occurrence.Kind.NOTE,
                note.at(),
                Optional.empty(),
                Duration.ZERO,
                note.element().map(ElementId::new),
                Optional.empty(),
                Deviation.NONE,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                null,
                note.text(),
                note.author());
    }

    private void end(Runnable last) {
        running = null;
        last.run();
    }

    private void tell(Question question, Runnable news) {
        home.execute(() -> {
            if (question.equals(running)) {
                news.run();
            }
        });
    }

    /** Gathers what is found; one thread. */
    private static final class Batch implements Consumer<Occurrence> {
        private final Consumer<List<Occurrence>> told;
        private List<Occurrence> gathered = new ArrayList<>();
        private long since = System.nanoTime();

        Batch(Consumer<List<Occurrence>> told) {
            this.told = told;
        }

        @Override
        public void accept(Occurrence one) {
            gathered.add(one);
            if (System.nanoTime() - since > PACE) {
                flush();
            }
        }

        void flush() {
            if (!gathered.isEmpty()) {
                told.accept(gathered);
                gathered = new ArrayList<>();
            }
            since = System.nanoTime();
        }
    }
}
