package vigie.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of one embedded server, held by at most one process at a time.
 *
 * <pre>
 * lock          held while a program uses the folder; its text is that program's process id
 * data/         the server's own
 * data.new/     the same while it is made for the first time
 * tmp/          the server's temporary files
 * root.secret   the password of the server's root, for the owner only
 * server.port   where the last server listened
 * server.pid    the server's process id, written by its guard
 * server.log    what the server says; server.log.1 that of the run before
 * </pre>
 */
final class ServerFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerFolder.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * The folders held by this process. A POSIX lock belongs to the process and is lost as soon as
     * the process closes <em>any</em> channel on the file, so a second attempt in the same process
     * must not even open it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private ServerFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the folder, making it where it is missing.
     *
     * @throws Fault when another program uses it, or when it cannot be written
     */
    static ServerFolder hold(Path wanted) throws Fault {
        OwnerOnly.folder(wanted);
        Path folder;
        try {
            folder = wanted.toRealPath();
        } catch (IOException failed) {
            throw OwnerOnly.unwritable(wanted, failed);
        }
        if (!HELD.add(folder)) {
            throw busy(folder, String.valueOf(ProcessHandle.current().pid()));
        }
        boolean taken = false;
        try {
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    throw busy(folder, text(channel));
                }
                channel.truncate(0);
                channel.write(
                        ByteBuffer.wrap(
                                (ProcessHandle.current().pid() + "\n")
                                        .getBytes(StandardCharsets.UTF_8)),
                        0);
                taken = true;
                return new ServerFolder(folder, channel);
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        } catch (IOException failed) {
            throw OwnerOnly.unwritable(folder, failed);
        } finally {
            if (!taken) {
                HELD.remove(folder);
            }
        }
    }

    Path path() {
        return folder;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path newData() {
        return folder.resolve("data.new");
    }

    Path temporary() {
        return folder.resolve("tmp");
    }

    Path log() {
        return folder.resolve("server.log");
    }

    Path pidFile() {
        return folder.resolve("server.pid");
    }

    /** Whether a server has been set up here. */
    boolean hasData() {
        return Files.isDirectory(data().resolve("mysql"));
    }

    /** The password of the server's root; empty when there is none yet, or when it was lost. */
    Optional<Secret> rootSecret() throws Fault {
        return OwnerOnly.read(folder.resolve("root.secret"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Secret::of);
    }

    void keepRootSecret(Secret secret) throws Fault {
        OwnerOnly.write(folder.resolve("root.secret"), secret.reveal() + "\n");
    }

    /** The port of the last server here, 0 when there was none. */
    int lastPort() {
        try {
            String text = Files.readString(folder.resolve("server.port")).strip();
            int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
            return port <= 65535 ? port : 0;
        } catch (IOException none) {
            return 0;
        }
    }

    /** Remembers the port; that it cannot is no reason to stop. */
    void keepPort(int port) {
        try {
            Files.writeString(folder.resolve("server.port"), port + "\n");
        } catch (IOException failed) {
            LOG.info("the port is not remembered", failed);
        }
    }

    /** Deletes the data; the next start sets up a new server. */
    void forget() throws Fault {
        try {
            Trees.delete(data());
            Trees.delete(newData());
            Files.deleteIfExists(folder.resolve("root.secret"));
        } catch (IOException failed) {
            throw OwnerOnly.unwritable(folder, failed);
        }
    }

    /** Makes room for a run: the log of the last one is put aside, its temporary files go. */
    void prepare() throws Fault {
        try {
            if (Files.exists(log())) {
                Files.move(
                        log(), folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            Trees.delete(temporary());
            Files.createDirectories(temporary());
            Files.deleteIfExists(pidFile());
        } catch (IOException failed) {
            throw OwnerOnly.unwritable(folder, failed);
        }
    }

    /**
     * Ends a server that an earlier program left on this data: since the lock is ours, its program
     * is gone, and at best its guard is just about to end it. A process that only has the same
     * number is left alone.
     */
    void endStaleServer() throws Fault {
        long pid;
        try {
            String text = Files.exists(pidFile()) ? Files.readString(pidFile()).strip() : "";
            if (!text.matches("[0-9]{1,18}")) {
                return;
            }
            pid = Long.parseLong(text);
        } catch (IOException unreadable) {
            LOG.info("no process id to be read", unreadable);
            return;
        }
        if (!Processes.alive(pid) || !Processes.hasArgument(pid, dataArgument())) {
            return;
        }
        LOG.warn("ending the server {} that an earlier run left on {}", pid, folder);
        if (!Processes.stop(pid, PATIENCE)) {
            throw busy(folder, String.valueOf(pid));
        }
    }

    /** The word on the server's command line that tells whose it is. */
    String dataArgument() {
        return "--datadir=" + data();
    }

    /**
     * @throws Fault when less than the bytes given is free where the folder lies
     */
    static void needSpace(Path folder, long bytes) throws Fault {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < bytes) {
                throw new Fault(
                        Fault.Kind.BLOCKED,
                        Sentence.of(
                                "store.server.space", folder.toString(), bytes >> 20, free >> 20),
                        "only " + free + " bytes are free in " + folder);
            }
        } catch (IOException unknown) {
            LOG.info("free space of {} unknown", folder, unknown);
        }
    }

    static Fault busy(Path folder, String pid) {
        return new Fault(
                Fault.Kind.BLOCKED,
                Sentence.of("store.server.busy", folder.toString(), pid),
                "in use by process " + pid + ": " + folder);
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(32);
        channel.read(buffer, 0);
        String text =
                new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).strip();
        return text.matches("[0-9]+") ? text : "?";
    }

    /** Lets the folder go. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            LOG.info("lock of {} not closed cleanly", folder, failed);
        } finally {
            HELD.remove(folder);
        }
    }
}
