package vigie.incident;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import vigie.history.Work;
import vigie.note.Note;
import vigie.plan.Plan;
import vigie.plan.PlanReader;
import vigie.recording.Basis;
import vigie.recording.DamagedReel;
import vigie.recording.Reel;
import vigie.recording.ReelCodec;
import vigie.text.Fault;
import vigie.timeline.Occurrence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An incident file that is open. It was written by a stranger: nothing of it is believed before it
 * is checked, no part of it is ever written to a disk, and what it may take of memory has limits.
 * The checksum of the whole file is compared at the opening, that of each part, and what the part
 * says, when the part is read. Any thread.
 */
public final class IncidentFile implements AutoCloseable {
    private static final Pattern MARK =
            Pattern.compile("vigie-incident (\\d{1,9})\nneeds Vigie ([0-9A-Za-z.+-]{1,40})\n");

    /** Where the first part's bytes begin in the file: after its head and its name. */
    private static final int MARK_AT = 30 + Format.MARK.length();

    private static final int HEAD = 256;

    /** The end of a ZIP's directory, without the comment. */
    private static final int END = 22;

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int FIRST_SIGNATURE = 0x04034b50;
    private static final int CHUNK = 1 << 20;
    private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;
    private final Map<String, Part> parts;
    private final Map<Basis, List<Part>> reels;
    private final Plan plan;
    private final List<Note> notes;
    private final List<Occurrence> occurrences;

    private IncidentFile(Path file, ZipFile zip) throws Fault {
        this.file = file;
        this.zip = zip;
        Manifest.Listed listed = manifest(file, zip);
        manifest = listed.manifest();
        parts = checked(listed.parts());
        reels = reels(listed.parts());
        plan = PlanReader.read(part(Format.PLAN), file + "!" + Format.PLAN);
        try {
            notes = List.copyOf(Json.readNotes(part(Format.NOTES)));
            occurrences = withNotes(Json.readOccurrences(part(Format.OCCURRENCES)), notes);
            Json.readNoAlarms(part(Format.ALARMS));
        } catch (Json.Malformed no) {
            throw wrong(no.getMessage(), no);
        }
        if (notes.size() != manifest.notes()
                || occurrences.size() != manifest.occurrences() + notes.size()) {
            throw wrong("the counts", null);
        }
    }

    /**
     * Opens a file and checks that it is whole; what it tells of single moments is read when it is
     * asked for.
     *
     * @throws Fault it is not there, no incident file, not whole, changed after it was written, of
     *     a version that this program does not know, or not what it says
     */
    public static IncidentFile open(Path file) throws Fault {
        try {
            if (Files.isDirectory(file)) {
                throw Format.fault("incident.isFolder", file);
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw Format.fault("incident.notAFile", file);
            }
            checkWhole(file);
            ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
            boolean open = false;
            try {
                IncidentFile opened = new IncidentFile(file, zip);
                open = true;
                return opened;
            } finally {
                if (!open) {
                    zip.close();
                }
            }
        } catch (NoSuchFileException no) {
            throw Format.fault(no, "incident.noFile", file);
        } catch (FileSystemException no) {
            throw Format.fault(no, "incident.notReadable", file);
        } catch (IOException | IllegalArgumentException no) {
            throw Format.fault(no, "incident.damaged", file);
        }
    }

    /** Compares the checksum of the file, and looks at its frame before anybody unpacks it. */
    private static void checkWhole(Path file) throws IOException, Fault {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer head = read(channel, 0, (int) Math.min(size, HEAD));
            if (!isMarked(head)) {
                throw Format.fault("incident.notIncident", file);
            }
            if (size > Format.LARGEST_FILE) {
                throw Format.fault("incident.tooLarge", file, Format.LARGEST_FILE / 1024 / 1024);
            }
            int tail = END + Format.SEAL.length + Format.SEAL_DIGITS;
            if (size < HEAD + tail) {
                throw Format.fault("incident.truncated", file);
            }
            ByteBuffer end = read(channel, size - tail, tail).order(ByteOrder.LITTLE_ENDIAN);
            byte[] comment = new byte[Format.SEAL.length];
            end.get(END, comment);
            if (end.getInt(0) != END_SIGNATURE
                    || !Arrays.equals(comment, Format.SEAL)
                    || Short.toUnsignedInt(end.getShort(20)) != tail - END) {
                throw Format.fault("incident.truncated", file);
            }
            byte[] seal = new byte[Format.SEAL_DIGITS];
            end.get(END + Format.SEAL.length, seal);
            if (!new String(seal, StandardCharsets.US_ASCII)
                    .equals(checksum(channel, size - Format.SEAL_DIGITS))) {
                throw Format.fault("incident.damaged", file);
            }
            version(head, file);
            int entries = Short.toUnsignedInt(end.getShort(10));
            long directory = Integer.toUnsignedLong(end.getInt(12));
            long at = Integer.toUnsignedLong(end.getInt(16));
            if (entries > Format.MOST_PARTS + 1
                    || entries != Short.toUnsignedInt(end.getShort(8))
                    || directory > Format.LARGEST_DIRECTORY
                    || at + directory != size - tail) {
                throw Format.fault("incident.wrong", file);
            }
        }
    }

    /** Whether a file begins as every incident file does, as far as it goes. */
    private static boolean isMarked(ByteBuffer head) {
        ByteBuffer little = head.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        byte[] name = Format.MARK.getBytes(StandardCharsets.US_ASCII);
        if (little.limit() < MARK_AT) {
            return false;
        }
        byte[] found = new byte[name.length];
        little.get(30, found);
        return little.getInt(0) == FIRST_SIGNATURE
                && little.getShort(26) == name.length
                && little.getShort(28) == 0
                && Arrays.equals(found, name);
    }

    private static void version(ByteBuffer head, Path file) throws Fault {
        String text =
                StandardCharsets.US_ASCII.decode(head.duplicate().position(MARK_AT)).toString();
        Matcher mark = MARK.matcher(text);
        if (!mark.lookingAt()) {
            throw Format.fault("incident.damaged", file);
        }
        int version = Integer.parseInt(mark.group(1));
        if (version > Format.VERSION) {
            throw Format.fault("incident.newer", file, version, mark.group(2), Program.version());
        }
        if (version < 1) {
            throw Format.fault("incident.wrong", file);
        }
    }

    private static ByteBuffer read(FileChannel channel, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // on to the end
        }
        return bytes.flip();
    }

    private static String checksum(FileChannel channel, long length) throws IOException {
        MessageDigest digest = Digests.sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long at = 0;
        while (at < length) {
            chunk.clear().limit((int) Math.min(CHUNK, length - at));
            int count = channel.read(chunk, at);
            if (count < 0) {
                break;
            }
            digest.update(chunk.array(), 0, count);
            at += count;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Manifest.Listed manifest(Path file, ZipFile zip) throws Fault {
        try {
            ZipEntry entry = zip.getEntry(Format.MANIFEST);
            if (entry == null) {
                throw Format.fault("incident.wrong", file);
            }
            return Json.readManifest(unpack(file, zip, entry, Format.LARGEST_JSON));
        } catch (Json.Malformed no) {
            throw Format.fault(no, "incident.wrong", file);
        }
    }

    private static byte[] unpack(Path file, ZipFile zip, ZipEntry entry, int most) throws Fault {
        try (InputStream in = zip.getInputStream(entry)) {
            // What a part says of its length is not asked: it may lie.
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw Format.fault("incident.wrong", file);
            }
            return bytes;
        } catch (IOException | IllegalArgumentException | IllegalStateException no) {
            throw Format.fault(no, "incident.damaged", file);
        }
    }

    /** By name: what the list says must be what the file has, each once, nothing more. */
    private Map<String, Part> checked(List<Part> listed) throws Fault {
        Map<String, Part> byName = new HashMap<>();
        for (Part part : listed) {
            if (byName.put(part.name(), part) != null) {
                throw wrong("a part is listed twice", null);
            }
        }
        Set<String> found = new HashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            boolean known =
                    byName.containsKey(entry.getName()) || entry.getName().equals(Format.MANIFEST);
            if (!known || !found.add(entry.getName())) {
                throw wrong("a part that is not listed, or is there twice", null);
            }
        }
        if (found.size() != byName.size() + 1 || byName.containsKey(Format.MANIFEST)) {
            throw wrong("a part is missing", null);
        }
        return byName;
    }

    /** The reels of each basis, one after the other and without a hole. */
    private Map<Basis, List<Part>> reels(List<Part> listed) throws Fault {
        Map<Basis, List<Part>> all = new EnumMap<>(Basis.class);
        for (Basis basis : manifest.bases()) {
            all.put(basis, new ArrayList<>());
        }
        Set<String> plain =
                Set.of(Format.MARK, Format.PLAN, Format.OCCURRENCES, Format.NOTES, Format.ALARMS);
        for (Part part : listed) {
            if (part.reel().isEmpty()) {
                if (!plain.contains(part.name())) {
                    throw wrong("a part of no known name", null);
                }
                continue;
            }
            Part.Stretch stretch = part.reel().get();
            List<Part> its = all.get(stretch.basis());
            if (its == null || !part.name().equals(Format.reel(stretch.basis(), its.size()))) {
                throw wrong("a reel of another name", null);
            }
            Instant before = its.isEmpty() ? manifest.begins() : stretch(its.getLast()).to();
            if (stretch.from().isBefore(before)
                    || stretch.from().isAfter(its.isEmpty() ? before : before.plus(TICK))
                    || stretch.to().isBefore(stretch.from())) {
                throw wrong("reels with a hole between them", null);
            }
            its.add(part);
        }
        List<Part> now = all.get(Basis.KNOWN_NOW);
        if (now == null) {
            throw wrong("no reels of what is known now", null);
        }
        for (List<Part> its : all.values()) {
            if (its.isEmpty() || !stretch(its.getLast()).to().equals(manifest.to())) {
                throw wrong("reels that end too early", null);
            }
        }
        if (listed.stream().mapToLong(Part::bytes).sum() > Format.LARGEST_UNPACKED) {
            throw wrong("it is too large", null);
        }
        if (now.stream().mapToLong(part -> stretch(part).readings()).sum() != manifest.readings()) {
            throw wrong("the count of readings", null);
        }
        return all;
    }

    private static List<Occurrence> withNotes(List<Occurrence> occurrences, List<Note> notes) {
        List<Occurrence> all = new ArrayList<>(occurrences);
        notes.forEach(note -> all.add(Notes.occurrence(note)));
        all.sort(Comparator.comparing(Occurrence::at));
        return List.copyOf(all);
    }

    private static Part.Stretch stretch(Part part) {
        return part.reel().orElseThrow();
    }

    /** The bytes of a part, as they were written. */
    private byte[] part(String name) throws Fault {
        Part part = parts.get(name);
        ZipEntry entry = zip.getEntry(name);
        if (part == null || entry == null) {
            throw wrong("no part " + name, null);
        }
        int most = part.reel().isPresent() ? ReelCodec.LARGEST : Format.LARGEST_JSON;
        if (part.bytes() > most) {
            throw wrong(name + " is too large", null);
        }
        byte[] bytes = unpack(file, zip, entry, part.bytes());
        if (bytes.length != part.bytes() || !Digests.of(bytes).equals(part.sha256())) {
            throw wrong(name + " is not what was listed", null);
        }
        return bytes;
    }

    private Fault wrong(@Nullable String what, @Nullable Throwable cause) {
        Fault told = Format.fault("incident.wrong", file);
        return new Fault(
                told.kind(), told.sentence(), told.getMessage() + " (" + what + ")", cause);
    }

    /** Which file it is. */
    public Path file() {
        return file;
    }

    /** What it says of itself. */
    public Manifest manifest() {
        return manifest;
    }

    /** The plan as it was when the file was saved. */
    public Plan plan() {
        return plan;
    }

    /** What people wrote down about it, in order of time. */
    public List<Note> notes() {
        return notes;
    }

    /** All that happened, the notes included, in order of time. */
    public List<Occurrence> occurrences() {
        return occurrences;
    }

    /** What it tells, to be played. Ends with the file. */
    public IncidentRecorded recorded() {
        return new IncidentRecorded(this);
    }

    /** How many reels it has of a basis. */
    int reels(Basis basis) {
        return reels.getOrDefault(basis, List.of()).size();
    }

    /**
     * Which reel tells a moment.
     *
     * @param at within what the file tells
     */
    int reelAt(Basis basis, Instant at) {
        List<Part> its = reels.getOrDefault(basis, List.of());
        int low = 0;
        int high = its.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (stretch(its.get(middle)).from().isAfter(at)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** Reads a reel and checks it. */
    Reel reel(Basis basis, int number) throws Fault {
        Part part = reels.getOrDefault(basis, List.of()).get(number);
        Part.Stretch stretch = stretch(part);
        Reel reel;
        try {
            reel = ReelCodec.read(part(part.name()));
        } catch (DamagedReel damaged) {
            throw wrong(part.name() + ": " + damaged.getMessage(), damaged);
        }
        if (reel.basis() != basis
                || !reel.from().equals(stretch.from())
                || !reel.to().equals(stretch.to())
                || reel.readings() != stretch.readings()) {
            throw wrong(part.name() + " is another stretch than was listed", null);
        }
        return reel;
    }

    /**
     * Reads all of it once.
     *
     * @param progress told the share done, 0 to 1
     * @throws Fault something in it is not as it should be
     */
    public void verify(DoubleConsumer progress, Work work) throws Fault {
        part(Format.MARK);
        int all = reels.values().stream().mapToInt(List::size).sum();
        int done = 0;
        for (Basis basis : Basis.values()) {
            for (int i = 0; i < reels(basis); i++) {
                work.check();
                reel(basis, i);
                progress.accept((double) ++done / all);
            }
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException left) {
            LoggerFactory.getLogger(IncidentFile.class).debug("closing {}", file, left);
        }
    }
}
