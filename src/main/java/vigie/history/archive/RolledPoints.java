package vigie.history.archive;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Of which points roll-ups are kept.
 *
 * @param patterns names; in them {@code *} stands for any characters, {@code ?} for one
 */
public record RolledPoints(List<String> patterns) {
    /** None. */
    public static final RolledPoints NONE = new RolledPoints(List.of());

    public RolledPoints {
        patterns = List.copyOf(patterns);
    }

    /** These and those. */
    public RolledPoints and(Collection<String> others) {
        return new RolledPoints(
                Stream.concat(patterns.stream(), others.stream()).distinct().toList());
    }

    /** Whether a point of this name is one of them. */
    public boolean has(String name) {
        return patterns.stream()
                .anyMatch(pattern ->
                        pattern.equals(name) || compiled(pattern).matcher(name).matches());
    }

    private static Pattern compiled(String glob) {
        return Pattern.compile(
                glob.chars()
                        .mapToObj(c ->
                                switch (c) {
                                    case '*' -> ".*";
                                    case '?' -> ".";
                                    default -> Pattern.quote(String.valueOf((char) c));
                                })
                        .collect(Collectors.joining()));
    }
}
