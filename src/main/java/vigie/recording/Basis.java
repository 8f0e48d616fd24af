package vigie.recording;

import java.util.Arrays;
import java.util.Optional;

/** Which knowledge a past moment is told from. */
public enum Basis {
    /**
     * What is known today of that moment: a reading counts from its time at the source on, also one
     * that came late or was repaired.
     */
    KNOWN_NOW("now"),
    /**
     * What the database had committed by that moment, in the order of its commits: what somebody
     * who looked then could see.
     */
    KNOWN_THEN("then");

    private final String word;

    Basis(String word) {
        this.word = word;
    }

    /** The word used by options and in files; never translated. */
    public String word() {
        return word;
    }

    /** The one with this word. */
    public static Optional<Basis> of(String word) {
        return Arrays.stream(values()).filter(basis -> basis.word.equals(word)).findFirst();
    }
}
