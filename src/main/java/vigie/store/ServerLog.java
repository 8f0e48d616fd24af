package vigie.store;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads out of a server's log why it did not start. */
final class ServerLog {
    private static final Pattern MISSING_LIBRARY =
            Pattern.compile("error while loading shared libraries: ([^:\\s]+):");
    private static final Pattern OLD_SYSTEM =
            Pattern.compile("version `(GLIBC(?:XX)?_[0-9.]+)' not found");
    private static final int LONGEST_QUOTE = 300;

    /** Which package of Debian 12 brings which library. */
    private static final Map<String, String> DEBIAN =
            Map.ofEntries(
                    Map.entry("libaio.so.1", "libaio1"),
                    Map.entry("libcap.so.2", "libcap2"),
                    Map.entry("libcrypt.so.1", "libcrypt1"),
                    Map.entry("libcrypto.so.3", "libssl3"),
                    Map.entry("libgcc_s.so.1", "libgcc-s1"),
                    Map.entry("libgcrypt.so.20", "libgcrypt20"),
                    Map.entry("libgpg-error.so.0", "libgpg-error0"),
                    Map.entry("liblz4.so.1", "liblz4-1"),
                    Map.entry("liblzma.so.5", "liblzma5"),
                    Map.entry("libncurses.so.6", "libncurses6"),
                    Map.entry("libssl.so.3", "libssl3"),
                    Map.entry("libstdc++.so.6", "libstdc++6"),
                    Map.entry("libsystemd.so.0", "libsystemd0"),
                    Map.entry("libtinfo.so.6", "libtinfo6"),
                    Map.entry("liburing.so.2", "liburing2"),
                    Map.entry("libz.so.1", "zlib1g"),
                    Map.entry("libzstd.so.1", "libzstd1"));

    private final Path file;
    private final String text;

    private ServerLog(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    static ServerLog read(Path file) {
        try {
            return new ServerLog(
                    file,
                    Files.exists(file)
                            ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                            : "");
        } catch (IOException unreadable) {
            return new ServerLog(file, "");
        }
    }

    /** Another program took the port between our looking and the server's binding. */
    boolean portTaken() {
        return text.contains("Bind on TCP/IP port")
                || text.contains("Do you already have another server running on port");
    }

    /** The fault that this log tells of. */
    Fault fault(ServerFolder folder, ServerBinaries binaries) {
        Set<String> missing = new LinkedHashSet<>(binaries.missingLibraries());
        Matcher library = MISSING_LIBRARY.matcher(text);
        while (library.find()) {
            missing.add(library.group(1));
        }
        if (!missing.isEmpty()) {
            return blocked(
                    "libraries",
                    String.join(", ", missing),
                    "apt-get install " + packages(missing));
        }
        Matcher old = OLD_SYSTEM.matcher(text);
        if (old.find()) {
            return blocked("oldSystem", old.group(1));
        }
        if (text.contains("No space left on device") || text.contains("Errcode: 28")) {
            return new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("store.file.noSpace", folder.path().toString()),
                    "disk full: " + folder.path());
        }
        if (text.contains("Unable to lock ./ibdata1")
                || text.contains("unable to lock")
                || text.contains("Can't lock aria control file")) {
            return ServerFolder.busy(folder.path(), "?");
        }
        if (text.contains("Permission denied") || text.contains("Errcode: 13")) {
            return blocked("denied", binaries.home().toString(), folder.path().toString());
        }
        return blocked("failed", lastError(), file.toString(), folder.path().toString());
    }

    static String packages(Iterable<String> libraries) {
        Set<String> packages = new TreeSet<>();
        for (String library : libraries) {
            // Debian names a library's package by its name and the number of its interface.
            packages.add(DEBIAN.getOrDefault(library, library.replaceFirst("\\.so\\.?", "")));
        }
        return String.join(" ", packages);
    }

    private String lastError() {
        List<String> errors = text.lines().filter(line -> line.contains("[ERROR]")).toList();
        // The last one is nearly always "Aborting"; the first says why.
        String line =
                errors.isEmpty()
                        ? text.lines().reduce("", (before, after) -> after)
                        : errors.getFirst().replaceFirst("^.*\\[ERROR\\]\\s*", "");
        return line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line;
    }

    private static Fault blocked(String key, Object... values) {
        return new Fault(
                Fault.Kind.BLOCKED,
                Sentence.of("store.server." + key, values),
                "embedded server: " + key + " " + List.of(values));
    }
}
