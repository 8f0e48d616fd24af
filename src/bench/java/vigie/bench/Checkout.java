package vigie.bench;

import vigie.app.Main;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout this program was built from. */
final class Checkout {
    private Checkout() {}

    /** Its folder: the nearest above the classes with a launcher and a build file in it. */
    static Path folder() {
        try {
            Path classes =
                    Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            for (Path at = classes; at != null; at = at.getParent()) {
                if (Files.isExecutable(at.resolve("vigie"))
                        && Files.isRegularFile(at.resolve("pom.xml"))) {
                    return at;
                }
            }
            throw new IllegalStateException("not in a checkout: " + classes);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
