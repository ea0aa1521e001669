#include "scope_tables.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"
#include "spelling.hpp"

namespace idi::grammar {
namespace {

constexpr std::size_t max_values_per_column = 50;
constexpr std::size_t max_value_bytes = 200;
// A parent with more children than this links too much to say anything about its children.
constexpr std::size_t max_siblings = 8;
// Pairs of tables that no key connects: beyond this they are not joined at all.
constexpr std::size_t max_unlinked = 40;

void add_values(ScopeColumn& column, const ColumnValues& values, Dialect dialect) {
  for (const std::string& value : values.values) {
    if (column.values.size() >= max_values_per_column) return;
    if (value.size() > max_value_bytes) continue;
    if (auto text = spell_text(value, dialect)) column.values.push_back(std::move(*text));
  }
  column.closed =
      values.closed && column.values.size() == values.values.size() && !column.values.empty();
}

std::string qualified(const ScopeTable& table, int column) {
  return table.name + "." + table.columns[static_cast<std::size_t>(column)].name;
}

class Linker {
 public:
  Linker(ScopeTables& scope, Dialect dialect)
      : scope_(scope), dialect_(dialect), root_(scope.tables.size()) {
    std::iota(root_.begin(), root_.end(), 0);
  }
  /// Columns of the scope's numbering.
  void link(ColumnRef a, ColumnRef b, bool sibling) {
    if (a.table == b.table) return;
    if (b.table < a.table) std::swap(a, b);
    const ScopeTable& left = scope_.tables[static_cast<std::size_t>(a.table)];
    const ScopeTable& right = scope_.tables[static_cast<std::size_t>(b.table)];
    JoinKey key{a.table, b.table, qualified(left, a.column), qualified(right, b.column)};
    const ScopeColumn& x = left.columns[static_cast<std::size_t>(a.column)];
    const ScopeColumn& y = right.columns[static_cast<std::size_t>(b.column)];
    // A number that refers to a text, json that refers to json: PostgreSQL refuses to compare them.
    const bool alike = x.kind == y.kind && (x.kind != ColumnKind::opaque || (x.uuid && y.uuid));
    if (!alike && dialect_ == Dialect::postgres) return;
    auto& keys = (sibling ? scope_.sibling_keys : scope_.keys)[{a.table, b.table}];
    const auto same = [&](const JoinKey& other) {
      return other.left == key.left && other.right == key.right;
    };
    if (std::none_of(keys.begin(), keys.end(), same)) keys.push_back(std::move(key));
    root_[static_cast<std::size_t>(find(a.table))] = find(b.table);
  }
  void find_unlinked() {
    const int count = static_cast<int>(scope_.tables.size());
    for (int a = 0; a < count; ++a) {
      for (int b = a + 1; b < count; ++b) {
        if (find(a) != find(b) && joinable(a, b)) scope_.unlinked.emplace_back(a, b);
        if (scope_.unlinked.size() > max_unlinked) {
          scope_.unlinked.clear();
          return;
        }
      }
    }
  }

 private:
  bool joinable(int a, int b) const {
    return std::any_of(std::begin(joinable_kinds), std::end(joinable_kinds), [&](Kinds kinds) {
      return scope_.tables[static_cast<std::size_t>(a)].has(kinds) &&
             scope_.tables[static_cast<std::size_t>(b)].has(kinds);
    });
  }
  int find(int table) {
    int& root = root_[static_cast<std::size_t>(table)];
    return root == table ? table : root = find(root);
  }
  ScopeTables& scope_;
  Dialect dialect_;
  std::vector<int> root_;
};

}  // namespace

bool ScopeTable::has(Kinds kinds) const {
  return std::any_of(columns.begin(), columns.end(), [kinds](const ScopeColumn& column) {
    return (kinds_of(column.kind) & kinds) != 0;
  });
}

ScopeTables scope_tables(const Schema& schema, const Scope& scope, Dialect dialect,
                         int max_tables) {
  std::map<int, std::vector<int>> wanted;
  for (const ColumnRef column : scope.columns) wanted[column.table].push_back(column.column);
  ScopeTables result;
  std::map<ColumnRef, ColumnRef> numbers;
  std::map<int, bool> seen;
  for (const int index : scope.tables) {
    if (static_cast<int>(result.tables.size()) >= max_tables) break;
    IDI_ASSERT(index >= 0 && index < static_cast<int>(schema.tables.size()));
    if (std::exchange(seen[index], true)) continue;
    std::vector<int>& columns = wanted[index];
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    const Table& table = schema.tables[static_cast<std::size_t>(index)];
    auto spelled = spell(table, columns, dialect);
    if (!spelled) continue;
    ScopeTable added;
    added.name = std::move(spelled->name);
    std::vector<std::pair<ColumnRef, ColumnRef>> added_numbers;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (spelled->columns[i].empty()) continue;
      const ColumnRef ref{index, columns[i]};
      const Column& column = schema.column(ref);
      ScopeColumn entry;
      entry.name = std::move(spelled->columns[i]);
      entry.kind = column_kind(column, dialect);
      entry.uuid = text::to_lower_ascii(column.declared_type) == "uuid";
      for (const ColumnValues& values : scope.values) {
        if (values.column == ref) add_values(entry, values, dialect);
      }
      added_numbers.emplace_back(ref, ColumnRef{static_cast<int>(result.tables.size()),
                                                static_cast<int>(added.columns.size())});
      added.columns.push_back(std::move(entry));
    }
    if (added.columns.empty()) continue;
    result.tables.push_back(std::move(added));
    numbers.insert(added_numbers.begin(), added_numbers.end());
  }

  Linker linker(result, dialect);
  std::map<ColumnRef, std::vector<ColumnRef>> children;
  for (const ForeignKey& key : schema.foreign_keys) {
    const auto from = numbers.find(key.from);
    const auto to = numbers.find(key.to);
    if (from != numbers.end()) children[key.to].push_back(from->second);
    if (from != numbers.end() && to != numbers.end()) linker.link(from->second, to->second, false);
  }
  for (const auto& [parent, columns] : children) {
    if (columns.size() > max_siblings) continue;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      for (std::size_t j = i + 1; j < columns.size(); ++j) {
        linker.link(columns[i], columns[j], true);
      }
    }
  }
  linker.find_unlinked();
  return result;
}

}  // namespace idi::grammar
