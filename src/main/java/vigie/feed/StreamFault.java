package vigie.feed;

import org.jspecify.annotations.Nullable;

import vigie.text.Sentence;

import java.io.Serial;

/** Why a stream cannot go on from where it is. The message is for the log, without SQL text. */
final class StreamFault extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    /** What helps. */
    enum Remedy {
        /** Once more from the last whole group. */
        RETRY,
        /** Another host, from the last whole group. */
        MOVE,
        /** A new snapshot. */
        RESYNC,
        /** A new snapshot, and a look at what has happened at all: the log is another one now. */
        REWRITTEN,
        /**
         * A new snapshot: {@code states} was emptied as a whole. Its rows did happen, and their ids
         * are given again.
         */
        EMPTIED,
        /** A new snapshot, for we were too slow for the stream. */
        SKIP,
        /** A person. */
        PERSON
    }

    private final Remedy remedy;
    private final transient Sentence sentence;

    StreamFault(Remedy remedy, Sentence sentence, String logText) {
        this(remedy, sentence, logText, null);
    }

    StreamFault(Remedy remedy, Sentence sentence, String logText, @Nullable Throwable cause) {
        super(logText, cause);
        this.remedy = remedy;
        this.sentence = sentence;
    }

    Remedy remedy() {
        return remedy;
    }

    Sentence sentence() {
        return sentence;
    }
}
