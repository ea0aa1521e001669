#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "formats.hpp"
#include "idi/core/text.hpp"
#include "idi/engine/schema_answers.hpp"
#include "idi/sql/join_planner.hpp"
#include "opening.hpp"
#include "output.hpp"
#include "table_view.hpp"

namespace idi::cli {
namespace {

Result<Schema> read_schema(const SourceOptions& options, std::stop_token stop) {
  IDI_TRY(const auto address, database_address(options.database));
  IDI_TRY(const auto database, open_database(address));
  IDI_TRY(Schema schema, database->introspect(std::move(stop)));
  for (auto& key : sql::infer_foreign_keys(schema)) schema.foreign_keys.push_back(std::move(key));
  return schema;
}

std::string as_text(const Schema& schema, const TerminalTraits& terminal) {
  std::string out;
  const TableStyle style{terminal.width, terminal.color};
  for (std::size_t t = 0; t < schema.tables.size(); ++t) {
    const Table& table = schema.tables[t];
    std::string title = safe_for_terminal(table.name, true);
    if (table.kind == TableKind::view) title += " (view)";
    if (table.row_estimate) title += fmt::format(" · {} rows", *table.row_estimate);
    if (!table.comment.empty()) title += " · " + safe_for_terminal(table.comment, true);
    out += title + '\n';
    out += render_table(engine::table_overview(schema, static_cast<int>(t)), {}, style) + '\n';
  }
  return out + fmt::format("{} tables, {} columns, {} keys\n", schema.tables.size(),
                           schema.column_count(), schema.foreign_keys.size());
}

}  // namespace

int run_schema(const SchemaOptions& options, Interrupt& interrupt) {
  const auto schema = read_schema(options.source, interrupt.begin(std::chrono::milliseconds(80)));
  interrupt.end();
  if (!schema) return print_result(schema.error());
  return print_result(options.json ? schema_as_json(*schema)
                                   : as_text(*schema, traits_of(STDOUT_FILENO)));
}

}  // namespace idi::cli
