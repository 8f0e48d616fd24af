package vigie.feed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How many bytes a value takes in a row event, by the type byte of its column. Format: MariaDB
 * {@code sql/log_event_client.cc}, {@code log_event_print_value}, and {@code sql/rpl_utility.cc},
 * {@code calc_field_size}.
 */
final class ColumnType {
    static final int TINY = 1;
    static final int SHORT = 2;
    static final int LONG = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int NULL = 6;
    static final int TIMESTAMP = 7;
    static final int LONGLONG = 8;
    static final int INT24 = 9;
    static final int DATE = 10;
    static final int TIME = 11;
    static final int DATETIME = 12;
    static final int YEAR = 13;
    static final int NEWDATE = 14;
    static final int VARCHAR = 15;
    static final int BIT = 16;
    static final int TIMESTAMP2 = 17;
    static final int DATETIME2 = 18;
    static final int TIME2 = 19;
    static final int BLOB_COMPRESSED = 140;
    static final int VARCHAR_COMPRESSED = 141;
    static final int JSON = 245;
    static final int NEWDECIMAL = 246;
    static final int ENUM = 247;
    static final int SET = 248;
    static final int TINY_BLOB = 249;
    static final int MEDIUM_BLOB = 250;
    static final int LONG_BLOB = 251;
    static final int BLOB = 252;
    static final int VAR_STRING = 253;
    static final int STRING = 254;
    static final int GEOMETRY = 255;

    /** The width of a type that we do not know. */
    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final int DIGITS_PER_WORD = 9;
    private static final int[] DIGIT_BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};

    private static final long DATETIME_OFFSET = 0x8000000000L;
    private static final int FRACTION_BYTES = 3;

    private ColumnType() {}

    /** How many bytes of metadata a TABLE_MAP holds for this type. */
    static int metadataBytes(int type) {
        return switch (type) {
            case FLOAT,
                    DOUBLE,
                    TIMESTAMP2,
                    DATETIME2,
                    TIME2,
                    JSON,
                    TINY_BLOB,
                    MEDIUM_BLOB,
                    LONG_BLOB,
                    BLOB,
                    BLOB_COMPRESSED,
                    GEOMETRY ->
                    1;
            case VARCHAR, VARCHAR_COMPRESSED, BIT, NEWDECIMAL, ENUM, SET, VAR_STRING, STRING -> 2;
            default -> 0;
        };
    }

    /** Whether the two bytes of metadata are a real type and a length rather than a number. */
    static boolean isString(int type) {
        return type == STRING || type == VAR_STRING || type == ENUM || type == SET;
    }

    /** Whether the value is an integer. */
    static boolean isInteger(int type) {
        return integerBytes(type) > 0;
    }

    /** The width of an integer type; 0 for any other. */
    static int integerBytes(int type) {
        return switch (type) {
            case TINY -> 1;
            case SHORT -> 2;
            case INT24 -> 3;
            case LONG -> 4;
            case LONGLONG -> 8;
            default -> 0;
        };
    }

    /** How many bytes before a text or blob tell its length; 0 for a type that is neither. */
    static int lengthBytes(int type, int metadata) {
        return switch (type) {
            case VARCHAR, VARCHAR_COMPRESSED -> metadata < 256 ? 1 : 2;
            case BLOB, TINY_BLOB, MEDIUM_BLOB, LONG_BLOB, BLOB_COMPRESSED, JSON, GEOMETRY ->
                    metadata;
            case STRING, VAR_STRING -> {
                int real = metadata >> 8;
                if (real == ENUM || real == SET) {
                    yield 0;
                }
                // Lengths above 255 hide two of their bits, inverted, in the real type.
                int length = (metadata & 0xFF) | (((real & 0x30) ^ 0x30) << 4);
                yield length < 256 ? 1 : 2;
            }
            default -> 0;
        };
    }

    /**
     * How many bytes a value takes; for a text or blob, minus the number of bytes before it that
     * tell its length.
     *
     * @return {@link #UNKNOWN} for a type that we do not know, after which nothing in the row can
     *     be found
     */
    static int width(int type, int metadata) {
        int lengthBytes = lengthBytes(type, metadata);
        if (lengthBytes > 0) {
            return -lengthBytes;
        }
        return switch (type) {
            case NULL -> 0;
            case TINY, YEAR -> 1;
            case SHORT -> 2;
            case INT24, DATE, NEWDATE, TIME -> 3;
            case LONG, FLOAT, TIMESTAMP -> 4;
            case LONGLONG, DOUBLE, DATETIME -> 8;
            case TIMESTAMP2 -> 4 + (metadata + 1) / 2;
            case DATETIME2 -> 5 + (metadata + 1) / 2;
            case TIME2 -> 3 + (metadata + 1) / 2;
            case BIT -> (metadata >> 8) + ((metadata & 0xFF) > 0 ? 1 : 0);
            case NEWDECIMAL -> decimalBytes(metadata & 0xFF, metadata >> 8);
            case ENUM, SET, STRING, VAR_STRING -> metadata & 0xFF;
            default -> UNKNOWN;
        };
    }

    /**
     * A DATETIME of the newer format, read as UTC. Format: MariaDB {@code sql-common/my_time.c},
     * {@code my_datetime_packed_from_binary}: big-endian; a sign, 17 bits of year and month, then
     * day, hour, minute and second, then the fraction.
     *
     * @param digits of the fraction
     * @return empty where it is zero or no date of the calendar
     */
    static Optional<Instant> datetime(int digits, byte[] buffer, int at) {
        long packed = bigEndian(buffer, at, 5) - DATETIME_OFFSET;
        int fractionBytes = (digits + 1) / 2;
        long fraction = bigEndian(buffer, at + 5, fractionBytes);
        for (int i = fractionBytes; i < FRACTION_BYTES; i++) {
            fraction *= 100;
        }
        int months = (int) (packed >> 22);
        try {
            return Optional.of(
                    LocalDateTime.of(
                                    months / 13,
                                    months % 13,
                                    (int) (packed >> 17) & 31,
                                    (int) (packed >> 12) & 31,
                                    (int) (packed >> 6) & 63,
                                    (int) packed & 63)
                            .toInstant(ZoneOffset.UTC)
                            .plus(fraction, ChronoUnit.MICROS));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static long bigEndian(byte[] buffer, int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = (value << 8) | (buffer[at + i] & 0xFF);
        }
        return value;
    }

    private static int decimalBytes(int precision, int scale) {
        int whole = precision - scale;
        return whole / DIGITS_PER_WORD * 4
                + DIGIT_BYTES[whole % DIGITS_PER_WORD]
                + scale / DIGITS_PER_WORD * 4
                + DIGIT_BYTES[scale % DIGITS_PER_WORD];
    }
}
