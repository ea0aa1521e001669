#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

#include "idi/core/text.hpp"
#include "idi/sql/join_planner.hpp"

namespace idi::sql {
namespace {

/// Names that say nothing about what they identify.
bool is_generic(std::string_view name) {
  static constexpr std::array<std::string_view, 14> names = {
      "id",   "code", "name", "no",    "number", "key",   "type",
      "date", "year", "rank", "index", "title",  "value", "description"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Lower case without separators: "Customer_ID" → "customerid".
std::string squeezed(std::string_view name) {
  std::string result;
  for (const char c : text::to_lower_ascii(name)) {
    if (c != '_' && c != ' ' && c != '-') result += c;
  }
  return result;
}

std::string singular(std::string word) {
  const auto ends_with = [&](std::string_view end) { return word.ends_with(end); };
  if (ends_with("ies") && word.size() > 4) return word.substr(0, word.size() - 3) + "y";
  if ((ends_with("sses") || ends_with("xes") || ends_with("ches")) && word.size() > 5) {
    return word.substr(0, word.size() - 2);
  }
  if (ends_with("s") && !ends_with("ss") && word.size() > 3) word.pop_back();
  return word;
}

bool compatible(const Column& a, const Column& b) {
  return a.type == b.type || a.type == ColumnType::other || b.type == ColumnType::other;
}

}  // namespace

namespace {

/// Finds keys by name, the surest first; at most one for every two tables.
class KeyInference {
 public:
  explicit KeyInference(const Schema& schema) : schema_(schema) {
    for (int table = 0; table < static_cast<int>(schema.tables.size()); ++table) {
      component_.push_back(table);
      const Table& content = schema.tables[static_cast<std::size_t>(table)];
      owners_.push_back(singular(squeezed(content.name)));
      std::vector<std::string>& names = names_.emplace_back();
      for (int column = 0; column < static_cast<int>(content.columns.size()); ++column) {
        columns_.push_back({table, column});
        names.push_back(squeezed(content.columns[static_cast<std::size_t>(column)].name));
      }
    }
    for (const ForeignKey& key : schema.foreign_keys) link(key.from.table, key.to.table);
  }

  std::vector<ForeignKey> run() {
    add_same_name();
    add_named_after_table();
    add_between_components();
    return std::move(inferred_);
  }

 private:
  using ColumnsByName = std::map<std::string, std::vector<ColumnRef>>;

  const std::string& name(ColumnRef column) const {
    return names_[static_cast<std::size_t>(column.table)][static_cast<std::size_t>(column.column)];
  }
  /// The column says by its name that it identifies its own table: customer.customer_id.
  bool identifies_own_table(ColumnRef column) const {
    return name(column).starts_with(owners_[static_cast<std::size_t>(column.table)]);
  }

  /// customer_id refers to the primary key customer_id of another table.
  void add_same_name() {
    ColumnsByName targets;
    for (const ColumnRef column : columns_) {
      if (schema_.column(column).primary_key && !is_generic(name(column))) {
        targets[name(column)].push_back(column);
      }
    }
    for (auto& [ignored, columns] : targets) {
      std::stable_sort(columns.begin(), columns.end(), [this](ColumnRef a, ColumnRef b) {
        return identifies_own_table(a) > identifies_own_table(b);
      });
    }
    for (const ColumnRef column : columns_) add_first(column, targets, name(column));
  }

  /// customer_id, billing_customer_id and customerid refer to customer's primary key id.
  void add_named_after_table() {
    ColumnsByName targets;
    for (const ColumnRef column : columns_) {
      if (!schema_.column(column).primary_key) continue;
      const std::string& owner = owners_[static_cast<std::size_t>(column.table)];
      targets[owner + name(column)].push_back(column);
      targets[owner + "id"].push_back(column);
    }
    for (const ColumnRef column : columns_) {
      const std::string lower = text::to_lower_ascii(schema_.column(column).name);
      for (std::size_t from = 0; from < lower.size(); ++from) {
        const bool word_starts = from == 0 || lower[from - 1] == '_' || lower[from - 1] == ' ';
        if (word_starts && add_first(column, targets, squeezed(lower.substr(from)))) break;
      }
    }
  }

  /// Tables that nothing links so far: a column name that few tables share.
  void add_between_components() {
    constexpr std::size_t most_sharers = 3;  // "created_at" says nothing
    ColumnsByName sharers;
    for (const ColumnRef column : columns_) {
      if (!is_generic(name(column))) sharers[name(column)].push_back(column);
    }
    for (const auto& [ignored, columns] : sharers) {
      if (columns.size() > most_sharers) continue;
      for (std::size_t i = 1; i < columns.size(); ++i) {
        if (component(columns[i].table) != component(columns[0].table)) add(columns[i], columns[0]);
      }
    }
  }

  bool add_first(ColumnRef from, const ColumnsByName& targets, const std::string& wanted) {
    const auto found = targets.find(wanted);
    if (found == targets.end()) return false;
    for (const ColumnRef to : found->second) {
      const bool is_parent_itself = schema_.column(from).primary_key &&
                                    identifies_own_table(from) && !identifies_own_table(to);
      if (!is_parent_itself && add(from, to)) return true;
    }
    return false;
  }

  bool add(ColumnRef from, ColumnRef to) {
    if (from.table == to.table || linked_.contains({from.table, to.table})) return false;
    if (!compatible(schema_.column(from), schema_.column(to))) return false;
    link(from.table, to.table);
    inferred_.push_back({from, to, false});
    return true;
  }

  void link(int a, int b) {
    linked_.insert({a, b});
    linked_.insert({b, a});
    component_[static_cast<std::size_t>(component(a))] = component(b);
  }
  int component(int table) {
    while (component_[static_cast<std::size_t>(table)] != table) {
      int& parent = component_[static_cast<std::size_t>(table)];
      parent = component_[static_cast<std::size_t>(parent)];
      table = parent;
    }
    return table;
  }

  const Schema& schema_;
  std::vector<std::string> owners_;              // the table's name, singular: "customer"
  std::vector<std::vector<std::string>> names_;  // squeezed, by table and column
  std::vector<ColumnRef> columns_;
  std::vector<int> component_;
  std::set<std::pair<int, int>> linked_;  // pairs of tables, both ways
  std::vector<ForeignKey> inferred_;
};

}  // namespace

std::vector<ForeignKey> infer_foreign_keys(const Schema& schema) {
  return KeyInference(schema).run();
}

}  // namespace idi::sql
