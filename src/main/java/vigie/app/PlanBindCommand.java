package vigie.app;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vigie.history.HistoryPoint;
import vigie.plan.Element;
import vigie.plan.Plan;
import vigie.plan.PlanEdit;
import vigie.plan.PlanFile;
import vigie.plan.Quantity;
import vigie.plan.QuantityGuess;
import vigie.plan.SensorChoice;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code vigie plan bind POINT ELEMENT}: a sensor shows a point from now on. Where a database is
 * known it is asked whether it has the point and what the point tells.
 */
@Command(name = "bind")
final class PlanBindCommand extends Subcommand {
    @Mixin private DatabaseOption database;

    @Mixin private PlanEditing editing;

    @Option(names = "--quantity", paramLabel = "Q")
    private @Nullable String quantity;

    @Option(names = "--unseen")
    private boolean unseen;

    @SuppressWarnings("NullAway.Init") // picocli fills it before run
    @Parameters(index = "0", paramLabel = "POINT", descriptionKey = "POINT")
    private String point;

    @SuppressWarnings("NullAway.Init") // picocli fills it before run
    @Parameters(index = "1", paramLabel = "ELEMENT", descriptionKey = "ELEMENT")
    private String element;

    PlanBindCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        Configuration configuration = configuration();
        Path file = editing.file(invocation(), configuration);
        PointId wanted = named(point);
        Optional<Quantity> said = said();
        Plan plan = PlanFile.read(file);
        Element named = SensorChoice.element(plan, element);
        PlanEdit.When when = editing.when(invocation(), plan);
        Attributes attributes = attributes(wanted, configuration, said.isPresent());
        Quantity meant =
                said.or(() -> QuantityGuess.of(wanted, attributes, SensorChoice.role(named)))
                        .orElseThrow(() ->
                                usage(Sentence.of("plan.edit.which-quantity", point, words())));
        Element.Sensor sensor = SensorChoice.in(plan, named, meant, when.now());
        PlanEdit.Edited edited =
                PlanFile.edit(
                        file,
                        json -> PlanEdit.bind(json, file.toString(), wanted, sensor, meant, when));
        if (edited.added().isEmpty()) {
            invocation().notice("plan.edit.already", point, sensor.id().value(), meant.word());
            return 0;
        }
        if (plan.sensor(sensor.id()).isEmpty()) {
            invocation()
                    .out()
                    .println(
                            invocation()
                                    .words()
                                    .say("plan.edit.sensor-made", sensor.id().value(), element));
        }
        PlanEditing.tell(invocation(), edited);
        return 0;
    }

    /** The point of this name. */
    static PointId named(String point) throws Fault {
        try {
            return new PointId(point);
        } catch (IllegalArgumentException notOne) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("plan.edit.no-point-name", point),
                    "not a point's name",
                    notOne);
        }
    }

    private Optional<Quantity> said() throws Fault {
        String asked = quantity;
        if (asked == null) {
            return Optional.empty();
        }
        Optional<Quantity> found =
                Arrays.stream(Quantity.values())
                        .filter(one -> one.word().equals(asked))
                        .findFirst();
        if (found.isEmpty()) {
            throw usage(Sentence.of("plan.edit.no-quantity", asked, words()));
        }
        return found;
    }

    private static String words() {
        return Arrays.stream(Quantity.values())
                .map(Quantity::word)
                .collect(Collectors.joining(", "));
    }

    /**
     * What the database says of the point.
     *
     * @param enough whether it can be done without
     * @throws Fault where the database has no such point, or cannot be asked and has to be
     */
    private Attributes attributes(PointId wanted, Configuration configuration, boolean enough)
            throws Fault {
        Optional<DatabaseAddress> address = database.known(invocation(), configuration);
        if (address.isEmpty()) {
            return Attributes.MISSING;
        }
        PlanPoints points;
        try {
            points = PlanPoints.of(invocation(), address.get());
        } catch (Fault away) {
            if (!enough) {
                throw away;
            }
            LoggerFactory.getLogger(PlanBindCommand.class)
                    .info("the point was not looked for: {}", away.getMessage());
            invocation()
                    .complain(
                            invocation()
                                    .words()
                                    .say(
                                            Sentence.of(
                                                    "plan.edit.not-looked-for",
                                                    point,
                                                    away.sentence())));
            return Attributes.MISSING;
        }
        Optional<HistoryPoint> found = points.find(wanted);
        if (found.isEmpty() && !unseen) {
            List<String> near = points.near(wanted);
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    near.isEmpty()
                            ? Sentence.of("plan.edit.no-point", point)
                            : Sentence.of(
                                    "plan.edit.no-point-near", point, String.join(", ", near)),
                    "no such point in the database");
        }
        return found.map(HistoryPoint::attributes).orElse(Attributes.MISSING);
    }

    private static Fault usage(Sentence sentence) {
        return new Fault(Fault.Kind.USAGE, sentence, sentence.key());
    }
}
