package dev.tidemark.postgres.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who runs the server. PostgreSQL refuses to run as root, so there the server is given to an
 * account without rights.
 */
final class ServerUser {
  private static final List<String> ACCOUNTS = List.of("postgres", "nobody");
  private static final List<Path> RUNUSER =
      List.of(Path.of("/usr/sbin/runuser"), Path.of("/sbin/runuser"));

  private final @Nullable UserPrincipal account;

  private ServerUser(@Nullable UserPrincipal account) {
    this.account = account;
  }

  /** Finds the account for a server whose data are to be in a directory. */
  static ServerUser forData(Path directory) throws IOException {
    if (!Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid"))) {
      return new ServerUser(null);
    }
    UserPrincipalLookupService accounts = directory.getFileSystem().getUserPrincipalLookupService();
    IOException none =
        new IOException("PostgreSQL does not run as root, and there is no account of " + ACCOUNTS);
    for (String name : ACCOUNTS) {
      try {
        return new ServerUser(accounts.lookupPrincipalByName(name));
      } catch (UserPrincipalNotFoundException e) {
        none.addSuppressed(e);
      }
    }
    throw none;
  }

  void own(Path path) throws IOException {
    if (account != null) {
      Files.setOwner(path, account);
    }
  }

  List<String> command(List<String> command) {
    if (account == null) {
      return command;
    }
    List<String> all = new ArrayList<>();
    for (Path runuser : RUNUSER) {
      if (Files.isExecutable(runuser)) {
        all.addAll(List.of(runuser.toString(), "-u", account.getName(), "--"));
        all.addAll(command);
        return all;
      }
    }
    // Where there is no runuser, as in a small container. The command becomes arguments of a shell.
    all.addAll(List.of("su", "-s", "/bin/sh", account.getName(), "-c", "exec \"$0\" \"$@\"", "--"));
    all.addAll(command);
    return all;
  }

  @Override
  public String toString() {
    return account == null ? System.getProperty("user.name") : account.getName();
  }
}
