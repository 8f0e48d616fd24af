package vigie.bench;

import vigie.app.Bench;
import vigie.feed.Soak;
import vigie.store.testing.ServerVersion;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * {@code ./vigie bench soak --hours N}: faults at random on two replicating servers while a home
 * writes, and afterwards every row compared. What was lost, printed twice or invented must be
 * nothing; how many faults and rows that means is told beside it.
 */
public final class SoakBench implements Bench {
    private static final Duration USUAL = Duration.ofHours(1);
    private final Duration length;

    /** An hour. */
    public SoakBench() {
        this(USUAL);
    }

    private SoakBench(Duration length) {
        this.length = length;
    }

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public Bench lasting(Duration asked) {
        return new SoakBench(asked);
    }

    @Override
    public List<Figure> run(PrintStream progress) throws Fault, InterruptedException {
        long seed = new Random().nextInt(1_000_000);
        try {
            Path folder = Files.createTempDirectory("vigie-soak");
            Soak.Outcome outcome = Soak.run(ServerVersion.EMBEDDED, folder, seed, length, progress);
            return List.of(
                    Figure.atMost(0, "lost", (double) outcome.lost(), "rows"),
                    Figure.atMost(0, "doubled_or_invented", (double) outcome.surplus(), "rows"),
                    Figure.atMost(0, "points_that_differ", (double) outcome.differing(), ""),
                    Figure.atLeast(1, "faults", outcome.faults(), ""),
                    Figure.atLeast(1, "rows", (double) outcome.rows(), ""),
                    Figure.atLeast(0, "undone", (double) outcome.undone(), "rows"),
                    Figure.atLeast(0, "recovered", (double) outcome.recovered(), "rows"));
        } catch (IOException | SQLException failed) {
            throw new Fault(
                    Fault.Kind.FAILED,
                    Sentence.of("app.bench.broken", "soak", String.valueOf(failed.getMessage())),
                    "soak with seed " + seed + " broke off",
                    failed);
        }
    }
}
