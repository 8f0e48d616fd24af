package vigie.point;

import java.util.Optional;

/**
 * How far a value may be trusted, after OPC UA's three classes (OPC 10000-8 §7.3.2), with the
 * reason why it is not good.
 *
 * @param grade the class
 * @param reason present exactly when the grade is not {@link Grade#GOOD}
 */
public record Quality(Grade grade, Optional<Reason> reason) {
    /** Fresh and as the source stated it. */
    public static final Quality GOOD = new Quality(Grade.GOOD, Optional.empty());

    /** OPC UA's classes; the later, the worse. */
    public enum Grade {
        GOOD("good"),
        UNCERTAIN("uncertain"),
        BAD("bad");

        private final String word;

        Grade(String word) {
            this.word = word;
        }

        /** The word used in JSON and by {@code text} output; never translated. */
        public String word() {
            return word;
        }
    }

    /** Why a reading is not good, each with the grade it brings. */
    public enum Reason {
        /** The integration lost the device: the recorded state is {@code unavailable}. */
        UNAVAILABLE(Grade.BAD, "unavailable"),
        /** No value yet: the recorded state is {@code unknown}. */
        UNKNOWN(Grade.BAD, "unknown"),
        /** The entity was removed or disabled: the recorded state is NULL. */
        REMOVED(Grade.BAD, "removed"),
        /** A point with a unit whose text is not a finite number. */
        NOT_A_NUMBER(Grade.BAD, "not-a-number"),
        /**
         * Does not fit what the point is bound as: no unit or another kind of unit, or neither on
         * nor off. Only pictures of a plan know it.
         */
        MISMATCH(Grade.BAD, "mismatch"),
        /**
         * A number whose unit could not be read, because its attributes are missing or not JSON.
         */
        NO_ATTRIBUTES(Grade.UNCERTAIN, "no-attributes"),
        /** True at a time that has not come yet by the corrected clock. */
        FUTURE(Grade.UNCERTAIN, "future"),
        /** Silent for long; cannot be told from a dead sensor. */
        UNCHANGED(Grade.UNCERTAIN, "unchanged"),
        /** Silent for longer than its own history allows. */
        STALE(Grade.UNCERTAIN, "stale"),
        /** Home Assistant has written nothing for longer than it ever does. */
        SOURCE_SILENT(Grade.UNCERTAIN, "source-silent"),
        /** Home Assistant changes its tables; values pause meanwhile. */
        SOURCE_MIGRATING(Grade.UNCERTAIN, "source-migrating"),
        /** Home Assistant was stopped. */
        SOURCE_STOPPED(Grade.UNCERTAIN, "source-stopped"),
        /** The feed is down: the last value known, no longer followed. */
        DISCONNECTED(Grade.UNCERTAIN, "disconnected"),
        /** A mean over a bucket, not a reading. */
        AGGREGATED(Grade.UNCERTAIN, "aggregated");

        private final Grade grade;
        private final String word;

        Reason(Grade grade, String word) {
            this.grade = grade;
            this.word = word;
        }

        /** The grade this reason brings. */
        public Grade grade() {
            return grade;
        }

        /** The word used in JSON and by {@code text} output; never translated. */
        public String word() {
            return word;
        }
    }

    public Quality {
        if ((grade == Grade.GOOD) == reason.isPresent()) {
            throw new IllegalArgumentException("a reason belongs to every grade but good");
        }
    }

    /** The quality that a reason brings. */
    public static Quality of(Reason reason) {
        return new Quality(reason.grade(), Optional.of(reason));
    }

    public boolean isGood() {
        return grade == Grade.GOOD;
    }

    public boolean isBad() {
        return grade == Grade.BAD;
    }

    /** The worse of the two; this one where they are equally bad. */
    public Quality worse(Quality other) {
        return other.grade.compareTo(grade) > 0 ? other : this;
    }
}
