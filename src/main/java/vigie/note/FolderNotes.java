package vigie.note;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.DatabaseAddress;
import vigie.store.OwnerOnly;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * Notes in a file of this console: one JSON object a line, only ever appended to, readable by its
 * owner alone. A line that was cut off, by a loss of power or a full disk, is passed over, and the
 * next note begins a line of its own. Any thread, and several programs at once.
 */
final class FolderNotes {
    private static final Logger LOG = LoggerFactory.getLogger(FolderNotes.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<OpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    /** The lock of a file holds between programs; within this one it would be refused. */
    private static final Object WITHIN = new Object();

    private final Path file;

    FolderNotes(Path file) {
        this.file = file;
    }

    /** The file of one database, whatever account looks at it. */
    static Path file(Path folder, DatabaseAddress address) {
        String server =
                address.hosts().stream()
                        .map(host -> host.toString().toLowerCase(Locale.ROOT))
                        .sorted()
                        .collect(Collectors.joining(","));
        CRC32C sum = new CRC32C();
        sum.update((server + "/" + address.schema()).getBytes(StandardCharsets.UTF_8));
        String name = address.schema().replaceAll("[^A-Za-z0-9_]", "-");
        return folder.resolve(
                name + "-" + HexFormat.of().toHexDigits((int) sum.getValue()) + ".jsonl");
    }

    Path file() {
        return file;
    }

    /**
     * Appends one; when this returns it is on the disk.
     *
     * @throws Fault it is not there
     */
    void keep(Note note) throws Fault {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            OwnerOnly.folder(folder);
        }
        synchronized (WITHIN) {
            try (FileChannel channel = FileChannel.open(file, APPENDING, permissions());
                    var _ = channel.lock()) {
                append(channel, line(note));
            } catch (IOException failed) {
                throw new Fault(
                        Fault.Kind.BLOCKED,
                        Sentence.of("note.unwritable", file.toString()),
                        "a note cannot be appended",
                        failed);
            }
        }
    }

    private static void append(FileChannel channel, byte[] line) throws IOException {
        long end = channel.size();
        boolean torn = end > 0 && !endsLine(channel, end);
        ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
        if (torn) {
            bytes.put((byte) '\n');
        }
        bytes.put(line).flip();
        long at = end;
        boolean whole = false;
        try {
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(true);
            whole = true;
        } finally {
            if (!whole) {
                // Who is told that a note was not kept should not find half of it.
                channel.truncate(end);
            }
        }
    }

    private static boolean endsLine(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, end - 1);
        return last.get(0) == '\n';
    }

    private FileAttribute<?>[] permissions() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Those of a stretch, both ends included, in order of time. */
    List<Note> between(Instant from, Instant to) throws Fault {
        List<Note> found = new ArrayList<>();
        int torn = 0;
        // A reader of UTF-8 that refuses half a character would refuse the whole file for it.
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<Note> note = note(line);
                torn += note.isEmpty() && !line.isBlank() ? 1 : 0;
                note.filter(its -> !its.at().isBefore(from) && !its.at().isAfter(to))
                        .ifPresent(found::add);
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("note.unreadable", file.toString()),
                    "the notes of this console cannot be read",
                    failed);
        }
        if (torn > 0) {
            LOG.debug("{} lines of {} are no notes and are passed over", torn, file);
        }
        found.sort(Note.IN_ORDER);
        return found;
    }

    private static byte[] line(Note note) throws JsonProcessingException {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", note.id().toString());
        node.put("at", note.at().toString());
        node.put("written", note.written().toString());
        node.put("author", note.author());
        node.put("text", note.text());
        note.element().ifPresent(element -> node.put("element", element));
        return (JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Empty where it is none. */
    private static Optional<Note> note(String line) {
        if (line.isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(line);
            return Optional.of(
                    new Note(
                            UUID.fromString(text(node, "id")),
                            Instant.parse(text(node, "at")),
                            Instant.parse(text(node, "written")),
                            text(node, "author"),
                            text(node, "text"),
                            node.path("element").isTextual()
                                    ? Optional.of(node.path("element").asText())
                                    : Optional.empty()));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException torn) {
            LOG.trace("no note", torn);
            return Optional.empty();
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("no " + field);
        }
        return value.asText();
    }
}
