package dev.tidemark.cli.output;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a long task is. */
public interface Progress extends AutoCloseable {
  /** Shows nothing. */
  Progress NONE = current -> {};

  /**
   * Shows how far the task is.
   *
   * @param current the number of things done
   */
  void stepTo(long current);

  @Override
  default void close() {}

  /** Starts displays. */
  @FunctionalInterface
  interface Display {
    /**
     * Starts to show a task.
     *
     * @param task what is done
     * @param most where it ends
     * @return the display, to be closed
     */
    Progress start(String task, long most);
  }

  /**
   * Shows a bar.
   *
   * @param errors the terminal
   * @param task what is done
   * @param most where it ends
   * @return the display
   */
  static Progress onTerminal(PrintStream errors, String task, long most) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(most)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new TerminalLine(errors))
            .build();
    return new Progress() {
      @Override
      public void stepTo(long current) {
        bar.stepTo(current);
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }
}
