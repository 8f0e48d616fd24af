package vigie.recorder;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * One row as the log holds it, columns by number from 0. Valid only during the call it is handed
 * to.
 */
public interface RowView {
    /** The bytes of a text, in place. */
    interface Text {
        /** The array that holds the text; not to be changed. */
        byte[] array();

        /** Where it begins. */
        int offset();

        /** How many bytes it has. */
        int length();

        /** The text, decoded as UTF-8; what is not UTF-8 becomes U+FFFD. */
        default String decode() {
            return new String(array(), offset(), length(), StandardCharsets.UTF_8);
        }
    }

    /** Whether the row holds this column at all; a shortened row image leaves columns out. */
    boolean has(int column);

    /** Whether the column is NULL or left out. */
    boolean isNull(int column);

    /** Whether this row and another hold the same bytes in a column; nothing is decoded. */
    boolean isSame(int column, RowView other);

    /** An integer of any width, signed; not for NULL. */
    long integer(int column);

    /** A double (or float); not for NULL. */
    double real(int column);

    /**
     * A date with time, taken as UTC; not for NULL.
     *
     * @return empty where it is zero, no date of the calendar, or of a column of another type
     */
    Optional<Instant> moment(int column);

    /** A text or blob; not for NULL; valid until the next call. */
    Text text(int column);
}
