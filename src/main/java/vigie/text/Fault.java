package vigie.text;

import org.jspecify.annotations.Nullable;

import java.io.Serial;

/**
 * Something that went wrong and that a person can mend. It carries two texts: the {@link
 * #sentence()} says to the operator what, where and what to do; the message is for the log. Neither
 * holds a secret.
 */
public final class Fault extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    /** What a command answers for it; the exit codes of the public interface. */
    public enum Kind {
        /** The call's words are wrong: exit 2. */
        USAGE(2),
        /** Blocked, unreachable or missing; the sentence names the remedy: exit 3. */
        BLOCKED(3),
        /** Passing: the same call may go through later; exit 3. */
        PASSING(3),
        /** An internal error or a goal not met: exit 4. */
        FAILED(4);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;
    private final transient Sentence sentence;

    public Fault(Kind kind, Sentence sentence, String logText) {
        this(kind, sentence, logText, null);
    }

    public Fault(Kind kind, Sentence sentence, String logText, @Nullable Throwable cause) {
        super(logText, cause);
        this.kind = kind;
        this.sentence = sentence;
    }

    public Kind kind() {
        return kind;
    }

    /** What the operator reads: what, where, and what to do. */
    public Sentence sentence() {
        return sentence;
    }
}
