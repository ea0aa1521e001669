#include "process_table.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <system_error>

#include "child_process.hpp"
#include "samples.hpp"

namespace idi::bench {
namespace {

constexpr int runs_per_filling = 5;

struct MeasuredCommand {
  std::string label;
  std::vector<std::string> command;
  bool empties_cache = false;
  Samples wall_ms, cpu_ms, peak_mib;
};

std::vector<MeasuredCommand> commands_of(const ProcessOptions& options) {
  const std::string program = options.program.string();
  std::vector<MeasuredCommand> commands;
  const auto add = [&](std::string label, std::vector<std::string> command, bool empties_cache) {
    commands.push_back({std::move(label), std::move(command), empties_cache, {}, {}, {}});
  };
  add("an empty program (`/bin/true`)", {"/bin/true"}, false);
  add("`idi --version`", {program, "--version"}, false);
  for (const AskedDatabase& asked : options.databases) {
    const std::vector<std::string> ask{program,
                                       "ask",
                                       asked.question,
                                       "--db",
                                       "sqlite:" + asked.path.string(),
                                       "--parser",
                                       options.model.string(),
                                       "--timeout",
                                       "300"};
    add(fmt::format("`idi ask`, {}, empty cache", asked.label), ask, true);
    add(fmt::format("`idi ask`, {}, filled cache", asked.label), ask, false);
  }
  return commands;
}

std::string row_of(const MeasuredCommand& command, double floor_ms) {
  return fmt::format("| {} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:.0f} |\n",
                     command.label, command.wall_ms.quantile(0), command.wall_ms.quantile(0.5),
                     command.wall_ms.quantile(1), command.wall_ms.quantile(0.5) / floor_ms,
                     command.cpu_ms.quantile(0.5), command.peak_mib.quantile(1));
}

}  // namespace

Result<std::string> process_table(const ProcessOptions& options) {
  auto commands = commands_of(options);
  ::setenv("XDG_CACHE_HOME", options.cache.c_str(), 1);
  for (int run = 0; run <= options.runs; ++run) {
    for (MeasuredCommand& command : commands) {
      // Filling the cache may take seconds.
      if (command.empties_cache && run % runs_per_filling != 1) continue;
      std::error_code ignored;
      if (command.empties_cache) std::filesystem::remove_all(options.cache, ignored);
      IDI_TRY(const ProcessCost cost, run_process(command.command));
      if (run == 0) continue;  // files come from the disk
      command.wall_ms.add(cost.wall_ms);
      command.cpu_ms.add(cost.cpu_ms);
      command.peak_mib.add(cost.peak_mib);
    }
  }
  std::string table =
      "| command | min ms | median ms | max ms | of the empty program | CPU ms | peak MiB |\n"
      "|---|--:|--:|--:|--:|--:|--:|\n";
  const double floor_ms = commands.front().wall_ms.quantile(0.5);
  for (const MeasuredCommand& command : commands) table += row_of(command, floor_ms);
  return table;
}

}  // namespace idi::bench
