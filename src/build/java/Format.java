import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Formats the sources, or checks that they are formatted: run by the build on the JDK 25 of the
 * toolchain, because the formatter cannot read Java 25 inside a Maven that runs on 17.
 */
final class Format {
    private Format() {}

    public static void main(String[] args) throws Exception {
        boolean write = args[0].equals("write");
        var options = JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build();
        var formatter = new Formatter(options);
        List<Path> wrong = new ArrayList<>();
        try (var files = Files.walk(Path.of(args[1]))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                String before = Files.readString(file);
                String imports =
                        ImportOrderer.reorderImports(
                                RemoveUnusedImports.removeUnusedImports(before),
                                JavaFormatterOptions.Style.AOSP);
                String after = formatter.formatSource(imports);
                if (!after.equals(before)) {
                    wrong.add(file);
                    if (write) {
                        Files.writeString(file, after);
                    }
                }
            }
        }
        if (!wrong.isEmpty() && !write) {
            System.err.println(
                    "Not formatted (mend with: mvn -q process-sources -Dformat.mode=write): "
                            + wrong);
            System.exit(1);
        }
    }
}
