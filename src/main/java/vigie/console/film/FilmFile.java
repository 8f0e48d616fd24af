package vigie.console.film;

import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.picture.Png;
import vigie.console.start.PixelSize;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Where a film is written. It is written beside its place, and put there when it is whole; closed
 * before that, nothing of it is left. One thread.
 */
abstract class FilmFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FilmFile.class);
    private static final String UNFINISHED = ".unfinished";

    private boolean kept;

    private FilmFile() {}

    /** Begins it. */
    static FilmFile open(FilmOrder order) throws IOException {
        return order.isFolder() ? new Folder(order) : new Animated(order);
    }

    /** Adds a frame; the pixels are not kept. */
    abstract void add(int[] pixels) throws IOException;

    /** It is whole: puts it in its place; says how many bytes it has. */
    final long keep() throws IOException {
        long bytes = put();
        kept = true;
        return bytes;
    }

    abstract long put() throws IOException;

    abstract void remove() throws IOException;

    @Override
    public final void close() {
        if (kept) {
            return;
        }
        try {
            remove();
        } catch (IOException left) {
            LOG.warn("something of an unfinished film is left behind", left);
        }
    }

    /** One animated GIF. */
    private static final class Animated extends FilmFile {
        private final Path place;
        private final Path beside;
        private final OutputStream out;
        private final Gif gif;

        Animated(FilmOrder order) throws IOException {
            place = order.file().toAbsolutePath();
            beside =
                    place.resolveSibling(
                            "."
                                    + place.getFileName()
                                    + "."
                                    + ProcessHandle.current().pid()
                                    + UNFINISHED);
            out = new BufferedOutputStream(Files.newOutputStream(beside), 1 << 16);
            // A window that is closed, or a signal, ends the process before anybody else can.
            beside.toFile().deleteOnExit();
            gif =
                    new Gif(
                            out,
                            order.size().width(),
                            order.size().height(),
                            Math.max(1, Math.round(100f / order.framesPerSecond())),
                            "Vigie " + order.from() + " - " + order.to());
        }

        @Override
        void add(int[] pixels) throws IOException {
            gif.add(pixels);
        }

        @Override
        long put() throws IOException {
            gif.finish();
            out.close();
            Files.move(beside, place, StandardCopyOption.REPLACE_EXISTING);
            return gif.written();
        }

        @Override
        void remove() throws IOException {
            try (out) {
                LOG.debug("an unfinished film is removed: {}", beside);
            } finally {
                Files.deleteIfExists(beside);
            }
        }
    }

    /** Numbered PNG files in a folder. What else is there stays. */
    private static final class Folder extends FilmFile {
        private final Path place;
        private final Path beside;
        private final boolean created;
        private final WritableImage image;
        private final PixelSize size;
        private long count;

        Folder(FilmOrder order) throws IOException {
            place = order.file().toAbsolutePath();
            created = !Files.isDirectory(place);
            if (created) {
                Files.createDirectory(place);
            }
            size = order.size();
            image = new WritableImage(size.width(), size.height());
            beside =
                    Files.createDirectory(
                            place.resolve(".film." + ProcessHandle.current().pid() + UNFINISHED));
        }

        @Override
        void add(int[] pixels) throws IOException {
            image.getPixelWriter()
                    .setPixels(
                            0,
                            0,
                            size.width(),
                            size.height(),
                            PixelFormat.getIntArgbInstance(),
                            pixels,
                            0,
                            size.width());
            count++;
            Png.write(image, beside.resolve(name(count)), Map.of("Software", "Vigie"));
        }

        @Override
        long put() throws IOException {
            long bytes = 0;
            for (long i = 1; i <= count; i++) {
                Path frame = beside.resolve(name(i));
                bytes += Files.size(frame);
                Files.move(frame, place.resolve(name(i)), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.delete(beside);
            return bytes;
        }

        @Override
        void remove() throws IOException {
            try (DirectoryStream<Path> frames = Files.newDirectoryStream(beside)) {
                for (Path frame : frames) {
                    Files.deleteIfExists(frame);
                }
            } catch (UncheckedIOException | java.nio.file.DirectoryIteratorException unreadable) {
                throw new IOException(unreadable);
            }
            Files.deleteIfExists(beside);
            if (created) {
                Files.deleteIfExists(place);
            }
        }

        private static String name(long number) {
            return "frame-%06d.png".formatted(number);
        }
    }
}
