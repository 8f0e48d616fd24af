package vigie.duty;

import vigie.history.archive.RolledPoints;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A program that archives and may be killed at any moment. */
final class KilledArchiver {
    private KilledArchiver() {}

    /** One life of it. */
    record Child(Process process, BufferedReader output) {
        /** Waits until it works. */
        void awaitArchiving() throws IOException {
            String line = output.readLine();
            if (!"archiving".equals(line)) {
                throw new IOException("the archiver said: " + line);
            }
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    static Child start(DatabaseAddress recorder, DatabaseAddress own) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledArchiver.class.getName());
        builder.environment().put("MARIADB_URL", recorder.url());
        builder.environment().put("VIGIE_DB_URL", own.url());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        return new Child(process, process.inputReader(StandardCharsets.UTF_8));
    }

    public static void main(String[] words) throws Fault, IOException {
        DatabaseAddress recorder = DatabaseAddress.required(System.getenv("MARIADB_URL"));
        DatabaseAddress own =
                DatabaseAddress.required(Objects.requireNonNull(System.getenv("VIGIE_DB_URL")));
        try (DutyService duty =
                        DutyService.start(
                                own, Clock.systemUTC(), Duration.ofMillis(500), Duration.ZERO);
                Archiver archiver =
                        Archiver.start(
                                recorder,
                                own.schema(),
                                duty.connections(),
                                duty::held,
                                new ArchiveSettings(90, new RolledPoints(List.of("sensor.*"))),
                                Clock.systemUTC())) {
            boolean[] said = {false};
            Runnable say =
                    () -> {
                        ArchiveStatus.Phase phase = archiver.status().phase();
                        if (!said[0]
                                && phase != ArchiveStatus.Phase.RESTING
                                && phase != ArchiveStatus.Phase.BEGINNING) {
                            said[0] = true;
                            System.out.println("archiving");
                            System.out.flush();
                        }
                    };
            AutoCloseable _ = archiver.onChange(say);
            say.run();
            while (System.in.read() >= 0) {
                // Lives until its parent has had enough.
            }
        }
    }
}
