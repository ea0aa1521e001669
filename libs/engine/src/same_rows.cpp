#include "same_rows.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "idi/sql/translate.hpp"

namespace idi::engine {
namespace {

/// Each item as the only one of the query; empty if one cannot be written.
std::vector<std::string> alone(const ir::Query& query, const Schema& schema) {
  std::vector<std::string> texts;
  for (const auto& item : query.select) {
    ir::Query one = query;
    one.select = {item};
    auto text = sql::to_sql(one, schema, schema.dialect);
    if (!text) return {};
    texts.push_back(std::move(*text));
  }
  return texts;
}

}  // namespace

bool differ_in_columns_shown(const ir::Query& a, const ir::Query& b, const Schema& schema) {
  if (a.set_operator || b.set_operator || a.distinct != b.distinct) return false;
  const auto some = alone(a, schema);
  const auto others = alone(b, schema);
  if (some.empty() || others.empty()) return false;
  const auto& fewer = some.size() <= others.size() ? some : others;
  const auto& more = some.size() <= others.size() ? others : some;
  return std::all_of(fewer.begin(), fewer.end(), [&](const std::string& item) {
    return std::find(more.begin(), more.end(), item) != more.end();
  });
}

}  // namespace idi::engine
