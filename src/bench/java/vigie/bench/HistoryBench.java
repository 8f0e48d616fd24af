package vigie.bench;

import vigie.app.Bench;
import vigie.text.Fault;

import java.io.PrintStream;
import java.util.List;

/** {@code ./vigie bench history}: questions about the past, asked of a store of two years. */
public final class HistoryBench implements Bench {
    private static final double LONGEST_S = 600;
    private static final double LARGEST_GB = 8;
    private static final double GB = 1 << 30;

    @Override
    public String name() {
        return "history";
    }

    @Override
    public List<Figure> run(PrintStream progress) throws Fault {
        try (HistoryStore store = HistoryStore.open(progress)) {
            return List.of(
                    Figure.atMost(LONGEST_S, "store_built_s", store.built().seconds(), "s"),
                    Figure.atMost(LARGEST_GB, "store_gb", store.built().bytes() / GB, "GB"));
        }
    }
}
