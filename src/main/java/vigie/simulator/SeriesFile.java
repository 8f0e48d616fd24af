package vigie.simulator;

import org.jspecify.annotations.Nullable;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a {@link Series} from a CSV file: its one column of times, found by what it holds, and the
 * column of values, by name. What could be read in two ways is refused, for a series under the
 * wrong name looks just as real.
 *
 * <p>A header may have one name less than the rows have fields where the first field counts the
 * rows: so some statistics programs write. Not thread-safe.
 */
public final class SeriesFile {
    private static final Pattern TIME =
            Pattern.compile(
                    "(\\d{4}-\\d{2}-\\d{2})(?:[Tt ]+(\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?)"
                            + "\\s*(Z|z|[+-]\\d{2}(?::?\\d{2})?)?)?");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?");
    private static final Pattern PLAIN = Pattern.compile("-?\\d+(?:\\.\\d+)?");
    private static final Pattern COMMA = Pattern.compile("[-+]?[\\d\\s.]*,[\\d\\s.,]*\\d");
    private static final Pattern ROW_NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern NAMES_TIME =
            Pattern.compile(".*(?:date|time|stamp|heure).*", Pattern.CASE_INSENSITIVE);
    private static final int SHOWN = 80;

    private final Path file;
    private final String column;
    private final ZoneId zone;

    private final List<Timed> rows = new ArrayList<>();
    private int unknown;
    private int repeated;
    private boolean isStandardTime;

    private SeriesFile(Path file, String column, ZoneId zone) {
        this.file = file;
        this.column = column;
        this.zone = zone;
    }

    /** A row whose clock is not yet known. */
    private record Timed(int line, FileTime time, @Nullable String text) {}

    /** A time as the file has it. */
    private record FileTime(LocalDateTime local, Optional<ZoneOffset> offset) {}

    /**
     * Reads the file.
     *
     * @param column the name of the column of values
     * @param zone of times without an offset
     * @throws Fault if it cannot be read, or not in one way only
     */
    public static Series read(Path file, String column, ZoneId zone) throws Fault {
        return new SeriesFile(file, column, zone).read();
    }

    private Series read() throws Fault {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            CsvRecords records = new CsvRecords(reader);
            CsvRecords.@Nullable CsvRecord header = records.next();
            CsvRecords.@Nullable CsvRecord first = header == null ? null : records.next();
            if (header == null || first == null) {
                throw wrong("simulator.import.empty", file.toString());
            }
            Columns columns = columns(header, first);
            for (CsvRecords.@Nullable CsvRecord record = first;
                    record != null;
                    record = records.next()) {
                take(columns, record);
            }
        } catch (CharacterCodingException notUtf8) {
            throw wrong("simulator.import.encoding", file.toString());
        } catch (CsvRecords.Malformed malformed) {
            throw wrong(
                    "simulator.import.quote", file.toString(), String.valueOf(malformed.line()));
        } catch (IOException failed) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("simulator.import.unreadable", file.toString()),
                    "reading " + file + ": " + failed,
                    failed);
        }
        return series();
    }

    /**
     * Where things are.
     *
     * @param fields in each row
     * @param times index of the times
     * @param values index of the values
     * @param numbered whether the first field is a row number without a name
     */
    private record Columns(int fields, int times, int values, boolean numbered) {}

    private Columns columns(CsvRecords.CsvRecord header, CsvRecords.CsvRecord first) throws Fault {
        List<String> names = header.fields().stream().map(String::strip).toList();
        if (names.size() == 1) {
            for (char other : new char[] {';', '\t', '|'}) {
                if (names.getFirst().indexOf(other) >= 0) {
                    throw wrong(
                            "simulator.import.separator",
                            file.toString(),
                            other == '\t' ? "TAB" : String.valueOf(other));
                }
            }
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!name.isEmpty() && !seen.add(name)) {
                throw wrong("simulator.import.twice", file.toString(), shown(name));
            }
        }
        int fields = first.fields().size();
        boolean numbered = fields == names.size() + 1;
        if (fields != names.size() && !numbered) {
            throw wrong(
                    "simulator.import.header",
                    file.toString(),
                    names.size(),
                    fields,
                    String.valueOf(first.line()));
        }
        if (numbered && !ROW_NUMBER.matcher(first.fields().getFirst().strip()).matches()) {
            throw wrong(
                    "simulator.import.numbered",
                    file.toString(),
                    names.size(),
                    fields,
                    shown(first.fields().getFirst()),
                    String.valueOf(first.line()));
        }
        int shift = numbered ? 1 : 0;
        List<Integer> times = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            if (time(first.fields().get(i)).isPresent()) {
                times.add(i);
            }
        }
        String all = names.stream().map(SeriesFile::shown).collect(Collectors.joining(", "));
        if (times.isEmpty()) {
            throw wrong("simulator.import.no-time", file.toString(), String.valueOf(first.line()));
        }
        if (times.size() > 1) {
            throw wrong(
                    "simulator.import.times",
                    file.toString(),
                    times.stream()
                            .map(i -> i < shift ? "?" : shown(names.get(i - shift)))
                            .collect(Collectors.joining(", ")));
        }
        int time = times.getFirst();
        if (numbered) {
            refuseDecimalCommas(names, time - shift, fields);
        }
        int value = names.indexOf(column);
        if (value < 0) {
            throw otherColumn("simulator.import.column", file.toString(), column, all);
        }
        if (value + shift == time) {
            throw otherColumn("simulator.import.time-column", file.toString(), column);
        }
        return new Columns(fields, time, value + shift, numbered);
    }

    /** A number with a comma in it would also make one field more than there are names. */
    private void refuseDecimalCommas(List<String> names, int time, int fields) throws Fault {
        for (int i = 0; i < names.size(); i++) {
            if (i != time && NAMES_TIME.matcher(names.get(i)).matches()) {
                throw wrong(
                        "simulator.import.shifted",
                        file.toString(),
                        names.size(),
                        fields,
                        shown(names.get(i)));
            }
        }
    }

    private long rowNumber = -1;

    private void take(Columns columns, CsvRecords.CsvRecord record) throws Fault {
        List<String> fields = record.fields();
        if (fields.size() != columns.fields()) {
            throw wrong(
                    "simulator.import.width",
                    file.toString(),
                    String.valueOf(record.line()),
                    fields.size(),
                    columns.fields());
        }
        if (columns.numbered()) {
            String number = fields.getFirst().strip();
            long next = ROW_NUMBER.matcher(number).matches() ? Long.parseLong(number) : -1;
            if (next <= rowNumber) {
                throw wrong(
                        "simulator.import.row-number",
                        file.toString(),
                        String.valueOf(record.line()),
                        shown(number));
            }
            rowNumber = next;
        }
        String time = fields.get(columns.times());
        FileTime at =
                time(time)
                        .orElseThrow(() ->
                                wrong(
                                        "simulator.import.time",
                                        file.toString(),
                                        String.valueOf(record.line()),
                                        shown(time)));
        String value = fields.get(columns.values()).strip();
        if (COMMA.matcher(value).matches()) {
            throw wrong(
                    "simulator.import.comma",
                    file.toString(),
                    String.valueOf(record.line()),
                    shown(value));
        }
        rows.add(new Timed(record.line(), at, number(value)));
    }

    /** The number as Home Assistant would record it; null where it is none. */
    private static @Nullable String number(String value) {
        if (!NUMBER.matcher(value).matches()) {
            return null;
        }
        if (PLAIN.matcher(value).matches()) {
            return value;
        }
        double number = Double.parseDouble(value);
        return Double.isFinite(number) ? Double.toString(number) : null;
    }

    private static Optional<FileTime> time(String text) {
        Matcher matcher = TIME.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            if (matcher.group(2) == null) {
                return Optional.of(
                        new FileTime(
                                LocalDate.parse(matcher.group(1)).atStartOfDay(),
                                Optional.empty()));
            }
            LocalDateTime local =
                    LocalDateTime.parse(
                            matcher.group(1) + "T" + matcher.group(2).replace(',', '.'));
            String offset = matcher.group(3);
            return Optional.of(
                    new FileTime(
                            local.truncatedTo(ChronoUnit.MICROS),
                            offset == null
                                    ? Optional.empty()
                                    : Optional.of(ZoneOffset.of(offset.toUpperCase(Locale.ROOT)))));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    private Series series() throws Fault {
        // Who measured in an hour that the zone left out had a clock without summer time.
        isStandardTime =
                rows.stream()
                        .anyMatch(row ->
                                row.time().offset().isEmpty()
                                        && zone.getRules()
                                                .getValidOffsets(row.time().local())
                                                .isEmpty());
        List<Series.Row> told = new ArrayList<>();
        for (Timed row : rows) {
            Instant before = told.isEmpty() ? Instant.MIN : told.getLast().at();
            Instant at = instant(row.time(), before);
            if (at.isBefore(before)) {
                throw wrong(
                        "simulator.import.backwards", file.toString(), String.valueOf(row.line()));
            }
            if (at.equals(before)) {
                told.removeLast();
                repeated++;
            }
            told.add(new Series.Row(at, row.text()));
        }
        unknown = (int) told.stream().filter(row -> row.text() == null).count();
        return new Series(told, unknown, repeated, isStandardTime);
    }

    private Instant instant(FileTime time, Instant before) {
        if (time.offset().isPresent()) {
            return OffsetDateTime.of(time.local(), time.offset().get()).toInstant();
        }
        if (isStandardTime) {
            Instant near = time.local().atZone(zone).toInstant();
            return time.local().toInstant(zone.getRules().getStandardOffset(near));
        }
        Instant earlier = time.local().atZone(zone).toInstant();
        // The hour that comes twice is passed a second time.
        return earlier.isAfter(before)
                ? earlier
                : time.local().atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }

    /** What a file says, short and without what would move a terminal's cursor. */
    private static String shown(String text) {
        String line =
                text.codePoints()
                        .map(c -> Character.isISOControl(c) ? 0xFFFD : c)
                        .limit(SHOWN)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        return line.length() < text.length() ? line + "…" : line;
    }

    private static Fault wrong(String key, Object... values) {
        return new Fault(Fault.Kind.BLOCKED, Sentence.of(key, values), key);
    }

    private static Fault otherColumn(String key, Object... values) {
        return new Fault(Fault.Kind.USAGE, Sentence.of(key, values), key);
    }
}
