package vigie.console.setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Work waits until a test lets it be done. */
final class ByHand implements Later {
    /** One piece of work. */
    static final class Waiting {
        final Duration after;
        private final Runnable work;
        boolean cancelled;

        Waiting(Duration after, Runnable work) {
            this.after = after;
            this.work = work;
        }

        void run() {
            work.run();
        }
    }

    final List<Waiting> begun = new ArrayList<>();
    private int done;

    @Override
    public Runnable begin(Duration after, Runnable work) {
        Waiting waiting = new Waiting(after, work);
        begun.add(waiting);
        return () -> waiting.cancelled = true;
    }

    /** What was begun last. */
    Waiting newest() {
        return begun.getLast();
    }

    /** Does what was begun so far and nobody has cancelled. */
    void runAll() {
        int upTo = begun.size();
        for (; done < upTo; done++) {
            if (!begun.get(done).cancelled) {
                begun.get(done).run();
            }
        }
    }
}
