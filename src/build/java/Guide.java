import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the guide that is read without a network: pages of HTML that name nothing outside their own
 * folder. Run with the folder of the documents and the folder to write.
 */
final class Guide {
    /** Document to page; a page's language is the guide's where it begins with that language. */
    private static final Map<String, String> PAGES = new LinkedHashMap<>();

    static {
        PAGES.put("user-guide.md", "en.html");
        PAGES.put("guide-utilisateur.md", "fr.html");
        PAGES.put("install.md", "install.html");
        PAGES.put("plan-format.md", "plan-format.html");
        PAGES.put("incident-file.md", "incident-file.html");
        PAGES.put("archive.md", "archive.html");
    }

    private static final String STYLE =
            """
            :root { color-scheme: light dark; --ground: #fbfcfd; --text: #1c2530; --soft: #5a6775; --line: #d5dce3; --code: #eef2f5; --link: #14599c; }
            @media (prefers-color-scheme: dark) { :root { --ground: #151b22; --text: #dde4ea; --soft: #97a4b1; --line: #33404d; --code: #202a34; --link: #7db8f2; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.55 "IBM Plex Sans", "Noto Sans", "DejaVu Sans", sans-serif; }
            a { color: var(--link); }
            nav { position: fixed; inset: 0 auto 0 0; width: 17rem; padding: 1.5rem; overflow-y: auto; border-right: 1px solid var(--line); }
            nav a { display: block; padding: .2rem 0; text-decoration: none; }
            nav .deeper { padding-left: 1rem; font-size: .92em; }
            nav hr { border: 0; border-top: 1px solid var(--line); margin: 1rem 0; }
            main { margin-left: 17rem; padding: 1.5rem 2.5rem 4rem; max-width: 72rem; }
            h1, h2, h3 { line-height: 1.25; }
            h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
            img { max-width: 100%; height: auto; border: 1px solid var(--line); }
            table { border-collapse: collapse; margin: 1rem 0; }
            th, td { border: 1px solid var(--line); padding: .35rem .7rem; text-align: left; vertical-align: top; }
            th { color: var(--soft); font-weight: 600; }
            code { background: var(--code); padding: .1em .3em; border-radius: 3px; font: .9em "IBM Plex Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
            pre { background: var(--code); padding: .8rem 1rem; overflow-x: auto; border-radius: 4px; }
            pre code { padding: 0; overflow-wrap: normal; }
            @media (max-width: 60rem) { nav { position: static; width: auto; border: 0; } main { margin: 0; padding: 1rem; } }
            @media print { nav { display: none; } main { margin: 0; } }
            """;

    private Guide() {}

    public static void main(String[] args) throws Exception {
        Path from = Path.of(args[0]);
        Path to = Files.createDirectories(Path.of(args[1]));
        Map<String, Node> documents = new LinkedHashMap<>();
        Map<String, String> titles = new LinkedHashMap<>();
        Parser parser = Parser.builder().extensions(List.of(TablesExtension.create())).build();
        for (String name : PAGES.keySet()) {
            if (Files.exists(from.resolve(name))) {
                Node document = parser.parse(Files.readString(from.resolve(name)));
                documents.put(name, document);
                titles.put(name, headings(document).getFirst().text());
            }
        }
        for (Map.Entry<String, Node> entry : documents.entrySet()) {
            List<Path> pictures = localise(entry.getValue());
            String page = page(entry.getKey(), entry.getValue(), titles);
            Files.writeString(to.resolve(PAGES.get(entry.getKey())), page);
            for (Path picture : pictures) {
                Files.createDirectories(to.resolve(picture).getParent());
                Files.copy(
                        from.resolve(picture),
                        to.resolve(picture),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static String page(String name, Node document, Map<String, String> titles) {
        Map<Node, String> marks = new HashMap<>();
        StringBuilder contents = new StringBuilder();
        for (Title title : headings(document)) {
            String mark = mark(title.text(), marks);
            marks.put(title.heading(), mark);
            if (title.heading().getLevel() == 2 || title.heading().getLevel() == 3) {
                contents.append(title.heading().getLevel() == 3 ? "<a class=\"deeper\"" : "<a")
                        .append(" href=\"#")
                        .append(mark)
                        .append("\">")
                        .append(escaped(title.text()))
                        .append("</a>\n");
            }
        }
        StringBuilder others = new StringBuilder();
        titles.forEach((other, title) -> {
            if (!other.equals(name)) {
                others.append("<a href=\"")
                        .append(PAGES.get(other))
                        .append("\">")
                        .append(escaped(title))
                        .append("</a>\n");
            }
        });
        String body =
                HtmlRenderer.builder()
                        .extensions(List.of(TablesExtension.create()))
                        .escapeHtml(true)
                        .attributeProviderFactory(context ->
                                (node, tag, attributes) -> {
                                    String mark = marks.get(node);
                                    if (mark != null) {
                                        attributes.put("id", mark);
                                    }
                                })
                        .build()
                        .render(document);
        return """
        <!DOCTYPE html>
        <html lang="%s">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Vigie – %s</title>
        <style>
        %s</style>
        </head>
        <body>
        <nav>
        %s<hr>
        %s</nav>
        <main>
        %s</main>
        </body>
        </html>
        """
                .formatted(
                        PAGES.get(name).equals("fr.html") ? "fr" : "en",
                        escaped(titles.get(name)),
                        STYLE,
                        contents,
                        others,
                        body);
    }

    /** Turns links between documents into links between pages; answers the pictures shown. */
    private static List<Path> localise(Node document) {
        List<Path> pictures = new ArrayList<>();
        List<Link> gone = new ArrayList<>();
        document.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Image image) {
                        pictures.add(Path.of(image.getDestination()));
                    }

                    @Override
                    public void visit(Link link) {
                        String to = link.getDestination();
                        String page = PAGES.get(to.replaceFirst("#.*", ""));
                        if (page != null) {
                            link.setDestination(page + to.replaceFirst("^[^#]*", ""));
                        } else if (!to.startsWith("#") && !to.contains("://")) {
                            // It is in the source tree, and no source is beside this page.
                            gone.add(link);
                        }
                        visitChildren(link);
                    }
                });
        for (Link link : gone) {
            for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
                link.insertBefore(child);
            }
            link.unlink();
        }
        return pictures;
    }

    private static List<Title> headings(Node document) {
        List<Title> titles = new ArrayList<>();
        document.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Heading heading) {
                        StringBuilder text = new StringBuilder();
                        heading.accept(
                                new AbstractVisitor() {
                                    @Override
                                    public void visit(Text part) {
                                        text.append(part.getLiteral());
                                    }

                                    @Override
                                    public void visit(Code part) {
                                        text.append(part.getLiteral());
                                    }
                                });
                        titles.add(new Title(heading, text.toString()));
                    }
                });
        return titles;
    }

    private record Title(Heading heading, String text) {}

    /** A heading's name in links, as the documents' own links write it. */
    private static String mark(String text, Map<Node, String> taken) {
        String plain =
                text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .strip()
                        .replace(' ', '-');
        String mark = plain;
        for (int i = 1; taken.containsValue(mark); i++) {
            mark = plain + "-" + i;
        }
        return mark;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
