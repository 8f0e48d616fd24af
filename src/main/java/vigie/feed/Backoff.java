package vigie.feed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: half a second to a second for the first five minutes, then
 * up to half a minute, always with chance in it, so that many consoles do not knock at once.
 */
final class Backoff {
    private static final Duration EAGER = Duration.ofMinutes(5);
    private static final double SHORTEST = 0.5;
    private static final double LONGEST_EAGER = 1.0;
    private static final double LONGEST = 30.0;
    private static final double GROWTH = 1.5;

    private final RandomGenerator random;
    private double longest = LONGEST_EAGER;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The next wait.
     *
     * @param trouble how long it has been going on
     */
    Duration next(Duration trouble) {
        longest =
                trouble.compareTo(EAGER) < 0 ? LONGEST_EAGER : Math.min(LONGEST, longest * GROWTH);
        double seconds = longest / 2 + random.nextDouble() * (longest / 2);
        return Duration.ofMillis(Math.round(Math.max(SHORTEST, seconds) * 1_000));
    }
}
