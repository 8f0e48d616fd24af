package vigie.app;

import vigie.text.Words;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes what a package says of the program's commands: manual pages and completions. Started while
 * a package is built, with that package's {@code vigie.distribution}, so that nothing is named that
 * is not in it.
 */
public final class PackagePages {
    private PackagePages() {}

    /**
     * Writes below a folder that becomes the root of a machine.
     *
     * @param args that folder, and the package's version
     */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]), args[1]);
    }

    static void write(Path root, String version) throws IOException {
        for (Locale language : Words.LANGUAGES) {
            Words words = Words.in(language);
            String page = ManualPage.of(tree(words), words, version);
            Path man = root.resolve("usr/share/man");
            if (!language.equals(Words.LANGUAGES.getFirst())) {
                man = man.resolve(language.getLanguage());
            }
            // The format has no room for a time here, so the same page gives the same file.
            Path file = Files.createDirectories(man.resolve("man1")).resolve("vigie.1.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(page.getBytes(StandardCharsets.UTF_8));
            }
        }
        CommandTree tree = tree(Words.in(Locale.ENGLISH));
        Path share = root.resolve("usr/share");
        put(share.resolve("bash-completion/completions/vigie"), Completion.bash(tree));
        put(share.resolve("zsh/vendor-completions/_vigie"), Completion.zsh(tree));
        put(share.resolve("fish/vendor_completions.d/vigie.fish"), Completion.fish(tree));
    }

    static CommandTree tree(Words words) {
        return CommandTree.of(
                Main.commandLine(new Invocation(Map.of(), words, System.out, System.err)));
    }

    private static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
