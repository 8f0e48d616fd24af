package vigie.feed;

import vigie.text.Sentence;

import java.util.Optional;

/**
 * What one check found.
 *
 * @param grade how good it is
 * @param key the check, one word for scripts; {@code doctor.label.KEY} is its name for people
 * @param what what was found and what it means
 * @param remedy what to do, with the statement or option; also where all is well and something
 *     would be better
 */
public record Finding(Grade grade, String key, Sentence what, Optional<Sentence> remedy) {
    /** How good it is. */
    public enum Grade {
        /** As it should be. */
        OK,
        /** It could not be asked; says nothing of how it is. */
        UNCHECKED,
        /** Vigie works, less well than it could, or trusts more than it should. */
        WARNING,
        /** Vigie cannot work there. */
        BLOCKED
    }

    /** Whether somebody should do something: it is a warning, or worse. */
    public boolean asksForSomething() {
        return grade == Grade.WARNING || grade == Grade.BLOCKED;
    }

    static Finding ok(String key, Sentence what) {
        return new Finding(Grade.OK, key, what, Optional.empty());
    }

    static Finding ok(String key, Sentence what, Sentence better) {
        return new Finding(Grade.OK, key, what, Optional.of(better));
    }

    static Finding unchecked(String key, Sentence why) {
        return new Finding(Grade.UNCHECKED, key, why, Optional.empty());
    }

    static Finding unchecked(String key, Sentence why, Sentence remedy) {
        return new Finding(Grade.UNCHECKED, key, why, Optional.of(remedy));
    }

    static Finding warning(String key, Sentence what, Sentence remedy) {
        return new Finding(Grade.WARNING, key, what, Optional.of(remedy));
    }

    static Finding blocked(String key, Sentence what, Sentence remedy) {
        return new Finding(Grade.BLOCKED, key, what, Optional.of(remedy));
    }

    /** For sentences that say what to do themselves. */
    static Finding blocked(String key, Sentence what) {
        return new Finding(Grade.BLOCKED, key, what, Optional.empty());
    }
}
