package vigie.store;

import org.jspecify.annotations.Nullable;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Files and folders that nobody but their owner may open: where secrets lie. On systems without
 * POSIX permissions they are what the user's own folders are there.
 */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.complementOf(
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));

    /** No account has this name. */
    private static final String NOBODY = "";

    private OwnerOnly() {}

    /**
     * Makes the folder, with those above it, for the owner only. One that is there is left as it
     * is.
     *
     * @throws Fault naming the folder and what is in the way
     */
    public static void folder(Path folder) throws Fault {
        try {
            Files.createDirectories(folder, permissions(folder, "rwx------"));
        } catch (FileAlreadyExistsException notFolder) {
            throw blocked("notFolder", folder, notFolder);
        } catch (IOException failed) {
            throw unwritable(folder, failed);
        }
        if (!Files.isWritable(folder)) {
            throw blocked("unwritable", folder, null);
        }
    }

    /**
     * Writes the file in one step: it is there whole or not at all, and never with wider
     * permissions.
     */
    public static void write(Path file, String text) throws Fault {
        write(file, text, false);
    }

    /** As {@link #write}, and what returns is on the disk: a loss of power does not undo it. */
    public static void writeDurably(Path file, String text) throws Fault {
        write(file, text, true);
    }

    private static void write(Path file, String text, boolean durably) throws Fault {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("not a file: " + file);
        }
        folder(folder);
        Path fresh =
                folder.resolve(
                        file.getFileName()
                                + "."
                                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong())
                                + ".tmp");
        try {
            Files.createFile(fresh, permissions(folder, "rw-------"));
            try {
                Files.writeString(fresh, text, StandardOpenOption.WRITE);
                if (durably) {
                    // Before the name changes: else the new name could lead to an empty file.
                    force(fresh, StandardOpenOption.WRITE);
                }
                Files.move(
                        fresh,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                if (durably && posix(folder)) {
                    // The name itself is kept in the folder; other systems open no folders.
                    force(folder, StandardOpenOption.READ);
                }
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException failed) {
            throw unwritable(file, failed);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    /**
     * Reads a file that only its owner, who must be this user, may read.
     *
     * @return empty when there is no such file
     * @throws Fault when others may read or write it, when it belongs to somebody else, or when it
     *     cannot be read
     */
    public static Optional<String> read(Path file) throws Fault {
        return read(file, NOBODY);
    }

    /**
     * As {@link #read(Path)}; root may also read a file of the account that a service of this
     * machine runs under, for it is root who writes that one's configuration.
     *
     * @param service the account's name
     */
    public static Optional<String> read(Path file, String service) throws Fault {
        try {
            if (posix(file) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                check(file, service);
            }
            return Optional.of(SmallFile.read(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failed) {
            throw blocked("unreadable", file, failed);
        }
    }

    private static void check(Path file, String service) throws IOException, Fault {
        PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class);
        if (found.permissions().stream().anyMatch(OTHERS::contains)) {
            throw blocked("tooOpen", file, null);
        }
        // The kernel lets root read everything; another user's secrets are still not root's to use.
        Path self = Path.of("/proc/self");
        String owner = found.owner().getName();
        String reader =
                Files.exists(self)
                        ? Files.getOwner(self).getName()
                        : System.getProperty("user.name", "");
        if (!owner.equals(reader) && !(reader.equals("root") && owner.equals(service))) {
            throw blocked("notOwner", file, null);
        }
    }

    static Fault unwritable(Path path, IOException failed) {
        // Making a file names it in the fault, writing into one does not.
        String reason = String.valueOf(failed.getMessage());
        return blocked(
                reason.contains("No space left") || reason.contains("quota")
                        ? "noSpace"
                        : "unwritable",
                path,
                failed);
    }

    private static Fault blocked(String key, Path path, @Nullable IOException cause) {
        return new Fault(
                Fault.Kind.BLOCKED,
                Sentence.of("store.file." + key, path.toString()),
                key + ": " + path,
                cause);
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return posix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
