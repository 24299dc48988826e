package dev.tidemark.benchmarks;

import picocli.CommandLine;

/** The program behind {@code tidemark bench}. */
public final class Main {
  private Main() {}

  /**
   * Runs the program and ends the process.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchCommand()).execute(args));
  }
}
