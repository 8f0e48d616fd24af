package vigie.app;

import picocli.CommandLine.Option;

import vigie.console.ConsoleSettings;
import vigie.console.wall.LastResort;
import vigie.store.Folders;
import vigie.text.Fault;
import vigie.text.Sentence;

/** {@code --wall}. */
final class WallOption {
    @Option(names = "--wall", descriptionKey = "wall")
    private boolean wall;

    WallOption() {}

    boolean isGiven() {
        return wall;
    }

    /**
     * Makes sure that nothing of the past is asked for too.
     *
     * @param past whether it is
     * @throws Fault where it is
     */
    void alone(boolean past) throws Fault {
        if (wall && past) {
            throw new Fault(Fault.Kind.USAGE, Sentence.of("app.wall.past"), "a wall of the past");
        }
    }

    /**
     * The settings of the window asked for, and where it keeps how it was left. On a wall an error
     * that nobody caught ends the process from here on.
     */
    ConsoleSettings apply(ConsoleSettings settings, Folders folders) {
        if (!wall) {
            return settings.keeping(folders.state().resolve("window.json"));
        }
        if (settings.shot().isEmpty()) {
            LastResort.catchErrors();
        }
        return settings.onWall().keeping(folders.state().resolve("wall.json"));
    }
}
