package vigie.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells when one of some files has changed. It looks at what is in them, for editors put new files
 * in the place of old ones, and copies keep their times; and it tells only what stayed the same for
 * two looks, for nobody writes a file in one instant. Also told is that a file came, went, or may
 * be read by others than before.
 */
final class FileWatch implements AutoCloseable {
    /** Soon enough for somebody who looks from his editor to the window. */
    static final Duration PACE = Duration.ofSeconds(1);

    /** Bytes looked at; files written by hand are smaller. */
    private static final int LARGEST = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final Supplier<List<Path>> files;
    private final Duration pace;
    private final Runnable changed;
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread;

    private FileWatch(Supplier<List<Path>> files, Duration pace, Runnable changed) {
        this.files = files;
        this.pace = pace;
        this.changed = changed;
        thread = Thread.ofVirtual().name("vigie-files").unstarted(this::run);
    }

    /**
     * Watches until it is closed. The first thing it tells is how the files are now.
     *
     * @param files asked with every look, on the thread of the watch
     * @param changed told on the thread of the watch
     */
    static FileWatch begin(Supplier<List<Path>> files, Duration pace, Runnable changed) {
        FileWatch watch = new FileWatch(files, pace, changed);
        watch.thread.start();
        return watch;
    }

    /** Tells at once, whatever the files are like. Any thread; returns at once. */
    void look() {
        asked.release();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        Map<Path, String> told = Map.of();
        Map<Path, String> before = Map.of();
        try {
            while (true) {
                boolean now = asked.tryAcquire(pace.toMillis(), TimeUnit.MILLISECONDS);
                asked.drainPermits();
                Map<Path, String> found = found();
                if (now || (!found.equals(told) && found.equals(before))) {
                    told = found;
                    tell();
                }
                before = found;
            }
        } catch (InterruptedException closed) {
            LOG.trace("the watch ends");
        }
    }

    private void tell() {
        try {
            changed.run();
        } catch (RuntimeException mistake) { // the boundary: one bad file must not be the last
            LOG.error("what is in the files cannot be shown", mistake);
        }
    }

    private Map<Path, String> found() {
        Map<Path, String> found = new LinkedHashMap<>();
        for (Path file : files.get()) {
            found.put(file, print(file));
        }
        return found;
    }

    /** Two that differ are two contents, or who may read it has changed. */
    private static String print(Path file) {
        if (!Files.isRegularFile(file)) {
            // What waits for a writer must not be waited for.
            return Files.notExists(file, LinkOption.NOFOLLOW_LINKS) ? "none" : "no file";
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readNBytes(LARGEST));
            return HexFormat.of().formatHex(digest) + " " + rights(file);
        } catch (IOException unreadable) {
            return "unreadable";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String rights(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.getOwner(file) + " " + Files.getPosixFilePermissions(file)
                : "";
    }
}
