package vigie.feed;

import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program that notes each row once in a file and may be killed at any moment. Its file is a
 * sequence of notes, each ended by the place after it, so that what stands behind the last place
 * was begun and never finished.
 */
final class KilledConsole {
    private static final String ROW = "row";
    private static final String UNDONE = "undone";
    private static final String PLACE = "place";

    private KilledConsole() {}

    /** One life of it. */
    record Child(Process process, BufferedReader output) {
        /** Waits until it follows the server. */
        void awaitLive() throws IOException {
            String line = output.readLine();
            if (!"live".equals(line)) {
                throw new IOException("the console said: " + line);
            }
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    static Child start(DatabaseAddress address, Path notes) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledConsole.class.getName(),
                        notes.toString());
        builder.environment().put("MARIADB_URL", address.url());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        return new Child(process, process.inputReader(StandardCharsets.UTF_8));
    }

    /**
     * @param words the file of notes
     */
    public static void main(String[] words) throws Fault, IOException {
        Path notes = Path.of(words[0]);
        DatabaseAddress address = DatabaseAddress.required(System.getenv("MARIADB_URL"));
        Optional<StoredPlace> from = takeUp(notes);
        try (FileChannel file =
                        FileChannel.open(
                                notes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                Feed feed =
                        new Feed(
                                address,
                                FeedOptions.durable(from),
                                new Noting(file),
                                Clock.systemUTC())) {
            feed.start();
            while (System.in.read() >= 0) {
                // Lives until its parent has had enough.
            }
        }
    }

    /** Drops what was begun and not finished, and tells where the rest ends. */
    private static Optional<StoredPlace> takeUp(Path notes) throws IOException {
        if (!Files.exists(notes)) {
            return Optional.empty();
        }
        byte[] all = Files.readAllBytes(notes);
        int finished = finished(all);
        try (FileChannel file = FileChannel.open(notes, StandardOpenOption.WRITE)) {
            file.truncate(finished);
        }
        String[] lines = new String(all, 0, finished, StandardCharsets.UTF_8).split("\n");
        String[] place = lines[lines.length - 1].split("\t", -1);
        return place.length == 5
                ? Optional.of(
                        new StoredPlace(
                                place[1],
                                place[2],
                                Integer.parseInt(place[3]),
                                Long.parseLong(place[4])))
                : Optional.empty();
    }

    /** The end of the last line that is whole and tells a place. */
    private static int finished(byte[] all) {
        int finished = 0;
        int line = 0;
        for (int at = 0; at < all.length; at++) {
            if (all[at] == '\n') {
                if (new String(all, line, at - line, StandardCharsets.UTF_8)
                        .startsWith(PLACE + "\t")) {
                    finished = at + 1;
                }
                line = at + 1;
            }
        }
        return finished;
    }

    /** The rows that stand in the file, less those that were undone. */
    static List<Printed.Line> noted(Path notes) {
        Map<Long, Deque<Printed.Line>> byId = new HashMap<>();
        try {
            byte[] all = Files.readAllBytes(notes);
            for (String text :
                    new String(all, 0, finished(all), StandardCharsets.UTF_8).split("\n")) {
                String[] words = text.split("\t", -1);
                switch (words[0]) {
                    case ROW -> {
                        Printed.Line line =
                                new Printed.Line(
                                        Long.parseLong(words[1]),
                                        words[2],
                                        Instant.parse(words[3]),
                                        words[4].equals("NULL") ? null : words[4].substring(1));
                        byId.computeIfAbsent(line.id(), id -> new ArrayDeque<>()).addLast(line);
                    }
                    case UNDONE ->
                            byId.getOrDefault(Long.parseLong(words[1]), new ArrayDeque<>())
                                    .pollLast();
                    default -> {
                        // A place.
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        List<Printed.Line> lines = new ArrayList<>();
        byId.values().forEach(lines::addAll);
        lines.sort(Printed.Line.ORDER);
        return lines;
    }

    /** Notes rows as they come and the place after them, in two writes. */
    private static final class Noting implements FeedListener {
        private final FileChannel file;
        private final StringBuilder rows = new StringBuilder();

        Noting(FileChannel file) {
            this.file = file;
        }

        @Override
        public void snapshot(Group snapshot) {
            // Nothing but rows is noted.
        }

        @Override
        public void group(Group group) {
            rows.setLength(0);
            for (Fact fact : group.facts()) {
                if (fact instanceof Fact.Observed(Reading reading)) {
                    row(reading);
                }
            }
        }

        @Override
        public void recovered(List<Reading> readings) {
            readings.forEach(this::row);
        }

        @Override
        public void resync(Resync resync) {
            rows.setLength(0);
            resync.undone().forEach(id -> rows.append(UNDONE + "\t").append(id).append('\n'));
        }

        @Override
        public void passed(StoredPlace place) {
            write(rows.toString());
            rows.setLength(0);
            write(
                    PLACE
                            + "\t"
                            + place.position()
                            + "\t"
                            + place.previous()
                            + "\t"
                            + place.fingerprint()
                            + "\t"
                            + place.newestId()
                            + "\n");
        }

        @Override
        public void status(FeedStatus status) {
            if (status.phase() == FeedStatus.Phase.LIVE) {
                System.out.println("live");
                System.out.flush();
            }
        }

        private void row(Reading reading) {
            Printed.Line line = Printed.Line.of(reading);
            rows.append(ROW + "\t")
                    .append(line.id())
                    .append('\t')
                    .append(line.point())
                    .append('\t')
                    .append(line.time())
                    .append('\t')
                    .append(line.text() == null ? "NULL" : "=" + line.text())
                    .append('\n');
        }

        private void write(String text) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        }
    }
}
