package vigie.store;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where Vigie keeps things: the XDG base directories (version 0.8) and their counterparts on macOS
 * and Windows. Nothing here creates a folder.
 *
 * @param config {@code vigie.yaml}
 * @param data what the user made or would miss: the demo's database
 * @param state what may be lost with little harm: logs, the running demo's address
 * @param cache what can be made again: unpacked programs
 */
public record Folders(Path config, Path data, Path state, Path cache) {

    /**
     * The folders of the user whose environment this is.
     *
     * @param environment {@code XDG_*_HOME}, {@code HOME}, {@code LOCALAPPDATA}, {@code APPDATA}; a
     *     relative path is ignored, as the specification asks for XDG's: it would be another folder
     *     with every folder that a program is started in
     */
    public static Folders of(Map<String, String> environment) {
        return of(
                environment,
                System.getProperty("os.name", ""),
                System.getProperty("user.home", "."));
    }

    static Folders of(Map<String, String> environment, String system, String userHome) {
        Path home = absolute(environment.get("HOME"), Path.of(userHome));
        String os = system.toLowerCase(Locale.ROOT);
        Path configHome = home.resolve(".config");
        Path dataHome = home.resolve(".local/share");
        Path stateHome = home.resolve(".local/state");
        Path cacheHome = home.resolve(".cache");
        if (os.startsWith("windows")) {
            Path local = absolute(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local"));
            configHome = absolute(environment.get("APPDATA"), home.resolve("AppData/Roaming"));
            dataHome = local.resolve("Data");
            stateHome = local.resolve("State");
            cacheHome = local.resolve("Cache");
        } else if (os.startsWith("mac")) {
            Path support = home.resolve("Library/Application Support");
            configHome = support;
            dataHome = support.resolve("Data");
            stateHome = home.resolve("Library/Logs");
            cacheHome = home.resolve("Library/Caches");
        }
        return new Folders(
                absolute(environment.get("XDG_CONFIG_HOME"), configHome).resolve("vigie"),
                absolute(environment.get("XDG_DATA_HOME"), dataHome).resolve("vigie"),
                absolute(environment.get("XDG_STATE_HOME"), stateHome).resolve("vigie"),
                absolute(environment.get("XDG_CACHE_HOME"), cacheHome).resolve("vigie"));
    }

    /** The file of the charts that were saved. */
    public Path charts() {
        return data.resolve("charts.json");
    }

    /** The folder of the notes that stay in this console. */
    public Path notes() {
        return data.resolve("notes");
    }

    private static Path absolute(@Nullable String path, Path otherwise) {
        return path != null && !path.isBlank() && Path.of(path).isAbsolute()
                ? Path.of(path)
                : otherwise;
    }
}
