package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import vigie.store.testing.ServerVersion;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** Faults at random for two minutes, one of them against each server that people run. */
class SoakTest {
    private static final Duration LENGTH = Duration.ofMinutes(1);

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void after_any_faults_each_row_is_printed_once_and_the_state_is_that_of_the_tables(
            ServerVersion version, @TempDir Path folder)
            throws Fault, IOException, SQLException, InterruptedException {
        version.assumeHere();
        long seed = System.nanoTime();
        Soak.Outcome outcome = Soak.run(version, folder, seed, LENGTH, System.out);
        System.out.println(outcome);
        assertThat(outcome.faults()).isGreaterThan(2);
        assertThat(outcome.rows()).isGreaterThan(100);
        assertThat(outcome.undone()).isPositive();
        assertThat(outcome)
                .as("seed %d", seed)
                .isEqualTo(
                        new Soak.Outcome(
                                outcome.faults(),
                                outcome.rows(),
                                0,
                                0,
                                0,
                                outcome.undone(),
                                outcome.recovered()));
    }
}
