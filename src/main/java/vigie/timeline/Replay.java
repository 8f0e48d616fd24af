package vigie.timeline;

import vigie.recording.Basis;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A timeline of the past that can be moved on. Every method returns at once and may be called by
 * any thread; what it brings about is told by {@link #onChange}.
 *
 * <p>A moment that was jumped to and one that was played to are equal. While what is needed is
 * still being read, the moment before stays, and {@link Playback#waits} says so: nothing of another
 * time is ever mixed in.
 */
public interface Replay extends Timeline {
    /** How it stands. */
    Playback playback();

    /**
     * Jumps to a moment and stays playing or standing as it was; outside of its bounds to the
     * nearer end.
     */
    void seek(Instant at);

    /** Lets time go on, forward or back, at the speed that is set. */
    void play(boolean backwards);

    /** Stands still. */
    void pause();

    /**
     * Sets the speed.
     *
     * @param speed within {@link Playback#SLOWEST} and {@link Playback#FASTEST}, else the nearer
     */
    void speed(double speed);

    /** Hurries where nothing happens, or no more. */
    void skipQuiet(boolean skips);

    /** Goes to the next step of the past, or to the one before, and stands still there. */
    void step(boolean backwards);

    /**
     * Jumps to the next or the last occurrence of some kinds and stands still there; where there is
     * none, stays and says so by {@link Playback#stoppedAt}.
     *
     * @param kinds at least one
     */
    void jump(Set<Occurrence.Kind> kinds, boolean backwards);

    /** Plays until a condition begins to hold; empty: no longer. */
    void until(Optional<Until> until);

    /** Tells from another knowledge. */
    void basis(Basis basis);
}
