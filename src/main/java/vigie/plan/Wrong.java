package vigie.plan;

import vigie.text.Sentence;

import java.io.Serial;

/** Something is wrong at one place of a plan; never leaves the package. */
final class Wrong extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Wrong(String pointer, Sentence expected) {
        super(pointer + " " + expected.key(), null, false, false);
        problem = new Problem(pointer, expected);
    }

    Problem problem() {
        return problem;
    }

    /**
     * What is wrong.
     *
     * @param pointer JSON pointer (RFC 6901); empty: the whole
     * @param expected what was expected there
     */
    record Problem(String pointer, Sentence expected) {}
}
