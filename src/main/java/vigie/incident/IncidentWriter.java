package vigie.incident;

import org.slf4j.LoggerFactory;

import vigie.history.Work;
import vigie.note.Note;
import vigie.plan.Element;
import vigie.plan.Plan;
import vigie.plan.PlanWriter;
import vigie.recording.Basis;
import vigie.recording.Excerpt;
import vigie.recording.Reel;
import vigie.recording.ReelCodec;
import vigie.recording.Step;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Occurrence;
import vigie.timeline.Recorded;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Saves a stretch of the past as an incident file. The same past gives the same bytes. The file is
 * there when it is whole: it is written beside its place and moved at the end, and what was begun
 * is removed when it fails or is cancelled.
 */
public final class IncidentWriter {
    /** How long before the interval a file begins where nobody says. */
    public static final Duration USUAL_LEAD_IN = Duration.ofMinutes(10);

    /** No part has a time of its own. Any earlier, and Java would tell it in a field more. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

    private final Recorded recorded;
    private final Instant begins;
    private final Instant to;
    private final DoubleConsumer progress;
    private final Work work;
    private final List<Part> parts = new ArrayList<>();

    private IncidentWriter(
            Recorded recorded, Instant begins, Instant to, DoubleConsumer progress, Work work) {
        this.recorded = recorded;
        this.begins = begins;
        this.to = to;
        this.progress = progress;
        this.work = work;
    }

    /**
     * Writes a file; blocks until it is there.
     *
     * @param recorded the past; the file tells from both bases where it can
     * @param plan the plan as it is, with all its spans
     * @param notes those about the stretch; others are left out
     * @param from where the interval begins, before {@code to}; what lies before or after all that
     *     was recorded is left out
     * @param to where it ends
     * @param leadIn how long before the interval the file begins
     * @param file replaced where it exists
     * @param progress told the share done, 0 to 1, on the caller's thread
     * @param work cancels it from any thread: then nothing is left behind ({@link
     *     java.util.concurrent.CancellationException})
     * @return what the file says of itself
     * @throws Fault there is nothing to save, too much of it, or it cannot be written there
     */
    public static Manifest write(
            Recorded recorded,
            Plan plan,
            List<Note> notes,
            Instant from,
            Instant to,
            Duration leadIn,
            Path file,
            DoubleConsumer progress,
            Work work)
            throws Fault {
        Path place = place(file);
        Recorded.Extent extent = recorded.extent(work).orElseThrow(() -> nothing(file, from, to));
        Instant first = later(from, extent.from()).truncatedTo(ChronoUnit.MICROS);
        Instant last = earlier(to, extent.to()).truncatedTo(ChronoUnit.MICROS);
        if (!first.isBefore(last)) {
            throw nothing(file, from, to);
        }
        Instant begins = later(from.minus(leadIn), extent.from()).truncatedTo(ChronoUnit.MICROS);
        begins = earlier(begins, first);
        if (Duration.between(begins, last).compareTo(Format.LONGEST) > 0) {
            throw Format.fault("incident.tooLong", file, Format.LONGEST.toDays());
        }
        IncidentWriter writer = new IncidentWriter(recorded, begins, last, progress, work);
        try (Unfinished unfinished = new Unfinished(place)) {
            Manifest manifest = writer.all(unfinished.stream(), plan, notes, first, file);
            work.check();
            unfinished.keep();
            return manifest;
        } catch (IOException failed) {
            throw Format.fault(failed, "incident.unwritable", file);
        }
    }

    private Manifest all(OutputStream stream, Plan plan, List<Note> notes, Instant from, Path file)
            throws Fault, IOException {
        SealedOutput sealed = new SealedOutput(stream);
        Manifest manifest;
        try (ZipOutputStream zip = new ZipOutputStream(sealed, StandardCharsets.UTF_8)) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.setComment(
                    new String(Format.SEAL, StandardCharsets.US_ASCII)
                            + "0".repeat(Format.SEAL_DIGITS));
            mark(zip);
            put(zip, Format.PLAN, PlanWriter.write(plan), Optional.empty());
            Set<Basis> bases = EnumSet.of(Basis.KNOWN_NOW);
            if (recorded.knownThenMissing(work).isEmpty()) {
                bases.add(Basis.KNOWN_THEN);
            }
            long readings = 0;
            int done = 0;
            for (Basis basis : bases) {
                long its = reels(zip, basis, (double) done++ / bases.size(), bases.size(), file);
                readings = basis == Basis.KNOWN_NOW ? its : readings;
            }
            List<Note> told =
                    notes.stream()
                            .filter(note -> !note.at().isBefore(begins) && !note.at().isAfter(to))
                            .sorted(Comparator.comparing(Note::at).thenComparing(Note::id))
                            .toList();
            List<Occurrence> occurrences = occurrences(told, file);
            if (told.size() > Format.MOST_NOTES) {
                throw Format.fault("incident.tooMuch", file);
            }
            byte[] happened = Json.occurrences(occurrences);
            byte[] said = Json.notes(told);
            if (happened.length > Format.LARGEST_JSON || said.length > Format.LARGEST_JSON) {
                throw Format.fault("incident.tooMuch", file);
            }
            put(zip, Format.OCCURRENCES, happened, Optional.empty());
            put(zip, Format.NOTES, said, Optional.empty());
            put(zip, Format.ALARMS, Json.noAlarms(), Optional.empty());
            manifest =
                    new Manifest(
                            Format.VERSION,
                            Program.version(),
                            begins,
                            from,
                            to,
                            zone(plan),
                            bases,
                            readings,
                            occurrences.size(),
                            told.size());
            byte[] listed = Json.manifest(new Manifest.Listed(manifest, parts));
            ZipEntry entry = new ZipEntry(Format.MANIFEST);
            entry.setTimeLocal(NO_TIME);
            zip.putNextEntry(entry);
            zip.write(listed);
            zip.closeEntry();
            if (sealed.length() > Format.LARGEST_FILE
                    || parts.size() > Format.MOST_PARTS
                    || parts.stream().mapToLong(Part::bytes).sum() > Format.LARGEST_UNPACKED) {
                throw Format.fault("incident.tooMuch", file);
            }
            zip.finish();
            sealed.seal();
            sealed.flush();
        }
        return manifest;
    }

    /** Stored as it is, so that it stands at the same place in every file. */
    private void mark(ZipOutputStream zip) throws IOException {
        byte[] bytes =
                (Format.MARK + " " + Format.VERSION + "\nneeds Vigie " + Program.version() + "\n")
                        .getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(Format.MARK);
        entry.setTimeLocal(NO_TIME);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
        parts.add(new Part(Format.MARK, bytes.length, Digests.of(bytes), Optional.empty()));
    }

    private void put(ZipOutputStream zip, String name, byte[] bytes, Optional<Part.Stretch> reel)
            throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
        parts.add(new Part(name, bytes.length, Digests.of(bytes), reel));
    }

    /** Writes the reels of one basis, each beginning where the one before ends. */
    private long reels(ZipOutputStream zip, Basis basis, double done, int bases, Path file)
            throws Fault, IOException {
        long readings = 0;
        int number = 0;
        Instant reached = begins;
        Instant at = begins;
        boolean whole = false;
        while (!whole) {
            work.check();
            Reel source = recorded.reel(at, basis, work);
            Reel piece;
            if (source.holds(at)) {
                piece = Excerpt.of(source, later(source.from(), reached), earlier(source.to(), to));
            } else {
                // It ends earlier than it said: after that nothing is known to have happened.
                piece = still(source, reached);
            }
            byte[] bytes = ReelCodec.write(piece);
            if (bytes.length > ReelCodec.LARGEST || number >= Format.MOST_PARTS) {
                throw Format.fault("incident.tooMuch", file);
            }
            put(
                    zip,
                    Format.reel(basis, number++),
                    bytes,
                    Optional.of(
                            new Part.Stretch(basis, piece.from(), piece.to(), piece.readings())));
            readings += piece.readings();
            reached = piece.to();
            at = earlier(reached.plus(TICK), to);
            whole = !reached.isBefore(to);
            progress.accept(
                    done
                            + (double) Duration.between(begins, reached).toMillis()
                                    / Math.max(1, Duration.between(begins, to).toMillis())
                                    / bases);
        }
        return readings;
    }

    private Reel still(Reel last, Instant from) {
        Step room = new Step(from, Excerpt.room(last.at(last.to())));
        return Reel.of(last.basis(), from, to, room, List.of(), last.cadences(), last.widths());
    }

    /** What happened; a note that is told as a note is not told twice. */
    private List<Occurrence> occurrences(List<Note> notes, Path file) throws Fault {
        List<Occurrence> all = new ArrayList<>();
        boolean[] tooMany = {false};
        recorded.occurrences(
                begins,
                to,
                work,
                one -> {
                    tooMany[0] |= all.size() >= Format.MOST_OCCURRENCES;
                    boolean told = notes.stream().anyMatch(note -> Notes.isOf(note, one));
                    if (!told && !tooMany[0]) {
                        all.add(one);
                    }
                });
        if (tooMany[0]) {
            throw Format.fault("incident.tooMuch", file);
        }
        return all;
    }

    private static ZoneId zone(Plan plan) {
        return plan.elements(Element.Room.class).stream()
                .findFirst()
                .map(Element.Room::zone)
                .orElseGet(ZoneId::systemDefault);
    }

    private static Path place(Path file) throws Fault {
        try {
            Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            if (place.getFileName() == null || Files.isDirectory(place)) {
                throw Format.fault("incident.isFolder", file);
            }
            if (Files.exists(place) && !Files.isRegularFile(place)) {
                throw Format.fault("incident.notAFile", file);
            }
            return place;
        } catch (IOException failed) {
            throw Format.fault(failed, "incident.unwritable", file);
        }
    }

    private static Fault nothing(Path file, Instant from, Instant to) {
        return new Fault(
                Fault.Kind.BLOCKED,
                Sentence.of("incident.nothing"),
                "nothing recorded from " + from + " to " + to + " for " + file);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** The file while it is not whole: beside its place, under another name. */
    private static final class Unfinished implements AutoCloseable {
        private final Path place;
        private final Path beside;
        private final FileChannel channel;
        private final OutputStream stream;
        private boolean kept;

        Unfinished(Path place) throws IOException {
            this.place = place;
            beside =
                    place.resolveSibling(
                            "."
                                    + place.getFileName()
                                    + "."
                                    + ProcessHandle.current().pid()
                                    + "."
                                    + Thread.currentThread().threadId()
                                    + ".unfinished");
            channel =
                    FileChannel.open(
                            beside,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
            stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        }

        OutputStream stream() {
            return stream;
        }

        void keep() throws IOException {
            stream.flush();
            channel.force(true);
            channel.close();
            try {
                Files.move(
                        beside,
                        place,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException here) {
                Files.move(beside, place, StandardCopyOption.REPLACE_EXISTING);
            }
            kept = true;
        }

        @Override
        public void close() {
            if (kept) {
                return;
            }
            try {
                channel.close();
                Files.deleteIfExists(beside);
            } catch (IOException left) {
                LoggerFactory.getLogger(IncidentWriter.class).warn("left behind: {}", beside, left);
            }
        }
    }
}
