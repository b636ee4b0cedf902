package io.walletsync.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names; there is none when run from classes. */
final class JarVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    var version = JarVersion.class.getPackage().getImplementationVersion();
    return new String[] {"WalletSync " + (version == null ? "(from sources)" : version)};
  }
}
