package vigie.app;

import vigie.point.PointId;

import java.util.Optional;
import java.util.regex.Pattern;

/** A point's name as it is asked for: {@code *} stands for any characters. */
final class Glob {
    private static final int LONGEST = 255;

    private final String text;
    private final Pattern pattern;

    Glob(String text) {
        this.text = text;
        StringBuilder regex = new StringBuilder();
        for (String literal : text.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** The one name that it is; empty where it may be several, or none can be called so. */
    Optional<PointId> name() {
        return text.contains("*") || text.isBlank() || text.length() > LONGEST
                ? Optional.empty()
                : Optional.of(new PointId(text));
    }

    boolean matches(PointId point) {
        return pattern.matcher(point.name()).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
