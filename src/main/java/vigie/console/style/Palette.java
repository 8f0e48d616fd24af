package vigie.console.style;

import javafx.scene.paint.Color;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The colour of every {@link Role}, read from a style sheet of {@code styles/}, so that canvases
 * and style sheets cannot differ. Immutable; needs no toolkit.
 */
public final class Palette {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern SHEET =
            Pattern.compile("\\s*\\.root\\s*\\{(?<body>[^{}]*)\\}\\s*");
    private static final Pattern DECLARATION =
            Pattern.compile("(?<name>[a-z0-9-]+)\\s*:\\s*(?<colour>#[0-9A-F]{6}(?:[0-9A-F]{2})?)");

    private final String stylesheet;
    private final Map<Role, Color> colours;

    private Palette(String stylesheet, Map<Role, Color> colours) {
        this.stylesheet = stylesheet;
        this.colours = colours;
    }

    /** The window's colours, on a dark ground. */
    public static Palette dark() {
        return load("roles-dark.css");
    }

    /** The colours of the printed drawing: white ground, kinds told by colour. */
    public static Palette drawing() {
        return load("roles-drawing.css");
    }

    /** The colour of a role. */
    public Color colour(Role role) {
        return Objects.requireNonNull(colours.get(role));
    }

    /** The colour of a role, more transparent. */
    public Color colour(Role role, double opacity) {
        return colour(role).deriveColor(0, 1, 1, opacity);
    }

    /**
     * The colour of a difference to another moment: from {@link Role#DIFFERENCE_LESS} over {@link
     * Role#DIFFERENCE_SAME} to {@link Role#DIFFERENCE_MORE}.
     *
     * @param step −{@code steps} to {@code steps}
     * @param steps how many are told apart in each direction
     */
    public Color difference(int step, int steps) {
        Role end = step < 0 ? Role.DIFFERENCE_LESS : Role.DIFFERENCE_MORE;
        return colour(Role.DIFFERENCE_SAME)
                .interpolate(colour(end), (double) Math.abs(step) / steps);
    }

    /** The address of the style sheet these colours come from. */
    public String stylesheet() {
        return stylesheet;
    }

    /** The role's colour as style sheets write it: {@code #RRGGBB} or {@code #RRGGBBAA}. */
    public String hex(Role role) {
        Color colour = colour(role);
        String rgb =
                String.format(
                        "#%02X%02X%02X",
                        Math.round(colour.getRed() * 255),
                        Math.round(colour.getGreen() * 255),
                        Math.round(colour.getBlue() * 255));
        return colour.isOpaque()
                ? rgb
                : rgb + String.format("%02X", Math.round(colour.getOpacity() * 255));
    }

    /**
     * Reads a sheet of roles: one block {@code .root}, in it exactly one declaration per role, each
     * a colour in capital hexadecimal digits.
     *
     * @throws IllegalArgumentException naming the declaration that is wrong, doubled or missing; a
     *     mistake in our own files, never the operator's
     */
    static Map<Role, Color> parse(String css) {
        Matcher sheet = SHEET.matcher(COMMENT.matcher(css).replaceAll(""));
        if (!sheet.matches()) {
            throw new IllegalArgumentException("a sheet of roles has one block: .root { … }");
        }
        Map<Role, Color> colours = new EnumMap<>(Role.class);
        for (String part : sheet.group("body").split(";")) {
            if (part.isBlank()) {
                continue;
            }
            Matcher declaration = DECLARATION.matcher(part.strip());
            if (!declaration.matches()) {
                throw new IllegalArgumentException("not a colour's declaration: " + part.strip());
            }
            Role role = role(declaration.group("name"));
            if (colours.put(role, Color.web(declaration.group("colour"))) != null) {
                throw new IllegalArgumentException("declared twice: " + role.cssName());
            }
        }
        for (Role role : Role.values()) {
            if (!colours.containsKey(role)) {
                throw new IllegalArgumentException("no colour for " + role.cssName());
            }
        }
        return colours;
    }

    private static Role role(String cssName) {
        for (Role role : Role.values()) {
            if (role.cssName().equals(cssName)) {
                return role;
            }
        }
        throw new IllegalArgumentException("no such role: " + cssName);
    }

    private static Palette load(String file) {
        URL sheet =
                Objects.requireNonNull(
                        Palette.class.getResource("/styles/" + file), "styles/" + file);
        try (InputStream in = sheet.openStream()) {
            return new Palette(
                    sheet.toExternalForm(),
                    parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("styles/" + file, e);
        }
    }
}
