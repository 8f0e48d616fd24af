package vigie.feed;

import vigie.point.Reading;
import vigie.recorder.MissLoader;
import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderTable;
import vigie.recorder.TableShape;
import vigie.room.Fact;
import vigie.room.Group;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The recorded logs under {@code src/test/resources/recorder}. */
final class Recorded {
    private static final Pattern CREATE = Pattern.compile("CREATE TABLE `?(\\w+)`? \\(");
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    private Recorded() {}

    static InputStream open(String name) throws IOException {
        InputStream file = Recorded.class.getResourceAsStream("/recorder/" + name);
        if (file == null) {
            throw new FileNotFoundException(name);
        }
        return new BufferedInputStream(name.endsWith(".gz") ? new GZIPInputStream(file) : file);
    }

    /** The lines of a table, without its head, split at tabs. */
    static List<String[]> table(String name) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open(name), StandardCharsets.UTF_8))) {
            List<String[]> lines = new ArrayList<>();
            reader.readLine();
            for (String line; (line = reader.readLine()) != null; ) {
                lines.add(line.split("\t", -1));
            }
            return lines;
        }
    }

    /** The columns of the recorder's tables in a schema file. */
    static Map<RecorderTable, TableShape> schema(String name) throws IOException {
        String file = new String(open(name).readAllBytes(), StandardCharsets.UTF_8);
        String sql = COMMENT.matcher(file).replaceAll("");
        Map<RecorderTable, TableShape> shapes = new EnumMap<>(RecorderTable.class);
        Matcher create = CREATE.matcher(sql);
        while (create.find()) {
            RecorderTable table = RecorderTable.named(create.group(1));
            if (table != null) {
                shapes.put(table, new TableShape(columns(sql, create.end())));
            }
        }
        return shapes;
    }

    private static List<TableShape.Column> columns(String sql, int from) {
        List<TableShape.Column> columns = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 1;
        for (int at = from; depth > 0; at++) {
            char c = sql.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 || (depth == 1 && c == ',')) {
                String[] words = part.toString().strip().replace("`", "").split("[\\s(]+");
                switch (words[0].toUpperCase(Locale.ROOT)) {
                    case "PRIMARY", "KEY", "UNIQUE", "CONSTRAINT", "FOREIGN" -> {
                        // Not a column.
                    }
                    default -> columns.add(new TableShape.Column(words[0], words[1]));
                }
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        return columns;
    }

    /** The groups of some files read one after another. */
    static List<Group> groups(List<String> files, List<String> schemas)
            throws IOException, StreamFault {
        List<Map<RecorderTable, TableShape>> candidates = new ArrayList<>();
        for (String schema : schemas) {
            candidates.add(schema(schema));
        }
        List<Group> groups = new ArrayList<>();
        GroupAssembler assembler =
                new GroupAssembler(
                        "homeassistant",
                        Optional.empty(),
                        Shapes.among(candidates),
                        new RecorderCatalog(MissLoader.NONE),
                        GtidPosition.NONE,
                        into(groups));
        for (String file : files) {
            try (InputStream in = open(file)) {
                BinlogFile.read(in, assembler);
            }
        }
        return groups;
    }

    /** Keeps the groups that say something of the room. */
    static GroupSink into(List<Group> groups) {
        return whole -> {
            if (!whole.facts().isEmpty()) {
                groups.add(
                        new Group(
                                whole.after().toString(),
                                Optional.of(whole.committed()),
                                whole.facts()));
            }
        };
    }

    static List<Reading> readings(List<Group> groups) {
        return groups.stream()
                .flatMap(group -> group.facts().stream())
                .filter(Fact.Observed.class::isInstance)
                .map(fact -> ((Fact.Observed) fact).reading())
                .toList();
    }
}
