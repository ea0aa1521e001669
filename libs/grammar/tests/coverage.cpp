#include "coverage.hpp"

#include <algorithm>

#include "gbnf_machine.hpp"
#include "idi/sql/ir_literals.hpp"
#include "idi/sql/translate.hpp"
#include "scoped_schema.hpp"
#include "spider.hpp"

namespace idi::grammar::testing {
namespace {

/// The texts that columns are compared with.
std::vector<ColumnValues> values_of(const ir::Query& query) {
  std::vector<ColumnValues> values;
  (void)ir::map_literals(query, [&](const ir::Literal& literal, const ir::Predicate* predicate) {
    const bool compared = predicate != nullptr && predicate->op != ir::Comparison::like;
    if (compared && literal.kind == ir::Literal::Kind::text) {
      if (const auto* column = std::get_if<ColumnRef>(&predicate->left->node)) {
        values.push_back({*column, {literal.text}, false});
      }
    }
    return literal;
  });
  return values;
}

}  // namespace

Coverage measure_coverage(const std::filesystem::path& spider, const std::string& file, int stride,
                          Dialect dialect) {
  const auto schemas = sql::testing::load_schemas(spider / "tables.json");
  const auto queries = sql::testing::load_queries(spider / file);
  std::map<std::string, GbnfMachine> without_values;
  Coverage coverage;
  for (std::size_t i = 0; i < queries.size(); i += static_cast<std::size_t>(stride)) {
    const auto& gold = queries[i];
    const Schema& schema = schemas.at(gold.database);
    ++coverage.gold;
    const auto tree = sql::to_ir(gold.sql, schema);
    if (!tree) continue;
    const auto written = sql::to_sql(*tree, schema, dialect);
    if (!written) continue;
    ++coverage.rewritten;
    Scope scope = whole_scope(schema);
    scope.values = values_of(*tree);
    const bool plain = scope.values.empty();
    if (!plain || !without_values.contains(gold.database)) {
      const auto grammar = sql_grammar(schema, scope, dialect);
      if (!grammar) continue;
      coverage.most_bytes = std::max(coverage.most_bytes, grammar->size());
      auto machine = GbnfMachine::parse(*grammar);
      if (!machine) continue;
      without_values.insert_or_assign(gold.database, std::move(*machine));
    }
    const GbnfMachine& machine = without_values.at(gold.database);
    const auto recognition = machine.recognise(*written);
    if (machine.recognise(gold.sql).accepted) ++coverage.raw;
    if (recognition.accepted) {
      ++coverage.recognised;
      coverage.most_stacks = std::max(coverage.most_stacks, recognition.most_stacks);
      coverage.mean_most_stacks += static_cast<double>(recognition.most_stacks);
    } else {
      const std::string before = written->substr(0, recognition.accepted_bytes);
      const auto last = before.find_last_of(' ', before.size() > 1 ? before.size() - 2 : 0);
      coverage.stopped[before.substr(last == std::string::npos ? 0 : last)].push_back(
          gold.database + ": " + before + " <|> " + written->substr(recognition.accepted_bytes));
    }
    if (!plain) without_values.erase(gold.database);
  }
  if (coverage.recognised > 0) coverage.mean_most_stacks /= coverage.recognised;
  return coverage;
}

}  // namespace idi::grammar::testing
