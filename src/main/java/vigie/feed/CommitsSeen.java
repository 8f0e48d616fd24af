package vigie.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the last commits of a recorder tell of its clock and its habits.
 *
 * @param count how many were looked at
 * @param last the newest (the database's clock)
 * @param interval between two commits of a recorder that has something to write, to the second
 * @param ahead how far Home Assistant's clock is ahead of the database's; zero within what the
 *     resolution of the log can tell
 */
record CommitsSeen(int count, Instant last, Duration interval, Duration ahead) {
    /** Fewer say too little. */
    static final int FEWEST = 5;

    private static final double MOST_COMMITS = 0.9;

    /** The log knows a commit's second, rounded down. */
    private static final Duration RESOLUTION = Duration.ofSeconds(1);

    /**
     * One commit.
     *
     * @param committed its second (the database's clock)
     * @param first the earliest time of its rows (Home Assistant's clock)
     * @param latest the latest
     */
    record Commit(Instant committed, Instant first, Instant latest) {}

    /**
     * Judges commits.
     *
     * <p>A row waits for its commit between nothing and a whole interval, whatever the traffic: so
     * the interval is the difference between the longest and the shortest wait, in which the
     * difference of the clocks cancels out. Pauses between commits would tell it only of a busy
     * recorder. Single commits that took very long (a restart, a locked table) do not count.
     */
    static Optional<CommitsSeen> of(List<Commit> commits) {
        if (commits.size() < FEWEST) {
            return Optional.empty();
        }
        List<Duration> longest =
                commits.stream()
                        .map(commit -> Duration.between(commit.first(), commit.committed()))
                        .sorted()
                        .toList();
        Duration shortest =
                commits.stream()
                        .map(commit -> Duration.between(commit.latest(), commit.committed()))
                        .min(Duration::compareTo)
                        .orElseThrow();
        Duration wait = longest.get((int) ((longest.size() - 1) * MOST_COMMITS)).minus(shortest);
        // Both ends are rounded down by up to a second.
        Duration interval = Duration.ofSeconds(Math.round(wait.toMillis() / 1_000.0 - 0.5));
        Duration ahead = shortest.plus(RESOLUTION.dividedBy(2)).negated();
        return Optional.of(
                new CommitsSeen(
                        commits.size(),
                        commits.getLast().committed(),
                        interval.isNegative() ? Duration.ZERO : interval,
                        ahead.abs().compareTo(RESOLUTION) <= 0 ? Duration.ZERO : ahead));
    }
}
