package vigie.incident;

import org.jspecify.annotations.Nullable;

import vigie.recording.Basis;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * What an incident file looks like, and how much of it is believed: {@code docs/incident-file.md}.
 */
final class Format {
    /** The newest version read, and the one written. */
    static final int VERSION = 1;

    /** The first entry: tells what the file is, before anything else of it is read. */
    static final String MARK = "vigie-incident";

    static final String PLAN = "plan.json";
    static final String NOTES = "notes.json";
    static final String OCCURRENCES = "occurrences.json";

    /** Kept free for alarms, which join later. */
    static final String ALARMS = "alarms.json";

    static final String MANIFEST = "manifest.json";

    /** The file's comment begins with it; 64 hexadecimal digits follow and end the file. */
    static final byte[] SEAL = "vigie-incident sha-256 ".getBytes(StandardCharsets.US_ASCII);

    static final int SEAL_DIGITS = 64;

    /** Bytes of a file. */
    static final long LARGEST_FILE = 512L * 1024 * 1024;

    /** Bytes of a part that is no reel, unpacked; a plan has a limit of its own. */
    static final int LARGEST_JSON = 8 * 1024 * 1024;

    /** Bytes of all parts, unpacked: reading all of it ends some day. */
    static final long LARGEST_UNPACKED = 4L * 1024 * 1024 * 1024;

    /** Parts of a file. */
    static final int MOST_PARTS = 12_000;

    /** Bytes of the directory of a file's parts. */
    static final int LARGEST_DIRECTORY = 2 * 1024 * 1024;

    static final int MOST_OCCURRENCES = 20_000;
    static final int MOST_NOTES = 2_000;

    /** Pieces of JSON that are read of one part. */
    static final int MOST_TOKENS = 1_000_000;

    /** The longest stretch that is saved, its lead-in included. */
    static final Duration LONGEST = Duration.ofDays(31);

    private Format() {}

    /** The name of a reel's part. */
    static String reel(Basis basis, int number) {
        return String.format(Locale.ROOT, "%s/%05d.reel", basis.word(), number);
    }

    /** A fault of a file: what the operator reads begins with the file's name. */
    static Fault fault(String key, Path file, Object... more) {
        return fault(null, key, file, more);
    }

    static Fault fault(@Nullable Throwable cause, String key, Path file, Object... more) {
        Object[] values = new Object[more.length + 1];
        values[0] = file.toString();
        System.arraycopy(more, 0, values, 1, more.length);
        Sentence sentence = Sentence.of(key, values);
        return new Fault(
                Fault.Kind.BLOCKED, sentence, Words.in(Locale.ENGLISH).say(sentence), cause);
    }
}
