import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Compares the list of modules of the runtime image with what the class path uses, and looks
 * whether Vigie's own jar refers to a class of its own that is not in it.
 *
 * <p>Arguments: the list, the folder of jars, the folder of JavaFX's modules, a folder to work in.
 * Ends with 1 and one line for each difference.
 */
final class Modules {
    private static final String BY_NAME = "# found by name";
    private static final Pattern USED =
            Pattern.compile("-> ((?:java|javafx|jdk)\\.[a-z.]+)\\s*$", Pattern.MULTILINE);
    private static final Pattern MISSING =
            Pattern.compile("(vigie\\.[\\w.$]+)\\s+-> (vigie\\.[\\w.$]+)\\s+not found");

    public static void main(String[] args) throws IOException {
        Path list = Path.of(args[0]);
        Path jars = Path.of(args[1]);
        Path modules = Path.of(args[2]);
        Path work = Path.of(args[3]);
        List<String> wrong = new ArrayList<>();

        Set<String> named = new TreeSet<>();
        Set<String> byName = new TreeSet<>();
        boolean below = false;
        for (String line : Files.readAllLines(list)) {
            below |= line.startsWith(BY_NAME);
            if (!line.startsWith("#") && !line.isBlank()) {
                (below ? byName : named).add(line.strip());
            }
        }
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> all = Files.list(jars)) {
            for (Path jar : all.sorted().toList()) {
                folders.add(unpack(jar, work.resolve(jar.getFileName())));
            }
        }
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--module-path",
                                modules.toString(),
                                "--add-modules",
                                "javafx.controls,javafx.fxml",
                                "-verbose:class"));
        folders.forEach(folder -> arguments.add(folder.toString()));
        String said = jdeps(arguments.toArray(String[]::new));
        Set<String> used = new TreeSet<>();
        USED.matcher(said).results().forEach(found -> used.add(found.group(1)));
        for (String module : used) {
            if (!named.contains(module) && !byName.contains(module)) {
                wrong.add(list + ": " + module + " is used and not named");
            }
        }
        for (String module : named) {
            if (!used.contains(module)) {
                wrong.add(list + ": " + module + " is named and not used");
            }
        }
        MISSING.matcher(said)
                .results()
                .filter(found -> !found.group(1).equals("vigie.app.DistributedCommands"))
                .forEach(found ->
                        wrong.add(
                                found.group(1)
                                        + " refers to "
                                        + found.group(2)
                                        + ", which is left out"));
        wrong.forEach(System.err::println);
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private static String jdeps(String... args) {
        StringWriter said = new StringWriter();
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(said), new PrintWriter(said), args);
        return said.toString();
    }

    /** Classes alone, without descriptors: jdeps would want every module that they name. */
    private static Path unpack(Path jar, Path into) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName().replaceFirst("^META-INF/versions/\\d+/", "");
                if (name.endsWith(".class")
                        && !name.endsWith("module-info.class")
                        && !name.startsWith("META-INF/")) {
                    Path file = into.resolve(name);
                    Files.createDirectories(file.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
        Files.createDirectories(into);
        return into;
    }
}
