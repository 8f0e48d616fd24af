package vigie.bench;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What the newest package puts onto a machine, in a folder of the bench's own. */
final class InstalledTree implements AutoCloseable {
    private static final double MEGA = 1e6;
    private static final long KIBI = 1_024;

    private final Path archive;
    private final Path folder;
    private final Path root;
    private final Path bare;

    private InstalledTree(Path archive, Path folder) {
        this.archive = archive;
        this.folder = folder;
        root = folder.resolve("root");
        bare = folder.resolve("bare");
    }

    /**
     * Unpacks the plain package of this checkout.
     *
     * @throws Fault there is none
     */
    static InstalledTree unpack() throws Fault, InterruptedException {
        Path archive =
                newest(Checkout.folder().resolve("target/package"))
                        .orElseThrow(() ->
                                new Fault(
                                        Fault.Kind.BLOCKED,
                                        Sentence.of("app.bench.package"),
                                        "no package in target/package"));
        InstalledTree tree = new InstalledTree(archive, BenchDatabase.temporaryFolder());
        command("dpkg-deb", "-x", archive.toString(), tree.root.toString());
        command("cp", "-a", tree.home().toString(), tree.bare.toString());
        deleteCache(tree.bare);
        return tree;
    }

    private static Optional<Path> newest(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("vigie_[^+]*\\.deb"))
                    .max((a, b) -> Long.compare(time(a), time(b)));
        } catch (IOException noFolder) {
            return Optional.empty();
        }
    }

    private static long time(Path file) {
        return file.toFile().lastModified();
    }

    private static void deleteCache(Path home) {
        try {
            Files.delete(home.resolve("lib/app/app.aot"));
        } catch (IOException noCache) {
            throw new UncheckedIOException(noCache);
        }
    }

    private static void command(String... words) throws InterruptedException {
        try {
            int code = new ProcessBuilder(words).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(words[0] + " ended with " + code);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path archive() {
        return archive;
    }

    /** The program's folder. */
    Path home() {
        return root.resolve("opt/vigie");
    }

    /** The program's folder once more, without its AOT cache. */
    Path withoutCache() {
        return bare;
    }

    /** Size of the package, in millions of bytes. */
    double archiveMegabytes() {
        try {
            return Files.size(archive) / MEGA;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Size of all files, each in whole KiB as dpkg counts them, in millions of bytes. */
    double installedMegabytes() {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                            .mapToLong(file -> (file.toFile().length() + KIBI - 1) / KIBI * KIBI)
                            .sum()
                    / MEGA;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        BenchDatabase.delete(folder);
    }
}
