package vigie.duty;

import org.jspecify.annotations.Nullable;

import java.io.Serial;

/** A group was not applied: nothing of it is kept, and the feed hands it out again. */
public final class NotApplied extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The database refused something, or the way to it broke. */
        DATABASE,
        /** This process is not on duty (any more); its consumers are to be closed. */
        OFF_DUTY
    }

    private final Reason reason;

    NotApplied(Reason reason, String logText, @Nullable Throwable cause) {
        super(logText, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
