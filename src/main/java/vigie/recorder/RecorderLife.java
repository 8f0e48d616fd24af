package vigie.recorder;

import vigie.room.RecorderState;

import java.time.Instant;
import java.util.Optional;

/**
 * What the recorder's own tables say of it, fed with their rows in the order of their commits. A
 * snapshot and the stream come to the same state.
 */
final class RecorderLife {
    private Optional<RecorderRow.RunWritten> newest = Optional.empty();
    private Optional<Instant> migrating = Optional.empty();

    /** Before anything is known. */
    void clear() {
        newest = Optional.empty();
        migrating = Optional.empty();
    }

    /**
     * A row of {@code recorder_runs} was written. Only the newest run counts: a start closes those
     * that crashed before it.
     */
    void run(RecorderRow.RunWritten row) {
        if (newest.filter(known -> known.id() > row.id()).isPresent()) {
            return;
        }
        RecorderRow.RunWritten whole =
                newest.filter(known -> known.id() == row.id() && row.start().isEmpty())
                        .map(known -> row.startedAt(known.start()))
                        .orElse(row);
        boolean begins = !row.ended() && newest.filter(known -> known.id() == row.id()).isEmpty();
        newest = Optional.of(whole);
        if (begins || whole.isStop()) {
            migrating = Optional.empty();
        }
    }

    /** What came of the rows before, where they are not known themselves. */
    void said(RecorderState state) {
        clear();
        switch (state.phase()) {
            case RUNNING -> newest = Optional.of(run(state.since(), Optional.empty()));
            case STOPPED -> newest = Optional.of(run(Optional.empty(), state.since()));
            case MIGRATING -> migrating = state.since();
            case UNKNOWN -> {
                // Then it is not known.
            }
        }
    }

    /** Every row that comes is of a later run, or says the same of this one. */
    private static RecorderRow.RunWritten run(Optional<Instant> start, Optional<Instant> end) {
        return new RecorderRow.RunWritten(Long.MIN_VALUE, start, end.isPresent(), end, false);
    }

    /** A statement changed columns of its tables. */
    void columnsChanged(Instant committed) {
        migrating = migrating.or(() -> Optional.of(committed));
    }

    /**
     * A step of a migration is done. Before a run has begun, more steps follow, and the run after
     * them.
     */
    void stepDone() {
        if (newest.filter(run -> !run.ended()).isPresent()) {
            migrating = Optional.empty();
        }
    }

    /** It wrote a reading, which it does only when no migration is under way. */
    void works() {
        migrating = Optional.empty();
    }

    /** What all that means. */
    RecorderState state() {
        if (migrating.isPresent()) {
            return new RecorderState(RecorderState.Phase.MIGRATING, migrating);
        }
        return newest.map(run ->
                        run.isStop()
                                ? new RecorderState(RecorderState.Phase.STOPPED, run.end())
                                : new RecorderState(RecorderState.Phase.RUNNING, run.start()))
                .orElse(RecorderState.UNKNOWN);
    }
}
