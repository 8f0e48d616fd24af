package vigie.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A plan file as somebody wrote it, in which single objects are added, changed and taken out; every
 * other character stays. What is changed is told by its place in the text as it was at first.
 */
final class PlanText {
    private static final char ORDER_MARK = '\uFEFF';

    /** In place of the characters from a start to an end stands something else. */
    private record Change(int start, int end, String text) {}

    private final String text;
    private final JsonPlaces.Members root;
    private final List<Change> changes = new ArrayList<>();
    private final String newLine;

    /**
     * @param json a plan that the reader takes
     */
    PlanText(byte[] json) {
        text = new String(json, StandardCharsets.UTF_8);
        String read = withoutMark(text);
        int shift = text.length() - read.length();
        // The mark is blanked out, so that places are the same with and without.
        if (!(JsonPlaces.of(" ".repeat(shift) + read) instanceof JsonPlaces.Members members)) {
            throw new IllegalArgumentException("a plan is an object");
        }
        root = members;
        newLine = text.contains("\r\n") ? "\r\n" : "\n";
    }

    private static String withoutMark(String text) {
        return !text.isEmpty() && text.charAt(0) == ORDER_MARK ? text.substring(1) : text;
    }

    /** The changed file. */
    byte[] bytes() {
        StringBuilder out = new StringBuilder(text);
        changes.reversed().stream()
                // From the end on; at one place what is taken out goes before what is put in, and
                // what was put in last goes first, to stand behind.
                .sorted(
                        Comparator.comparingInt(Change::start)
                                .thenComparingInt(Change::end)
                                .reversed())
                .forEach(change -> out.replace(change.start(), change.end(), change.text()));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Adds objects at the end of a section, in lines of their own where the others are.
     *
     * @param objects each on one line
     * @param without the items of the section that are taken out, by index
     */
    void change(String section, List<String> objects, List<Integer> without) {
        if (objects.isEmpty() && without.isEmpty()) {
            return;
        }
        JsonPlaces.Member member = root.members().get(section);
        if (member == null) {
            addSection(section, objects);
            return;
        }
        if (!(member.value() instanceof JsonPlaces.Items list)) {
            throw new IllegalArgumentException(section + " is a list");
        }
        List<JsonPlaces.Place> items = list.items();
        if (without.size() == items.size()) {
            changes.add(new Change(list.start(), list.end(), list(objects, indent(member))));
            return;
        }
        for (int i : without) {
            take(list, i, without);
        }
        int last = items.size() - 1;
        while (without.contains(last)) {
            last--;
        }
        String before = blanksBefore(items.get(last).start());
        StringBuilder more = new StringBuilder();
        objects.forEach(object -> more.append(',').append(before).append(object));
        if (!more.isEmpty()) {
            changes.add(new Change(items.get(last).end(), items.get(last).end(), more.toString()));
        }
    }

    /** An item and the comma that parts it from a neighbour that stays. */
    private void take(JsonPlaces.Items list, int i, List<Integer> without) {
        boolean staysBefore = false;
        for (int j = 0; j < i; j++) {
            staysBefore |= !without.contains(j);
        }
        List<JsonPlaces.Place> items = list.items();
        if (staysBefore) {
            changes.add(new Change(items.get(i - 1).end(), items.get(i).end(), ""));
        } else {
            changes.add(new Change(items.get(i).start(), items.get(i + 1).start(), ""));
        }
    }

    /**
     * Sets a member of an item to a text.
     *
     * @param value without characters that JSON escapes
     */
    void set(String section, int item, String name, String value) {
        JsonPlaces.Member member = root.members().get(section);
        if (member == null
                || !(member.value() instanceof JsonPlaces.Items list)
                || !(list.items().get(item) instanceof JsonPlaces.Members object)) {
            throw new IllegalArgumentException("no such item of " + section + ": " + item);
        }
        JsonPlaces.Member old = object.members().get(name);
        if (old != null) {
            changes.add(new Change(old.value().start(), old.value().end(), quoted(value)));
            return;
        }
        JsonPlaces.Member last =
                object.last().orElseThrow(() -> new IllegalArgumentException("empty: " + item));
        String before = blanksBefore(last.start());
        changes.add(
                new Change(
                        last.value().end(),
                        last.value().end(),
                        ","
                                + (before.isEmpty() ? " " : before)
                                + quoted(name)
                                + ": "
                                + quoted(value)));
    }

    private void addSection(String section, List<String> objects) {
        JsonPlaces.Member last =
                root.last().orElseThrow(() -> new IllegalArgumentException("an empty plan"));
        String before = blanksBefore(last.start());
        changes.add(
                new Change(
                        last.value().end(),
                        last.value().end(),
                        "," + before + quoted(section) + ": " + list(objects, before)));
    }

    /**
     * A list, its items in lines of their own.
     *
     * @param before what stands before the member's name
     */
    private String list(List<String> objects, String before) {
        if (objects.isEmpty()) {
            return "[]";
        }
        String margin = before.contains("\n") ? before.substring(before.lastIndexOf('\n') + 1) : "";
        String line = newLine + margin;
        return "[" + line + "  " + String.join("," + line + "  ", objects) + line + "]";
    }

    private String indent(JsonPlaces.Member member) {
        return blanksBefore(member.start());
    }

    private String blanksBefore(int at) {
        int start = at;
        while (start > 0 && " \t\r\n".indexOf(text.charAt(start - 1)) >= 0) {
            start--;
        }
        return text.substring(start, at);
    }

    private static String quoted(String value) {
        return '"' + value + '"';
    }
}
