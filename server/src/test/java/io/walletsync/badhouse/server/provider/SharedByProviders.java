package io.walletsync.badhouse.server.provider;

import io.walletsync.badhouse.server.provider.a.SeesAnotherProvider;

/** What is shared sees one of those who share it. */
public record SharedByProviders(SeesAnotherProvider provider) {}
