#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "idi/core/assert.hpp"
#include "idi/prompt/chat_prompt.hpp"
#include "idi/sql/join_planner.hpp"
#include "plain_data.hpp"

namespace idi::prompt {

namespace {

/// How well every table and column fits; those that linking left out do not at all.
struct Fit {
  std::vector<double> tables;
  std::map<ColumnRef, double> columns;

  [[nodiscard]] double of(ColumnRef column) const {
    const auto found = columns.find(column);
    return found == columns.end() ? 0 : found->second;
  }
};

Fit fit_of(const link::LinkedQuestion& question, const link::Linker& linker,
           const parser::Parser* parser) {
  parser::Relevance relevance{question.table_scores, question.column_scores};
  if (parser != nullptr) {
    // Without words there is nothing that the encoder could say; the linker's order stands.
    if (auto told = parser->relevance(question, linker, Deadline::never(), {}))
      relevance = std::move(*told);
  }
  Fit fit;
  fit.tables.resize(linker.schema().tables.size());
  for (std::size_t i = 0; i < relevance.tables.size(); ++i)
    fit.tables[static_cast<std::size_t>(question.tables[i])] = relevance.tables[i];
  for (std::size_t i = 0; i < relevance.columns.size(); ++i)
    fit.columns[question.columns[i]] = relevance.columns[i];
  return fit;
}

void put_best_first(std::vector<int>& tables, const Fit& fit) {
  std::stable_sort(tables.begin(), tables.end(), [&](int a, int b) {
    return fit.tables[static_cast<std::size_t>(a)] > fit.tables[static_cast<std::size_t>(b)];
  });
}

/// Tables and columns that a prompt can name.
struct Showable {
  std::vector<int> tables;                      ///< With at least one column.
  std::vector<std::vector<ColumnRef>> columns;  ///< By schema table; empty for one not in tables.
  int column_count = 0;

  explicit Showable(const Schema& schema) : columns(schema.tables.size()) {
    for (std::size_t t = 0; t < schema.tables.size(); ++t) {
      const Table& table = schema.tables[t];
      if (!is_plain_name(table.name)) continue;
      for (std::size_t c = 0; c < table.columns.size(); ++c)
        if (is_plain_name(table.columns[c].name))
          columns[t].push_back({static_cast<int>(t), static_cast<int>(c)});
      if (columns[t].empty()) continue;
      tables.push_back(static_cast<int>(t));
      column_count += static_cast<int>(columns[t].size());
    }
  }
};

class ScopeChooser {
 public:
  ScopeChooser(const Schema& schema, const Showable& showable, const Fit& fit)
      : schema_(schema), showable_(showable), fit_(fit), planner_(schema) {}

  grammar::Scope choose(int max_tables, int max_columns) const {
    grammar::Scope scope;
    scope.tables = choose_tables(std::min(max_tables, max_columns));
    scope.columns = choose_columns(scope.tables, static_cast<std::size_t>(max_columns));
    return scope;
  }

 private:
  /// The best ones, each with the tables that join it to those before, while there is room.
  std::vector<int> choose_tables(int max_tables) const {
    const auto room = static_cast<std::size_t>(max_tables);
    std::vector<int> order = showable_.tables;
    put_best_first(order, fit_);
    std::set<int> chosen;
    for (const int table : order) {
      if (chosen.size() >= room) break;
      if (chosen.contains(table)) continue;
      std::set<int> wanted = chosen;
      wanted.insert(table);
      // Beyond a few, what is chosen is joined to the nearest anyhow or is not meant.
      constexpr std::size_t max_joined = sql::JoinPlanner::max_exact_terminals;
      if (wanted.size() > 1 && wanted.size() <= max_joined) {
        if (const auto plan = planner_.plan({wanted.begin(), wanted.end()}, {})) {
          for (const int joining : plan->tables())
            if (is_showable(joining)) wanted.insert(joining);
        }
      }
      if (wanted.size() > room) {
        wanted = chosen;
        wanted.insert(table);
      }
      chosen = std::move(wanted);
    }
    return {chosen.begin(), chosen.end()};
  }

  bool is_showable(int table) const {
    return !showable_.columns[static_cast<std::size_t>(table)].empty();
  }

  /// One of each table, then keys, then the best.
  std::vector<ColumnRef> choose_columns(const std::vector<int>& tables,
                                        std::size_t max_columns) const {
    std::set<ColumnRef> keys;
    for (const ForeignKey& key : schema_.foreign_keys) {
      if (!std::binary_search(tables.begin(), tables.end(), key.from.table) ||
          !std::binary_search(tables.begin(), tables.end(), key.to.table))
        continue;
      keys.insert(key.from);
      keys.insert(key.to);
    }
    struct Ranked {
      ColumnRef column;
      int group;  ///< 0: the best of its table, 1: a key, 2: the others.
      double fit;
    };
    std::vector<Ranked> ranked;
    for (const int table : tables) {
      const auto& columns = showable_.columns[static_cast<std::size_t>(table)];
      const auto best =
          std::max_element(columns.begin(), columns.end(),
                           [&](ColumnRef a, ColumnRef b) { return fit_.of(a) < fit_.of(b); });
      for (const ColumnRef column : columns) {
        const bool key = keys.contains(column) || schema_.column(column).primary_key;
        const int group = column == *best ? 0 : key ? 1 : 2;
        // A key is as needed as its table.
        const double fit =
            group == 1 ? fit_.tables[static_cast<std::size_t>(table)] : fit_.of(column);
        ranked.push_back({column, group, fit});
      }
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
      return a.group != b.group ? a.group < b.group : a.fit > b.fit;
    });
    if (ranked.size() > max_columns) ranked.resize(max_columns);
    std::vector<ColumnRef> chosen;
    for (const Ranked& each : ranked) chosen.push_back(each.column);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
  }

  const Schema& schema_;
  const Showable& showable_;
  const Fit& fit_;
  sql::JoinPlanner planner_;
};

bool fits(const Schema& schema, const grammar::Scope& scope, const ScopeLimits& limits) {
  constexpr SchemaDetail names_only{0, 0, 0};
  return estimate_tokens(schema_text(schema, scope, schema.dialect, names_only)) <=
         limits.max_schema_tokens;
}

/// Cells that the question speaks of, of the shown columns.
class CellMatcher {
 public:
  CellMatcher(const link::LinkedQuestion& question, const link::Linker& linker,
              const std::vector<ColumnRef>& shown)
      : question_(question), schema_(linker.schema()), index_(linker.values()), shown_(shown) {}

  std::vector<grammar::ColumnValues> match() {
    for (const link::ValueCandidate& value : question_.values) add(value);
    std::vector<grammar::ColumnValues> matched;
    for (auto& [column, cells] : by_column_) matched.push_back({column, std::move(cells)});
    return matched;
  }

 private:
  void add(const link::ValueCandidate& value) {
    using Kind = link::ValueKind;
    bool found = false;
    for (std::size_t i = 0; i < value.columns.size(); ++i) {
      const std::string& cell = i < value.cells.size() ? value.cells[i] : value.text;
      // What is no cell itself may be a part of some: these columns are not meant by "is a value".
      if (value.kind == Kind::cell || is_stored(value.columns[i], cell))
        found = add(value.columns[i], cell) || found;
    }
    // "French" where the cells say "France".
    if (found || (value.kind != Kind::span && value.kind != Kind::quoted)) return;
    for (const ColumnRef column : best_text_columns())
      if (const auto cell = index_.closest_cell(column, value.text)) add(column, *cell);
  }

  /// False for a column that is not shown.
  bool add(ColumnRef column, const std::string& cell) {
    if (!std::binary_search(shown_.begin(), shown_.end(), column)) return false;
    auto& cells = by_column_[column];
    if (std::find(cells.begin(), cells.end(), cell) == cells.end()) cells.push_back(cell);
    return true;
  }

  bool is_stored(ColumnRef column, const std::string& cell) const {
    constexpr int max_hits = 64;
    const auto hits = index_.lookup(cell, max_hits);
    return std::any_of(hits.begin(), hits.end(), [&](const link::CellHit& hit) {
      return hit.column == column && hit.cell == cell;
    });
  }

  /// Those that fit the question best, by the linker.
  const std::vector<ColumnRef>& best_text_columns() {
    constexpr std::size_t max_columns = 6;
    if (ranked_) return text_columns_;
    ranked_ = true;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < question_.column_scores.size(); ++i)
      if (question_.column_scores[i] > 0 &&
          schema_.column(question_.columns[i]).type == ColumnType::text)
        order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return question_.column_scores[a] > question_.column_scores[b];
    });
    if (order.size() > max_columns) order.resize(max_columns);
    for (const std::size_t i : order) text_columns_.push_back(question_.columns[i]);
    return text_columns_;
  }

  const link::LinkedQuestion& question_;
  const Schema& schema_;
  const link::ValueIndex& index_;
  const std::vector<ColumnRef>& shown_;
  std::map<ColumnRef, std::vector<std::string>> by_column_;
  std::vector<ColumnRef> text_columns_;
  bool ranked_ = false;
};

}  // namespace

grammar::Scope choose_scope(const link::LinkedQuestion& question, const link::Linker& linker,
                            const parser::Parser* parser, const ScopeLimits& limits) {
  IDI_ASSERT(limits.max_tables > 0 && limits.max_columns > 0 && limits.max_schema_tokens > 0);
  const Schema& schema = linker.schema();
  const Showable showable(schema);
  grammar::Scope scope;
  bool chosen = false;
  if (static_cast<int>(showable.tables.size()) <= limits.max_tables &&
      showable.column_count <= limits.max_columns) {
    scope.tables = showable.tables;
    for (const int table : scope.tables) {
      const auto& columns = showable.columns[static_cast<std::size_t>(table)];
      scope.columns.insert(scope.columns.end(), columns.begin(), columns.end());
    }
    chosen = fits(schema, scope, limits);
    // The encoder's time would buy little: all of it is shown.
    if (chosen) put_best_first(scope.tables, fit_of(question, linker, nullptr));
  }
  if (!chosen && !showable.tables.empty()) {
    const Fit fit = fit_of(question, linker, parser);
    const ScopeChooser chooser(schema, showable, fit);
    int columns = std::min(limits.max_columns, showable.column_count);
    scope = chooser.choose(limits.max_tables, columns);
    while (columns > 1 && !fits(schema, scope, limits)) {
      columns = columns * 4 / 5;
      scope = chooser.choose(limits.max_tables, columns);
    }
    put_best_first(scope.tables, fit);
  }
  scope.values = CellMatcher(question, linker, scope.columns).match();
  return scope;
}

}  // namespace idi::prompt
