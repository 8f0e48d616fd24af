package vigie.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** An incident file as somebody makes one who knows how: what he changed, he sealed again. */
final class Forged {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** By name, in order. */
    final Map<String, byte[]> parts = new LinkedHashMap<>();

    private Forged() {}

    /** Begins with what a good file has. */
    static Forged from(byte[] good) throws IOException {
        Forged forged = new Forged();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(good))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                forged.parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        return forged;
    }

    byte[] part(String name) {
        return parts.getOrDefault(name, new byte[0]);
    }

    ObjectNode json(String name) throws IOException {
        return (ObjectNode) JSON.readTree(part(name));
    }

    void put(String name, JsonNode json) throws IOException {
        parts.put(name, JSON.writeValueAsBytes(json));
    }

    /** Lists the parts as they are now. */
    Forged listed() throws IOException {
        ObjectNode manifest = json(Format.MANIFEST);
        List<Part> all = new ArrayList<>();
        for (JsonNode one : manifest.withArray("parts")) {
            String name = one.get("name").textValue();
            byte[] bytes = part(name);
            ((ObjectNode) one).put("bytes", bytes.length).put("sha256", Digests.of(bytes));
            all.add(new Part(name, bytes.length, Digests.of(bytes), Optional.empty()));
        }
        manifest.put("sha256", Digests.of(all));
        put(Format.MANIFEST, manifest);
        return this;
    }

    /** The file, sealed. */
    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SealedOutput sealed = new SealedOutput(bytes);
        try (ZipOutputStream zip = new ZipOutputStream(sealed)) {
            zip.setComment(
                    new String(Format.SEAL, StandardCharsets.US_ASCII)
                            + "0".repeat(Format.SEAL_DIGITS));
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
                if (part.getKey().equals(Format.MARK)) {
                    CRC32 crc = new CRC32();
                    crc.update(part.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(part.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(part.getValue());
                zip.closeEntry();
            }
            zip.finish();
            sealed.seal();
        }
        return bytes.toByteArray();
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    /** Puts the right checksum at the end of bytes that were changed. */
    static byte[] sealed(byte[] changed) {
        byte[] bytes = changed.clone();
        int end = bytes.length - Format.SEAL_DIGITS;
        MessageDigest digest = Digests.sha256();
        digest.update(bytes, 0, end);
        byte[] seal = HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(seal, 0, bytes, end, seal.length);
        return bytes;
    }
}
