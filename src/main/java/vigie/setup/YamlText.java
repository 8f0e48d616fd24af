package vigie.setup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes single settings in the text of a {@code vigie.yaml} and leaves all else as it is:
 * comments, order, blank lines, and how its lines end.
 */
final class YamlText {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What needs no quotes in any YAML. */
    private static final Pattern PLAIN =
            Pattern.compile(
                    "[\\p{L}/](?:[\\p{L}\\p{N}/._~@%+,=?-]|:(?=\\S))*(?: [\\p{L}\\p{N}._-]+)*");

    /** Words that are no text in some YAML. */
    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private static final Pattern COMMENT_AFTER_QUOTES =
            Pattern.compile("\\s*(?:\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^']|'')*')(\\s+#.*)?");
    private static final Pattern COMMENT = Pattern.compile("(?:^|.*?\\S)?(\\s+#.*)");

    private final List<String> lines;
    private final String end;

    private YamlText(String text) {
        end = text.contains("\r\n") ? "\r\n" : "\n";
        lines = new ArrayList<>(text.lines().toList());
    }

    /**
     * The text with the changes.
     *
     * @param changes key to its new text; empty: the line goes
     * @return empty where the file is written so that single lines cannot be changed, or is no YAML
     *     at all
     */
    static Optional<String> change(String text, Map<String, Optional<String>> changes) {
        Optional<Map<String, JsonNode>> before = read(text);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        YamlText edited = new YamlText(text);
        Map<String, JsonNode> wanted = new TreeMap<>(before.get());
        for (Map.Entry<String, Optional<String>> change : changes.entrySet()) {
            String key = change.getKey();
            if (change.getValue().isPresent()) {
                String value = change.getValue().get();
                JsonNode old = before.get().get(key);
                if (old == null || !old.isValueNode() || !old.asText().equals(value)) {
                    edited.set(key, value);
                }
                wanted.put(key, JSON.getNodeFactory().textNode(value));
            } else {
                edited.remove(key);
                wanted.remove(key);
            }
        }
        String result = edited.text();
        // Whatever somebody's file may look like: what is written says what it must, or is not
        // written.
        return read(result).filter(after -> texts(after).equals(texts(wanted))).map(_ -> result);
    }

    /** The single values of a text by key; empty where it is no mapping. */
    private static Optional<Map<String, JsonNode>> read(String text) {
        try {
            JsonNode root = YAML.readTree(text);
            Map<String, JsonNode> values = new TreeMap<>();
            if (root.isMissingNode() || root.isNull()) {
                return Optional.of(values);
            }
            if (!root.isObject()) {
                return Optional.empty();
            }
            root.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
            return Optional.of(values);
        } catch (JsonProcessingException notYaml) {
            return Optional.empty();
        }
    }

    private static Map<String, String> texts(Map<String, JsonNode> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((key, value) ->
                texts.put(key, value.isValueNode() ? value.asText() : value.toString()));
        return texts;
    }

    private String text() {
        return lines.isEmpty() ? "" : String.join(end, lines) + end;
    }

    private void set(String key, String value) {
        String said = key + ": " + scalar(value);
        int at = find(key);
        if (at >= 0) {
            String comment = comment(lines.get(at).substring(lines.get(at).indexOf(':') + 1));
            removeFrom(at);
            lines.add(at, said + comment);
            return;
        }
        int example = first(Pattern.compile("#\\s*" + Pattern.quote(key) + "\\s*:.*"));
        int neighbour = key.equals(Change.PASSWORD_FILE) ? find(Change.DATABASE) : -1;
        if (example >= 0) {
            lines.add(example + 1, said);
        } else if (neighbour >= 0) {
            lines.add(last(neighbour), said);
        } else {
            lines.add(said);
        }
    }

    private void remove(String key) {
        int at = find(key);
        if (at >= 0) {
            removeFrom(at);
        }
    }

    private void removeFrom(int at) {
        lines.subList(at, last(at)).clear();
    }

    /** Behind a key's last line: what is indented below it belongs to it. */
    private int last(int at) {
        int last = at + 1;
        while (last < lines.size() && lines.get(last).matches("[ \\t]+\\S.*")) {
            last++;
        }
        return last;
    }

    private int find(String key) {
        return first(Pattern.compile("([\"']?)" + Pattern.quote(key) + "\\1\\s*:(?:\\s.*)?"));
    }

    private int first(Pattern pattern) {
        for (int i = 0; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    private static String comment(String value) {
        Matcher quoted = COMMENT_AFTER_QUOTES.matcher(value);
        Matcher matcher = quoted.matches() ? quoted : COMMENT.matcher(value);
        return matcher.matches() && matcher.group(1) != null ? matcher.group(1) : "";
    }

    private static String scalar(String value) {
        boolean plain =
                PLAIN.matcher(value).matches()
                        && !WORDS.contains(value.toLowerCase(java.util.Locale.ROOT));
        try {
            return plain ? value : JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a text is always JSON", impossible);
        }
    }
}
