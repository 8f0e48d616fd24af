import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes Maven's bill of materials (CycloneDX) that of one package: what is not in the package goes,
 * what Maven does not know of is added, and nothing of the hour in which it was made stays.
 *
 * <p>Arguments: the bill, the folder of jars, Vigie's version, the JDK's release file, the bill to
 * write. Ends with 1 where a jar of the package is in no bill.
 */
final class BillOfMaterials {
    private static final Set<String> LINKED =
            Set.of(
                    "javafx-base",
                    "javafx-graphics",
                    "javafx-controls",
                    "javafx-fxml",
                    "openjfx-monocle");

    public static void main(String[] args) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode bill = (ObjectNode) mapper.readTree(Path.of(args[0]).toFile());
        Set<String> jars;
        try (Stream<Path> all = Files.list(Path.of(args[1]))) {
            jars =
                    all.map(jar -> jar.getFileName().toString())
                            .filter(name -> name.endsWith(".jar") && !name.equals("vigie.jar"))
                            .map(name -> name.substring(0, name.length() - ".jar".length()))
                            .collect(Collectors.toCollection(HashSet::new));
        }
        ObjectNode own = (ObjectNode) bill.path("metadata").path("component");
        String ownRef = own.path("bom-ref").asText();
        own.put("version", args[2]);
        ((ObjectNode) bill.path("metadata")).remove("timestamp");

        Set<String> kept = new HashSet<>(Set.of(ownRef));
        List<JsonNode> components = new ArrayList<>();
        for (JsonNode component : bill.path("components")) {
            String name = component.path("name").asText();
            boolean here = jars.remove(name + "-" + component.path("version").asText());
            // JavaFX comes twice: once for every system, empty, and once for this one.
            here |=
                    LINKED.contains(name)
                            && (!name.startsWith("javafx")
                                    || component.path("purl").asText().contains("classifier="));
            if (here) {
                components.add(component);
                kept.add(component.path("bom-ref").asText());
            }
        }
        if (!jars.isEmpty()) {
            System.err.println("in no bill: " + jars);
            System.exit(1);
        }
        components.add(openJdk(mapper, Path.of(args[3])));
        components.add(
                part(
                        mapper,
                        "library",
                        "ibm-plex-sans",
                        "1.1.0",
                        "OFL-1.1",
                        "pkg:npm/%40ibm/plex-sans@1.1.0"));
        bill.set("components", mapper.createArrayNode().addAll(components));

        ArrayNode dependencies = mapper.createArrayNode();
        for (JsonNode dependency : bill.path("dependencies")) {
            if (kept.contains(dependency.path("ref").asText())) {
                ArrayNode on = mapper.createArrayNode();
                dependency
                        .path("dependsOn")
                        .forEach(ref -> {
                            if (kept.contains(ref.asText())) {
                                on.add(ref);
                            }
                        });
                ((ObjectNode) dependency).set("dependsOn", on);
                dependencies.add(dependency);
            }
        }
        bill.set("dependencies", dependencies);
        Files.writeString(Path.of(args[4]), mapper.writeValueAsString(bill) + "\n");
    }

    private static ObjectNode openJdk(ObjectMapper mapper, Path release) throws IOException {
        String version =
                Files.readAllLines(release).stream()
                        .filter(line -> line.startsWith("JAVA_RUNTIME_VERSION="))
                        .map(line -> line.substring(line.indexOf('"') + 1, line.length() - 1))
                        .findFirst()
                        .orElse("25");
        return part(
                mapper,
                "platform",
                "openjdk",
                version,
                "GPL-2.0-with-classpath-exception",
                "pkg:generic/openjdk@" + version.replace("+", "%2B"));
    }

    private static ObjectNode part(
            ObjectMapper mapper,
            String type,
            String name,
            String version,
            String licence,
            String purl) {
        ObjectNode node = mapper.createObjectNode();
        node.put("type", type).put("bom-ref", purl).put("name", name).put("version", version);
        node.putArray("licenses").addObject().putObject("license").put("id", licence);
        node.put("purl", purl);
        return node;
    }
}
