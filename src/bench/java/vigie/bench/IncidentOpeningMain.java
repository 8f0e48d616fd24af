package vigie.bench;

import vigie.console.start.Display;
import vigie.console.start.PixelSize;
import vigie.console.start.ToolkitStart;
import vigie.text.Fault;

import java.nio.file.Path;

/** A process that opens one incident file once and prints how long that took, nanoseconds. */
final class IncidentOpeningMain {
    private IncidentOpeningMain() {}

    public static void main(String[] words) throws Fault, InterruptedException {
        ToolkitStart.start(Display.choose(true), PixelSize.FULL_HD);
        System.out.println(IncidentOpening.opened(Path.of(words[0])));
        System.out.flush();
        System.exit(0);
    }
}
