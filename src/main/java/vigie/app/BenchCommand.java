package vigie.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** {@code vigie bench NAME}: measures and compares with the goals. */
@Command(name = "bench")
final class BenchCommand extends Subcommand {
    private static final double LONGEST_HOURS = 1_000;
    private static final double SECONDS_PER_HOUR = 3_600;

    @Parameters(paramLabel = "NAME", descriptionKey = "NAME", arity = "0..1")
    private @Nullable String name;

    @Option(names = "--json", paramLabel = "FILE")
    private @Nullable Path json;

    @Option(names = "--hours", paramLabel = "N")
    private @Nullable Double hours;

    BenchCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault, InterruptedException {
        TreeMap<String, Bench> benches = new TreeMap<>();
        ServiceLoader.load(Bench.class).forEach(bench -> benches.put(bench.name(), bench));
        if (benches.isEmpty()) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("app.absent.checkout", "bench"),
                    "no benches on the class path");
        }
        Bench bench = name == null ? null : benches.get(name);
        if (bench == null) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of(
                            "app.bench.unknown",
                            name == null ? "" : name,
                            String.join(", ", benches.keySet())),
                    "unknown bench");
        }
        if (hours != null) {
            if (!(hours > 0 && hours <= LONGEST_HOURS)) {
                throw new Fault(
                        Fault.Kind.USAGE,
                        Sentence.of("app.bench.hours", hours.toString()),
                        "hours out of range");
            }
            bench = bench.lasting(Duration.ofSeconds(Math.round(hours * SECONDS_PER_HOUR)));
        }
        List<Bench.Figure> figures = bench.run(invocation().err());
        print(figures);
        if (json != null) {
            write(bench.name(), figures, json);
        }
        return figures.stream().allMatch(Bench.Figure::met) ? 0 : Fault.Kind.FAILED.exitCode();
    }

    private void print(List<Bench.Figure> figures) {
        int width = figures.stream().mapToInt(figure -> figure.name().length()).max().orElse(0);
        for (Bench.Figure figure : figures) {
            invocation()
                    .out()
                    .println(
                            String.format(
                                    Locale.ROOT,
                                    "%-" + (width + 2) + "s%10.2f %-4s %-10s %s",
                                    figure.name(),
                                    figure.value(),
                                    figure.unit(),
                                    figure.goalText(),
                                    invocation()
                                            .words()
                                            .say(
                                                    figure.met()
                                                            ? "app.bench.met"
                                                            : "app.bench.unmet")));
        }
    }

    private static void write(String bench, List<Bench.Figure> figures, Path file) throws Fault {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("bench", bench);
        ObjectNode machine = root.putObject("machine");
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("arch", System.getProperty("os.arch"));
        machine.put("java", Runtime.version().toString());
        machine.put("maxHeapMb", Runtime.getRuntime().maxMemory() / (1 << 20));
        ArrayNode array = root.putArray("figures");
        for (Bench.Figure figure : figures) {
            ObjectNode node = array.addObject();
            node.put("name", figure.name());
            // JSON has no number for what could not be measured.
            if (Double.isFinite(figure.value())) {
                node.put("value", figure.value());
            } else {
                node.putNull("value");
            }
            node.put("unit", figure.unit());
            node.put("goal", figure.goalText());
            node.put("met", figure.met());
        }
        try {
            mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
        } catch (IOException unwritable) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("app.unwritable", file.toString()),
                    "cannot write bench figures",
                    unwritable);
        }
    }
}
