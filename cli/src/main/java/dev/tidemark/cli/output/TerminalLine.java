package dev.tidemark.cli.output;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The last line of the terminal, written again and again and cleared at the end. The library's own
 * consumers ask the terminal for its width through native code, which warns where it cannot load.
 */
final class TerminalLine implements ProgressBarConsumer {
  private static final int WIDTH = 78;

  private final PrintStream terminal;

  TerminalLine(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public int getMaxRenderedLength() {
    return WIDTH;
  }

  @Override
  public void accept(String text) {
    terminal.print("\r" + text);
    terminal.flush();
  }

  @Override
  public void clear() {
    terminal.print("\r" + " ".repeat(WIDTH) + "\r");
    terminal.flush();
  }

  @Override
  public void close() {
    clear();
  }
}
