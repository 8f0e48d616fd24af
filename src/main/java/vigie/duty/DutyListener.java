package vigie.duty;

/**
 * Learns of the duty. All calls come one after another on the lock's thread and must return soon:
 * while they run, nobody proves that the duty is still held.
 */
public interface DutyListener {
    /** Why a tenure ended. */
    enum Loss {
        /** Given back by this process itself. */
        HANDED_OVER,
        /** The way to the server broke, or the server was silent for too long. */
        CUT_OFF,
        /** The server says that the lock is not this process's any more, or takes no writes. */
        TAKEN_AWAY
    }

    /** This process is on duty from now on. */
    void taken(Tenure tenure);

    /**
     * This process is not on duty any more. What it still writes under the tenure is refused by
     * {@link DutyTransaction}, at the latest once somebody else has taken the duty.
     */
    void lost(Tenure tenure, Loss why);

    /** Any change, those two included; {@link DutyLock#status} has the newest. */
    default void changed() {}
}
