package io.walletsync.server.http.movement;

import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a round of an import brought.
 *
 * @param imported how many movements came new
 * @param moreLeft whether the provider has pages left for the next round
 */
@JsonNaming(SnakeCaseStrategy.class)
record MovementImportJson(UUID walletId, int imported, boolean moreLeft) {}
