package vigie.console.history;

import vigie.feed.Deadline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/** A model's thread and its clock, both in the hand of the test. */
final class Home implements Executor, ChartModel.Later {
    private record Task(Duration at, Runnable work) {}

    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final List<Task> waiting = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public void execute(Runnable work) {
        queue.add(work);
    }

    @Override
    public void after(Duration wait, Runnable work) {
        waiting.add(new Task(now.plus(wait), work));
    }

    /** Runs what is there. */
    void run() {
        for (Runnable work = queue.poll(); work != null; work = queue.poll()) {
            work.run();
        }
    }

    /** Runs what comes until something is so. */
    void until(String what, BooleanSupplier happened) {
        Deadline.within(
                Duration.ofSeconds(20),
                what,
                () -> {
                    run();
                    return happened.getAsBoolean();
                });
    }

    /** The clock goes on. */
    void pass(Duration time) {
        now = now.plus(time);
        List<Task> due = waiting.stream().filter(task -> task.at.compareTo(now) <= 0).toList();
        waiting.removeAll(due);
        due.forEach(task -> task.work.run());
        run();
    }
}
