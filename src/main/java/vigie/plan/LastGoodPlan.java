package vigie.plan;

import vigie.text.Fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A copy of each plan file as it was when it could last be read, so that a slip in the file does
 * not leave the room without its plan. One copy for each path: the copy of one plan never stands in
 * for another. Any thread may use it; two processes that save at once both leave a whole copy.
 */
public final class LastGoodPlan {
    private final Path folder;

    /**
     * Copies in a folder.
     *
     * @param folder is created when something is saved
     */
    public LastGoodPlan(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps a copy; the one before is replaced at once or not at all.
     *
     * @param file the file the plan was read from
     * @throws Fault if the copy cannot be written
     */
    public void save(Path file, Plan plan) throws Fault {
        Path copy = copyOf(file);
        try {
            byte[] bytes = PlanWriter.write(plan);
            if (Files.isRegularFile(copy) && Arrays.equals(Files.readAllBytes(copy), bytes)) {
                return;
            }
            Files.createDirectories(folder);
            Path whole = Files.createTempFile(folder, "plan-", ".tmp");
            try {
                Files.write(whole, bytes);
                Files.move(
                        whole,
                        copy,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException e) {
            throw PlanFile.fault("plan.copy-failed", copy, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The copy.
     *
     * @param file the file the plan was once read from
     * @return empty where there is no copy, or none that can be read any more
     */
    public Optional<Plan> load(Path file) {
        Path copy = copyOf(file);
        if (!Files.isRegularFile(copy)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PlanFile.read(copy));
        } catch (Fault damaged) {
            // The operator hears of the file itself; a copy that fails is as good as none.
            return Optional.empty();
        }
    }

    private Path copyOf(Path file) {
        byte[] path = file.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(path);
            return folder.resolve("plan-" + HexFormat.of().formatHex(digest, 0, 8) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
