package vigie.console.replay;

import vigie.timeline.Replay;

import java.util.Optional;

/** Who changes between present and past for the window: the console. JavaFX thread only. */
public interface ReplayHost {
    /** For a window that shows the present only. */
    ReplayHost NONE =
            new ReplayHost() {
                @Override
                public Optional<Replay> replay() {
                    return Optional.empty();
                }

                @Override
                public void open(Start start) {}

                @Override
                public void live() {}
            };

    /** The replay that is shown; empty at present. */
    Optional<Replay> replay();

    /** Shows the past; where a replay is shown already, seeks in it instead. */
    void open(Start start);

    /** Back to the present, at once; nothing happens there or where there is none. */
    void live();
}
