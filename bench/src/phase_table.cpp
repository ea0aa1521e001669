#include "phase_table.hpp"

#include <fmt/format.h>

#include <functional>

namespace idi::bench {
namespace {

using Databases = std::vector<LabelledCosts>;

std::string head(std::string_view first, const Databases& databases) {
  std::string names = fmt::format("| {} |", first), rule = "|---|";
  for (const auto& database : databases) {
    names += fmt::format(" {} |", database.label);
    rule += "--:|";
  }
  return names + "\n" + rule + "\n";
}

std::string row(std::string_view name, const Databases& databases,
                const std::function<std::string(const PhaseCosts&)>& cell) {
  std::string line = fmt::format("| {} |", name);
  for (const auto& database : databases) line += fmt::format(" {} |", cell(database.costs));
  return line + "\n";
}

std::string spread(const Samples& ms) {
  return fmt::format("{:.2f} / {:.2f}", ms.quantile(0.5), ms.quantile(0.95));
}

std::string schema_table(const Databases& databases) {
  return head("schema", databases) +
         row("tables", databases, [](const auto& c) { return fmt::format("{}", c.tables); }) +
         row("columns", databases, [](const auto& c) { return fmt::format("{}", c.columns); }) +
         row("foreign keys, inferred ones included", databases,
             [](const auto& c) { return fmt::format("{}", c.foreign_keys); }) +
         row("value index on disk, MiB", databases,
             [](const auto& c) { return fmt::format("{:.1f}", c.value_index_mib); }) +
         row("columns that linking kept, mean / most", databases,
             [](const auto& c) {
               return fmt::format("{:.0f} / {}", c.linked_columns, c.most_linked_columns);
             }) +
         row("questions answered", databases, [](const auto& c) {
           return fmt::format("{} of {}", c.questions - c.unanswered, c.questions);
         });
}

std::string opening_tables(const Databases& databases) {
  std::string times = head("opening, median ms (CPU ms)", databases);
  std::string memory = head("memory, MiB kept (peak while it ran)", databases);
  const auto& steps = databases.front().costs.opening;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    times += row(steps[i].name, databases, [i](const auto& c) {
      return fmt::format("{:.2f} ({:.2f})", c.opening[i].ms.quantile(0.5),
                         c.opening[i].cpu_ms.quantile(0.5));
    });
    memory += row(steps[i].name, databases, [i](const auto& c) {
      return fmt::format("{:.1f} ({:.0f})", c.opening[i].kept_mib, c.opening[i].peak_mib);
    });
  }
  memory += row("all questions", databases, [](const auto& c) {
    if (c.answering.empty()) return std::string("-");
    return fmt::format("{:.1f} ({:.0f})", c.answering.back().kept_mib, c.answering.back().peak_mib);
  });
  return times + "\n" + memory;
}

std::string answering_table(const Databases& databases) {
  std::string table = head("a question to an open database, p50 / p95 ms", databases);
  const auto& steps = databases.front().costs.answering;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    table += row(steps[i].name, databases, [i](const auto& c) {
      return i < c.answering.size() ? spread(c.answering[i].ms) : std::string("-");
    });
  }
  table += row("the whole answer, CPU", databases, [](const auto& c) {
    return c.answering.empty() ? std::string("-") : spread(c.answering.back().cpu_ms);
  });
  return table;
}

std::string parts_table(const Databases& databases) {
  std::string table = head("single calls, CPU ms, p50 / p95", databases);
  const auto& parts = databases.front().costs.parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    table += row(parts[i].name, databases, [i](const auto& c) {
      return i < c.parts.size() ? spread(c.parts[i].cpu_ms) : std::string("-");
    });
  }
  return table;
}

}  // namespace

std::string phase_tables(const std::vector<LabelledCosts>& databases) {
  if (databases.empty()) return {};
  return schema_table(databases) + "\n" + opening_tables(databases) + "\n" +
         answering_table(databases) + "\n" + parts_table(databases);
}

}  // namespace idi::bench
