#include "ranking.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <numeric>
#include <set>

namespace idi::link {
namespace {

constexpr double exact_weight = 4.0;
constexpr double longer_exact_weight = 0.5;  // for each further word of an exact n-gram
constexpr double partial_weight = 1.8;
constexpr double synonym_weight = 1.4;
constexpr double related_weight = 0.5;
constexpr double exact_cell_weight = 3.0;
constexpr double partial_cell_weight = 0.4;
/// A table's share of its best column and of its other columns; a column's share of its table.
constexpr double best_column_share = 0.6;
constexpr double column_sum_share = 0.1;
constexpr double table_share = 0.3;
constexpr double key_bonus = 0.3;
constexpr double label_bonus = 0.8;
constexpr double key_share = 0.3;
/// Where not all columns fit, fewer tables are kept, each with some of its columns.
constexpr std::size_t columns_per_table = 4;

double name_score(const ItemMatches& matches, int word_count) {
  int exact = 0;
  int partial = 0;
  int synonym = 0;
  int related = 0;
  for (const NameMatch match : matches.tokens) {
    exact += match == NameMatch::exact ? 1 : 0;
    partial += match == NameMatch::partial ? 1 : 0;
    synonym += match == NameMatch::synonym ? 1 : 0;
    related += match == NameMatch::related ? 1 : 0;
  }
  const auto share = [word_count](int matched) {
    return std::min(1.0, static_cast<double>(matched) / word_count);
  };
  double score = exact > 0 ? exact_weight + longer_exact_weight * std::min(exact - 1, 3) : 0.0;
  score += partial_weight * share(partial) + synonym_weight * share(synonym) +
           related_weight * share(related);
  return score;
}

double cell_score(const CellMatches& matches) {
  const auto count = [&](CellMatch kind) {
    return static_cast<double>(std::count(matches.tokens.begin(), matches.tokens.end(), kind));
  };
  const double exact = count(CellMatch::exact);
  return (exact > 0 ? exact_cell_weight + 0.3 * std::min(exact - 1, 3.0) : 0.0) +
         partial_cell_weight * std::min(count(CellMatch::partial), 3.0);
}

/// Tables on shortest paths of foreign keys from the chosen ones to `target`, target excluded.
std::vector<int> path_to(const std::vector<std::vector<int>>& neighbours,
                         const std::set<int>& chosen, int target) {
  std::vector<int> came_from(neighbours.size(), -1);
  std::deque<int> queue{target};
  came_from[static_cast<std::size_t>(target)] = target;
  constexpr int max_visited = 4000;
  for (int visited = 0; !queue.empty() && visited < max_visited; ++visited) {
    const int table = queue.front();
    queue.pop_front();
    if (table != target && chosen.contains(table)) {
      std::vector<int> path;
      for (int at = came_from[static_cast<std::size_t>(table)]; at != target;
           at = came_from[static_cast<std::size_t>(at)]) {
        path.push_back(at);
      }
      return path;
    }
    for (const int next : neighbours[static_cast<std::size_t>(table)]) {
      if (came_from[static_cast<std::size_t>(next)] >= 0) continue;
      came_from[static_cast<std::size_t>(next)] = table;
      queue.push_back(next);
    }
  }
  return {};
}

std::set<int> choose_tables(const Schema& schema, const std::vector<double>& scores,
                            std::size_t max_tables) {
  std::vector<std::vector<int>> neighbours(schema.tables.size());
  for (const ForeignKey& key : schema.foreign_keys) {
    if (key.from.table == key.to.table) continue;
    neighbours[static_cast<std::size_t>(key.from.table)].push_back(key.to.table);
    neighbours[static_cast<std::size_t>(key.to.table)].push_back(key.from.table);
  }
  std::vector<int> order(schema.tables.size());
  std::iota(order.begin(), order.end(), 0);
  const auto better = [&scores](int a, int b) {
    const double left = scores[static_cast<std::size_t>(a)];
    const double right = scores[static_cast<std::size_t>(b)];
    return left != right ? left > right : a < b;
  };
  const std::size_t ranked = std::min(order.size(), max_tables);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(ranked), order.end(),
                    better);
  std::set<int> chosen;
  // Only tables that the question speaks of are worth a connecting path.
  constexpr std::size_t max_connected = 4;
  constexpr std::size_t max_path = 3;
  for (std::size_t i = 0; i < ranked && chosen.size() < max_tables; ++i) {
    const int table = order[i];
    if (i > 0 && i < max_connected && scores[static_cast<std::size_t>(table)] > 0) {
      const auto path = path_to(neighbours, chosen, table);
      if (path.size() <= max_path && chosen.size() + path.size() < max_tables) {
        chosen.insert(path.begin(), path.end());
      }
    }
    chosen.insert(table);
  }
  return chosen;
}

}  // namespace

ItemScores score_items(const Schema& schema, const std::vector<int>& first_columns,
                       const NameIndex& names, const std::vector<ItemMatches>& name_matches,
                       const std::vector<CellMatches>& cell_matches) {
  ItemScores scores;
  const auto table_count = schema.tables.size();
  scores.tables.assign(table_count, 0.0);
  scores.columns.assign(names.item_count() - table_count, 0.0);
  for (const ItemMatches& matches : name_matches) {
    const auto item = static_cast<std::size_t>(matches.item);
    const double score = name_score(matches, names.word_count(matches.item));
    (item < table_count ? scores.tables[item] : scores.columns[item - table_count]) += score;
  }
  for (const CellMatches& matches : cell_matches) {
    scores.columns[static_cast<std::size_t>(matches.column)] += cell_score(matches);
  }
  for (std::size_t t = 0; t < table_count; ++t) {
    const double own = scores.tables[t];
    double best = 0;
    double sum = 0;
    for (std::size_t c = 0; c < schema.tables[t].columns.size(); ++c) {
      double& score = scores.columns[static_cast<std::size_t>(first_columns[t]) + c];
      best = std::max(best, score);
      sum += score;
      const auto item =
          static_cast<Item>(table_count + static_cast<std::size_t>(first_columns[t]) + c);
      // "Which singers …?" asks for their names.
      if (own >= partial_weight && names.is_label(item)) score += label_bonus;
      score += table_share * own + (schema.tables[t].columns[c].primary_key ? key_bonus : 0.0);
    }
    scores.tables[t] += best_column_share * best + column_sum_share * std::min(sum - best, 20.0);
  }
  return scores;
}

Selection select_items(const Schema& schema, const std::vector<int>& first_columns,
                       const ItemScores& scores, const LinkBudget& budget) {
  const auto max_tables = static_cast<std::size_t>(std::max(0, budget.max_tables));
  const auto max_columns = static_cast<std::size_t>(std::max(0, budget.max_columns));
  Selection selection;
  const bool all_fit = scores.columns.size() <= max_columns;
  const std::set<int> tables = choose_tables(
      schema, scores.tables,
      all_fit ? max_tables : std::min(max_tables, max_columns / columns_per_table + 1));
  selection.tables.assign(tables.begin(), tables.end());

  struct Ranked {
    ColumnRef column;
    double score;
  };
  std::vector<Ranked> ranked;
  for (const int t : tables) {
    const auto table = static_cast<std::size_t>(t);
    for (std::size_t c = 0; c < schema.tables[table].columns.size(); ++c) {
      ranked.push_back({{t, static_cast<int>(c)},
                        scores.columns[static_cast<std::size_t>(first_columns[table]) + c]});
    }
  }
  if (ranked.size() > max_columns) {
    // A key is worth as much as the weaker of the two tables that it joins.
    std::map<ColumnRef, double> keys;
    for (const ForeignKey& key : schema.foreign_keys) {
      if (!tables.contains(key.from.table) || !tables.contains(key.to.table)) continue;
      const double weaker = std::min(scores.tables[static_cast<std::size_t>(key.from.table)],
                                     scores.tables[static_cast<std::size_t>(key.to.table)]);
      for (const ColumnRef end : {key.from, key.to}) {
        keys[end] = std::max(keys[end], key_share * weaker + key_bonus);
      }
    }
    for (Ranked& each : ranked) {
      if (const auto key = keys.find(each.column); key != keys.end()) each.score += key->second;
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
    ranked.resize(max_columns);
  }
  for (const Ranked& each : ranked) selection.columns.push_back(each.column);
  std::sort(selection.columns.begin(), selection.columns.end());
  return selection;
}

}  // namespace idi::link
