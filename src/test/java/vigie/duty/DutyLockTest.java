package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import vigie.feed.Deadline;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The lock's states, step by step, without a server and without waiting. */
class DutyLockTest {
    private static final Instant SINCE = Instant.parse("2026-11-21T06:00:00Z");

    /** A server that remembers what it was asked. */
    private static final class FakeServer implements LockSession.Door {
        private boolean away;
        private boolean taken;
        private boolean ours = true;
        private long epoch;
        private int open;
        private int released;

        @Override
        public LockSession open() throws Fault {
            if (away) {
                throw new Fault(Fault.Kind.PASSING, Sentence.of("store.db.gone", "x"), "away");
            }
            open++;
            return new LockSession() {
                @Override
                public Optional<Tenure> take(String holder) throws SQLException {
                    fail();
                    return taken
                            ? Optional.empty()
                            : Optional.of(new Tenure(++epoch, holder, SINCE));
                }

                @Override
                public boolean holds(Tenure tenure) throws SQLException {
                    fail();
                    return ours && tenure.epoch() == epoch;
                }

                @Override
                public void release() {
                    released++;
                }

                @Override
                public void close() {
                    open--;
                }

                private void fail() throws SQLException {
                    if (away) {
                        throw new SQLException("gone", "08000");
                    }
                }
            };
        }
    }

    private final FakeServer server = new FakeServer();
    private final List<String> told = new ArrayList<>();
    private long nanos;
    private final DutyLock lock =
            new DutyLock(
                    server,
                    () -> "me",
                    new DutyListener() {
                        @Override
                        public void taken(Tenure tenure) {
                            told.add("taken " + tenure.epoch());
                        }

                        @Override
                        public void lost(Tenure tenure, Loss why) {
                            told.add("lost " + tenure.epoch() + " " + why);
                        }
                    },
                    Clock.fixed(SINCE, ZoneOffset.UTC),
                    () -> nanos,
                    new Random(1),
                    failed ->
                            new Fault(
                                    Fault.Kind.PASSING, Sentence.of("store.db.gone", "x"), "gone"),
                    Duration.ZERO);

    private DutyState step() {
        lock.step();
        return lock.status().state();
    }

    @Test
    void nobody_has_it_so_it_is_taken_at_once() {
        assertThat(step()).isEqualTo(DutyState.ON_DUTY);
        assertThat(lock.held()).contains(new Tenure(1, "me", SINCE));
        assertThat(told).containsExactly("taken 1");
        assertThat(step()).isEqualTo(DutyState.ON_DUTY);
        assertThat(told).hasSize(1);
    }

    @Test
    void somebody_has_it_so_it_stands_by_on_one_connection_until_it_is_free() {
        server.taken = true;
        assertThat(step()).isEqualTo(DutyState.STANDBY);
        assertThat(step()).isEqualTo(DutyState.STANDBY);
        assertThat(lock.held()).isEmpty();
        assertThat(server.open).isEqualTo(1);
        server.taken = false;
        assertThat(step()).isEqualTo(DutyState.ON_DUTY);
    }

    @Test
    void an_error_costs_the_duty_and_the_connection_and_it_is_sought_again() {
        step();
        server.away = true;
        assertThat(step()).isEqualTo(DutyState.AWAY);
        assertThat(lock.held()).isEmpty();
        assertThat(lock.status().reason()).isPresent();
        assertThat(server.open).isZero();
        assertThat(step()).isEqualTo(DutyState.AWAY);
        server.away = false;
        assertThat(step()).isEqualTo(DutyState.ON_DUTY);
        assertThat(told).containsExactly("taken 1", "lost 1 CUT_OFF", "taken 2");
    }

    @Test
    void a_lock_that_is_somebody_elses_now_is_given_up() {
        step();
        server.ours = false;
        assertThat(step()).isEqualTo(DutyState.AWAY);
        assertThat(told).containsExactly("taken 1", "lost 1 TAKEN_AWAY");
    }

    @Test
    void a_proof_is_good_for_less_than_the_servers_patience_even_if_no_step_comes() {
        step();
        nanos += DutyLock.LEASE.toNanos() - 1;
        assertThat(lock.held()).isPresent();
        nanos++;
        assertThat(lock.held()).isEmpty();
        assertThat(lock.status().state()).isEqualTo(DutyState.ON_DUTY);
        assertThat(DutyLock.LEASE).isLessThan(JdbcLockSession.SERVER_PATIENCE);
        step();
        assertThat(lock.held()).isPresent();
    }

    @Test
    void waits_grow_to_half_a_minute_while_the_server_is_away_and_shrink_when_it_answers() {
        server.away = true;
        Duration wait = Duration.ZERO;
        for (int i = 0; i < 40; i++) {
            wait = lock.step();
            assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofSeconds(30));
        }
        assertThat(wait).isGreaterThan(Duration.ofSeconds(14));
        server.away = false;
        assertThat(lock.step()).isEqualTo(DutyLock.BEAT);
        server.away = true;
        assertThat(lock.step()).isLessThanOrEqualTo(DutyLock.BEAT);
    }

    @Test
    void closing_gives_the_lock_back_and_says_so() {
        lock.start();
        Deadline.within(Duration.ofSeconds(20), "on duty", () -> lock.held().isPresent());
        lock.close();
        assertThat(server.released).isEqualTo(1);
        assertThat(server.open).isZero();
        assertThat(lock.status().state()).isEqualTo(DutyState.ENDED);
        assertThat(lock.held()).isEmpty();
        assertThat(told).containsExactly("taken 1", "lost 1 HANDED_OVER");
    }

    @ParameterizedTest
    @EnumSource(DutyState.class)
    void no_state_leads_to_itself_and_each_can_end(DutyState state) {
        assertThat(state.leadsTo(state)).isFalse();
        assertThat(state.leadsTo(DutyState.ENDED)).isEqualTo(state != DutyState.ENDED);
    }

    @Test
    void each_schema_has_a_lock_of_its_own_that_the_server_can_name() {
        assertThat(JdbcLockSession.lockName("vigie")).isEqualTo("vigie.duty.vigie");
        assertThat(JdbcLockSession.lockName("Vigie")).isNotEqualTo("vigie.duty.Vigie");
        String longest = "x".repeat(64);
        assertThat(JdbcLockSession.lockName(longest)).hasSizeLessThanOrEqualTo(64);
        assertThat(JdbcLockSession.lockName(longest))
                .isNotEqualTo(JdbcLockSession.lockName(longest.toUpperCase(java.util.Locale.ROOT)));
    }
}
