package dev.tidemark.cli.command;

import picocli.CommandLine.IVersionProvider;

/** Reads the version from the program's file. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = VersionProvider.class.getPackage().getImplementationVersion();
    return new String[] {"tidemark " + (version == null ? "(not packaged)" : version)};
  }
}
