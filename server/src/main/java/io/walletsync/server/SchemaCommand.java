package io.walletsync.server;

import io.walletsync.server.config.Database;
import io.walletsync.server.config.Settings;
import io.walletsync.server.config.SettingsProblem;
import io.walletsync.server.postgres.Schema;
import io.walletsync.server.postgres.Schema.Undo;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** {@code schema status | migrate | undo --to VERSION [--drop-records]}. */
final class SchemaCommand {
  private static final String USAGE =
      "Use: schema status | schema migrate | schema undo --to VERSION [--drop-records]";

  private SchemaCommand() {}

  /** Returns the exit status. */
  static int run(List<String> arguments, Map<String, String> environment, PrintStream out) {
    // the command's own sentences are enough
    LoggingSystem.get(SchemaCommand.class.getClassLoader())
        .setLogLevel("org.flywaydb", LogLevel.WARN);
    var settings = Settings.from(environment);
    return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
      case "status" -> with(settings, schema -> status(schema, out));
      case "migrate" -> {
        try (var database = Database.open(settings)) {
          database.migrate();
          yield status(database.schema(), out);
        }
      }
      case "undo" -> {
        if (arguments.size() < 3
            || !arguments.get(1).equals("--to")
            || !arguments.get(2).matches("[0-9]{1,6}")
            || (arguments.size() == 4 && !arguments.get(3).equals("--drop-records"))
            || arguments.size() > 4) {
          throw new SettingsProblem(USAGE);
        }
        var target = Integer.parseInt(arguments.get(2));
        yield with(settings, schema -> undo(schema, target, arguments.size() == 4, out));
      }
      default -> throw new SettingsProblem(USAGE);
    };
  }

  private static int with(Settings settings, ToIntFunction<Schema> work) {
    try (var database = Database.open(settings)) {
      return work.applyAsInt(database.schema());
    }
  }

  private static int status(Schema schema, PrintStream out) {
    var relation =
        switch (schema.state()) {
          case CURRENT -> "which is what this release needs";
          case OLDER -> "and this release needs a newer one: schema migrate";
          case NEWER -> "made by a newer release";
        };
    out.println("The schema is at version " + schema.version() + ", " + relation + ".");
    return 0;
  }

  private static int undo(Schema schema, int target, boolean dropRecords, PrintStream out) {
    var undo = schema.undo(target, dropRecords);
    undo.undone().forEach(script -> out.println("Ran " + script));
    out.println("The schema is at version " + schema.version() + ".");
    var problem =
        switch (undo) {
          case Undo.Done _ -> null;
          case Undo.RecordsInTheWay(_, var script, var table) ->
              script
                  + " would drop the records in "
                  + table
                  + ", which is not empty. Nothing of this step was done. If the records may go,"
                  + " add --drop-records.";
          case Undo.Failed(_, var script, var reason) ->
              script + " failed, and nothing of this step was done: " + reason;
          case Undo.MadeByANewerRelease(_, var version) ->
              "A newer release made version " + version + ": undo it with that release.";
        };
    if (problem == null) {
      return 0;
    }
    out.println(problem);
    return 1;
  }
}
