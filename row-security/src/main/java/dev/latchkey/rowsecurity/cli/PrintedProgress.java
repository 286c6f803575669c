package dev.latchkey.rowsecurity.cli;

import dev.latchkey.rowsecurity.adopt.Progress;
import dev.latchkey.rowsecurity.adopt.Step;
import java.io.PrintWriter;

/** One line for a step, and one for each range of rows. */
final class PrintedProgress implements Progress {

    private final PrintWriter out;

    PrintedProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void started(Step step, int position, int total) {
        line("%3d/%d %s", position, total, step.title());
    }

    @Override
    public void rows(Step step, long rows, long pages, long totalPages) {
        line("        %d rows written, %d of %d pages", rows, pages, totalPages);
    }

    @Override
    public void waiting(Step step, int attempt) {
        line("        locked by somebody else, attempt %d", attempt);
    }

    private void line(String format, Object... arguments) {
        out.printf(format + "%n", arguments);
        out.flush();
    }
}
