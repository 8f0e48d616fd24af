package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.feed.CommitsSeen.Commit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class CommitsSeenTest {
    private static final Instant BEGAN = Instant.parse("2026-11-21T06:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1, 0, 30",
        "1, 0, 2",
        "5, 0, 30",
        "5, 0, 3",
        "5, -40, 20",
        "1, 7, 20",
        "10, 0, 5",
    })
    void the_interval_and_the_clock_are_told_apart(int interval, int ahead, int rowsPerCommit) {
        for (int seed = 0; seed < 50; seed++) {
            CommitsSeen seen =
                    CommitsSeen.of(commits(interval, ahead, rowsPerCommit, new Random(seed)))
                            .orElseThrow();
            assertThat(seen.interval().toSeconds())
                    .isBetween((long) (interval * 0.7), interval + 1L);
            assertThat(seen.interval().compareTo(Duration.ofSeconds(2)) > 0)
                    .as("interval %s", seen.interval())
                    .isEqualTo(interval > 2);
            // Up to a second of rounding, and the shortest wait that was seen.
            assertThat(seen.ahead())
                    .isBetween(
                            Duration.ofSeconds(ahead).minusMillis(2_000),
                            Duration.ofSeconds(ahead).plusMillis(1_000));
        }
    }

    @Test
    void a_house_where_little_happens_is_not_taken_for_a_slow_recorder() {
        List<Commit> rare = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Instant row = BEGAN.plusSeconds(i * 60L).plusMillis(i * 37L);
            rare.add(new Commit(row.plusMillis(i * 40L).truncatedTo(ChronoUnit.SECONDS), row, row));
        }
        assertThat(CommitsSeen.of(rare).orElseThrow().interval())
                .isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void few_commits_say_nothing() {
        assertThat(CommitsSeen.of(commits(1, 0, 5, new Random(1)).subList(0, 4))).isEmpty();
    }

    @Test
    void a_restart_among_many_commits_does_not_count() {
        List<Commit> commits = new ArrayList<>(commits(1, 0, 10, new Random(7)));
        commits.set(
                20,
                new Commit(
                        commits.get(20).committed(),
                        commits.get(20).first().minusSeconds(600),
                        commits.get(20).latest()));
        assertThat(CommitsSeen.of(commits).orElseThrow().interval())
                .isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    private static List<Commit> commits(int interval, int ahead, int rows, Random random) {
        List<Commit> commits = new ArrayList<>();
        Instant commit = BEGAN.plusMillis(random.nextInt(1_000));
        for (int i = 0; i < 60; i++) {
            commit = commit.plusSeconds(interval);
            long first = Long.MAX_VALUE;
            long latest = 0;
            for (int r = 0; r < rows; r++) {
                long before = random.nextInt(interval * 1_000);
                first = r == 0 ? before : Math.max(first, before);
                latest = r == 0 ? before : Math.min(latest, before);
            }
            commits.add(
                    new Commit(
                            commit.truncatedTo(ChronoUnit.SECONDS),
                            commit.minusMillis(first).plusSeconds(ahead),
                            commit.minusMillis(latest).plusSeconds(ahead)));
        }
        return commits;
    }
}
