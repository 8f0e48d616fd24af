package vigie.console.start;

import java.io.File;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a dialog that asks for a file begins, as long as nobody has chosen another place. */
public final class SaveFolder {
    private SaveFolder() {}

    /**
     * The documents of whoever is logged in, else his home; empty where there is neither. The
     * folder that a program was started in means nothing to anybody.
     */
    public static Optional<File> usual() {
        String home = System.getProperty("user.home", "");
        return home.isEmpty() ? Optional.empty() : in(new File(home));
    }

    static Optional<File> in(File home) {
        return Stream.of(new File(home, "Documents"), home).filter(File::isDirectory).findFirst();
    }
}
