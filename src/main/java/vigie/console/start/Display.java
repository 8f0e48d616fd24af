package vigie.console.start;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where the window goes: to a screen, or to memory for a picture.
 *
 * @param inMemory no screen is used: JavaFX runs on Monocle, without X and GTK
 */
public record Display(boolean inMemory) {
    private static final Map<String, String> TEXT_PACKAGES =
            ordered(
                    "libfreetype.so.6", "libfreetype6",
                    "libfontconfig.so.1", "libfontconfig1",
                    "libpangoft2-1.0.so.0", "libpangoft2-1.0-0");

    private static final Map<String, String> WINDOW_PACKAGES =
            ordered(
                    "libgtk-3.so.0", "libgtk-3-0",
                    "libXtst.so.6", "libxtst6",
                    "libXxf86vm.so.1", "libxxf86vm1",
                    "libGL.so.1", "libgl1");

    private static final String FONTS_PACKAGE = "fonts-dejavu-core";

    /**
     * Chooses, and makes sure that the toolkit will start. A picture is always made in memory: it
     * then has its exact size, and no window opens.
     *
     * @param forPicture a picture is wanted, not a window
     * @throws Fault no screen, or libraries or fonts are missing; names the remedy
     */
    public static Display choose(boolean forPicture) throws Fault {
        return choose(
                // Whoever set this has chosen memory already, also for a window.
                forPicture || "Monocle".equals(System.getProperty("glass.platform")),
                System.getProperty("os.name", ""),
                System.getenv(),
                Libraries.ofSystem());
    }

    static Display choose(
            boolean forPicture, String system, Map<String, String> environment, Libraries libraries)
            throws Fault {
        boolean linux = system.toLowerCase(Locale.ROOT).contains("linux");
        if (!linux) {
            return new Display(forPicture);
        }
        if (!forPicture && environment.getOrDefault("DISPLAY", "").isBlank()) {
            throw noScreen();
        }
        Set<String> packages = new LinkedHashSet<>(missing(TEXT_PACKAGES, libraries));
        if (!forPicture) {
            packages.addAll(missing(WINDOW_PACKAGES, libraries));
        }
        if (!libraries.hasFonts()) {
            packages.add(FONTS_PACKAGE);
        }
        if (!packages.isEmpty()) {
            String install = String.join(" ", packages);
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("console.start.packages", install),
                    "missing system packages: " + install);
        }
        return new Display(forPicture);
    }

    static Fault noScreen() {
        return new Fault(
                Fault.Kind.BLOCKED, Sentence.of("console.start.no-display"), "no display to open");
    }

    private static List<String> missing(Map<String, String> packages, Libraries libraries) {
        List<String> missing = new ArrayList<>();
        packages.forEach((soname, name) -> {
            if (!libraries.has(soname)) {
                missing.add(name);
            }
        });
        return missing;
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new java.util.LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
