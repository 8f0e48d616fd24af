package vigie.console.setup;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.feed.Present;
import vigie.plan.EmptyRoom;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.room.RoomState;
import vigie.setup.Change;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The page of the plan: which one, how it looks, and what the database has to show on it. JavaFX
 * thread only.
 */
public final class PlanModel {
    private static final Logger LOG = LoggerFactory.getLogger(PlanModel.class);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** Which plan. */
    public enum Choice {
        /** The one that comes with the program. */
        REFERENCE,
        /** One that somebody has drawn. */
        FILE,
        /** A room without anything in it, in which points can be placed later. */
        EMPTY
    }

    /** The room of the database, and its clock. */
    record Live(RoomState room, Instant now) {}

    private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.REFERENCE);
    private final StringProperty file = new SimpleStringProperty("");
    private final StringProperty width = new SimpleStringProperty("12");
    private final StringProperty depth = new SimpleStringProperty("8");
    private final ReadOnlyObjectWrapper<Optional<Plan>> plan =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Sentence>> fault =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Live>> live =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Sentence>> liveFault =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final SetupTools tools;
    private final List<Object> opened;
    private Runnable cancelFile = () -> {};
    private Runnable cancelLive = () -> {};
    private Optional<DatabaseAddress> watched = Optional.empty();
    private int askedFile;
    private int askedLive;

    PlanModel(SetupTools tools, Optional<Path> now) {
        this.tools = tools;
        now.ifPresent(path -> {
            choice.set(Choice.FILE);
            file.set(path.toString());
        });
        opened = typed();
        choice.addListener((property, before, chosen) -> changed());
        file.addListener((property, before, text) -> changed());
        width.addListener((property, before, text) -> changed());
        depth.addListener((property, before, text) -> changed());
        changed();
    }

    ObjectProperty<Choice> choiceProperty() {
        return choice;
    }

    StringProperty fileProperty() {
        return file;
    }

    /** Metres. */
    StringProperty widthProperty() {
        return width;
    }

    /** Metres. */
    StringProperty depthProperty() {
        return depth;
    }

    /** How it looks; empty: it is none, or not read yet. */
    ReadOnlyObjectProperty<Optional<Plan>> planProperty() {
        return plan.getReadOnlyProperty();
    }

    /** What is wrong with it. */
    ReadOnlyObjectProperty<Optional<Sentence>> faultProperty() {
        return fault.getReadOnlyProperty();
    }

    /** What the database holds; empty: not known. */
    ReadOnlyObjectProperty<Optional<Live>> liveProperty() {
        return live.getReadOnlyProperty();
    }

    /** Why that is not known. */
    ReadOnlyObjectProperty<Optional<Sentence>> liveFaultProperty() {
        return liveFault.getReadOnlyProperty();
    }

    /** Whether something is chosen otherwise than it was when the page was opened. */
    boolean isTouched() {
        return !typed().equals(opened);
    }

    private List<Object> typed() {
        return List.of(choice.get(), file.get(), width.get(), depth.get());
    }

    boolean isReady() {
        return plan.get().isPresent();
    }

    /** The change that makes it this plan; an empty room is {@link #drawn} besides. */
    Change applyTo(Change change) {
        return switch (choice.get()) {
            case REFERENCE -> change.plan(Optional.empty());
            case FILE -> change.plan(Optional.of(Path.of(file.get().strip())));
            case EMPTY -> change;
        };
    }

    /** The plan to be written. */
    Optional<Plan> drawn() {
        return choice.get() == Choice.EMPTY ? plan.get() : Optional.empty();
    }

    /** Shows what this database holds, over and over; empty: nothing any more. */
    void watch(Optional<DatabaseAddress> address) {
        if (!address.equals(watched)) {
            live.set(Optional.empty());
            liveFault.set(Optional.empty());
        }
        watched = address;
        askedLive++;
        cancelLive.run();
        cancelLive = () -> {};
        address.ifPresent(its -> read(its, Duration.ZERO, askedLive));
    }

    /** Nothing is read any more. */
    void rest() {
        askedLive++;
        cancelLive.run();
        cancelLive = () -> {};
    }

    void close() {
        rest();
        askedFile++;
        cancelFile.run();
    }

    private void read(DatabaseAddress address, Duration after, int mine) {
        cancelLive =
                tools.later()
                        .begin(
                                after,
                                () -> {
                                    Optional<Live> read = Optional.empty();
                                    Optional<Sentence> why = Optional.empty();
                                    try {
                                        Present present = tools.present().of(address);
                                        read =
                                                Optional.of(
                                                        new Live(
                                                                RoomState.EMPTY.after(
                                                                        present.group()),
                                                                present.now()));
                                    } catch (Fault refused) {
                                        why = Optional.of(refused.sentence());
                                    } catch (RuntimeException mistake) { // a thread's boundary
                                        LOG.error("the points could not be read", mistake);
                                        why = Optional.of(Sentence.of("setup.check-failed"));
                                    }
                                    tell(address, read, why, mine);
                                });
    }

    private void tell(
            DatabaseAddress address, Optional<Live> read, Optional<Sentence> why, int mine) {
        tools.home()
                .execute(() -> {
                    if (mine == askedLive) {
                        live.set(read);
                        liveFault.set(why);
                        read(address, AGAIN, mine);
                    }
                });
    }

    private void changed() {
        askedFile++;
        cancelFile.run();
        cancelFile = () -> {};
        switch (choice.get()) {
            case REFERENCE -> show(Optional.of(PlanFile.builtIn()), Optional.empty());
            case EMPTY -> showEmpty();
            case FILE -> {
                show(Optional.empty(), Optional.empty());
                if (!file.get().isBlank()) {
                    int mine = askedFile;
                    String named = file.get().strip();
                    cancelFile = tools.later().begin(PAUSE, () -> open(named, mine));
                }
            }
        }
    }

    private void showEmpty() {
        OptionalDouble across = metres(width.get());
        OptionalDouble down = metres(depth.get());
        if (across.isPresent() && down.isPresent()) {
            show(
                    Optional.of(
                            EmptyRoom.of(
                                    across.getAsDouble(),
                                    down.getAsDouble(),
                                    ZoneId.systemDefault())),
                    Optional.empty());
        } else {
            show(
                    Optional.empty(),
                    Optional.of(
                            Sentence.of(
                                    "setup.room-size",
                                    width.get() + " × " + depth.get(),
                                    (int) EmptyRoom.LEAST,
                                    (int) EmptyRoom.MOST)));
        }
    }

    /** Decimal comma or point; empty: no possible size. */
    private static OptionalDouble metres(String text) {
        try {
            double metres = Double.parseDouble(text.strip().replace(',', '.'));
            return EmptyRoom.possible(metres) ? OptionalDouble.of(metres) : OptionalDouble.empty();
        } catch (NumberFormatException noNumber) {
            return OptionalDouble.empty();
        }
    }

    /** Not on the JavaFX thread. */
    private void open(String named, int mine) {
        Optional<Plan> read = Optional.empty();
        Optional<Sentence> why = Optional.empty();
        try {
            read = Optional.of(PlanFile.read(Path.of(named)));
        } catch (Fault wrong) {
            why = Optional.of(wrong.sentence());
        } catch (InvalidPathException noPath) {
            why = Optional.of(Sentence.of("setup.unreadable", named));
        }
        Optional<Plan> opened = read;
        Optional<Sentence> reason = why;
        tools.home()
                .execute(() -> {
                    if (mine == askedFile) {
                        show(opened, reason);
                    }
                });
    }

    private void show(Optional<Plan> shown, Optional<Sentence> why) {
        fault.set(why);
        plan.set(shown);
    }
}
