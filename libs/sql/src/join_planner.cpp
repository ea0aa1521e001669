#include "idi/sql/join_planner.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <queue>
#include <tuple>
#include <utility>

#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"

namespace idi::sql {
namespace {

// A declared key beats an inferred one; a path of two declared keys is dearer than one inferred key
// and than the direct equality of two columns that refer to the same parent. Hinted joins cost
// nothing.
constexpr int declared_cost = 100'000;
constexpr int inferred_cost = 160'000;
constexpr int sibling_cost = 190'000;
// Among equal trees: a table that refers to several others (a junction) is the better way through,
// then the earlier key.
constexpr int junction_bonus = 5'000;
constexpr int max_bonus = 20'000;
constexpr int max_tie_break = 2'000;
// A parent with more children than this links too much to say anything about its children.
constexpr std::size_t max_siblings = 24;

constexpr std::int64_t unreachable = std::numeric_limits<std::int64_t>::max() / 4;

using Distances = std::vector<std::int64_t>;

}  // namespace

std::vector<int> JoinPlan::tables() const {
  std::vector<int> all{first_table};
  for (const JoinStep& step : steps) all.push_back(step.table);
  return all;
}

JoinPlanner::JoinPlanner(const Schema& schema) : schema_(schema), graph_(schema.tables.size()) {
  std::vector<ForeignKey> keys = schema.foreign_keys;
  std::vector<int> parents(schema.tables.size());
  for (const ForeignKey& key : keys) ++parents[static_cast<std::size_t>(key.from.table)];
  // Of several keys between two tables the first in this order is the default: "course_id" for
  // course.course_id rather than "prerequisite_id", then the one that stands first in its table.
  std::stable_sort(keys.begin(), keys.end(), [&](const ForeignKey& a, const ForeignKey& b) {
    const auto rank = [&](const ForeignKey& key) {
      const bool same_name = text::equals_ignoring_ascii_case(schema.column(key.from).name,
                                                              schema.column(key.to).name);
      return std::tuple(!key.declared, !same_name, key.from, key.to);
    };
    return rank(a) < rank(b);
  });
  for (const ForeignKey& key : keys) {
    const int bonus =
        std::min(max_bonus, junction_bonus * parents[static_cast<std::size_t>(key.from.table)]);
    add_link(key.from, key.to, (key.declared ? declared_cost : inferred_cost) - bonus);
  }
  std::map<ColumnRef, std::vector<ColumnRef>> children;
  for (const ForeignKey& key : keys) children[key.to].push_back(key.from);
  for (const auto& [parent, columns] : children) {
    if (columns.size() > max_siblings) continue;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      for (std::size_t j = i + 1; j < columns.size(); ++j) {
        add_link(columns[i], columns[j], sibling_cost);
      }
    }
  }
}

void JoinPlanner::add_link(ColumnRef from, ColumnRef to, int cost) {
  if (from.table == to.table) return;
  const auto linked = [&](const Edge& edge) { return edge.to == to.table; };
  auto& edges = graph_[static_cast<std::size_t>(from.table)];
  if (std::any_of(edges.begin(), edges.end(), linked)) return;
  const int key = static_cast<int>(keys_.size());
  keys_.push_back({from, to});
  cost += std::min(key, max_tie_break);
  edges.push_back({to.table, cost, key});
  graph_[static_cast<std::size_t>(to.table)].push_back({from.table, cost, key});
}

namespace {

/// Cheapest trees by dynamic programming over terminal subsets (Dreyfus and Wagner, 1971).
template <typename Graph>
class SteinerTree {
 public:
  SteinerTree(const Graph& graph, const std::vector<int>& terminals)
      : graph_(graph), terminals_(terminals) {}

  std::optional<std::vector<std::pair<int, int>>> solve() {
    const std::size_t others = terminals_.size() - 1;  // the last terminal is the root
    const std::size_t masks = std::size_t{1} << others;
    const std::size_t nodes = graph_.size();
    cost_.assign(masks, Distances(nodes, unreachable));
    origin_.assign(masks, std::vector<Origin>(nodes));
    for (std::size_t i = 0; i < others; ++i) {
      cost_[std::size_t{1} << i][static_cast<std::size_t>(terminals_[i])] = 0;
    }
    for (std::size_t mask = 1; mask < masks; ++mask) {
      for (std::size_t part = (mask - 1) & mask; part > mask / 2; part = (part - 1) & mask) {
        merge(mask, part);
      }
      spread(mask);
    }
    const auto root = static_cast<std::size_t>(terminals_.back());
    if (cost_[masks - 1][root] >= unreachable) return std::nullopt;
    collect(masks - 1, root);
    return std::move(edges_);
  }

 private:
  struct Origin {
    int previous = -1;     // the tree came along this edge, or
    std::size_t part = 0;  // it is the union of the trees of `part` and of the rest
  };

  void merge(std::size_t mask, std::size_t part) {
    for (std::size_t node = 0; node < graph_.size(); ++node) {
      const std::int64_t together = cost_[part][node] + cost_[mask ^ part][node];
      if (together < cost_[mask][node]) {
        cost_[mask][node] = together;
        origin_[mask][node] = {-1, part};
      }
    }
  }

  void spread(std::size_t mask) {
    using Entry = std::pair<std::int64_t, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    Distances& cost = cost_[mask];
    for (std::size_t node = 0; node < cost.size(); ++node) {
      if (cost[node] < unreachable) queue.push({cost[node], static_cast<int>(node)});
    }
    while (!queue.empty()) {
      const auto [distance, node] = queue.top();
      queue.pop();
      if (distance > cost[static_cast<std::size_t>(node)]) continue;
      for (const auto& edge : graph_[static_cast<std::size_t>(node)]) {
        const std::int64_t next = distance + edge.cost;
        if (next < cost[static_cast<std::size_t>(edge.to)]) {
          cost[static_cast<std::size_t>(edge.to)] = next;
          origin_[mask][static_cast<std::size_t>(edge.to)] = {node, 0};
          queue.push({next, edge.to});
        }
      }
    }
  }

  void collect(std::size_t mask, std::size_t node) {
    const Origin& origin = origin_[mask][node];
    if (origin.previous >= 0) {
      edges_.emplace_back(origin.previous, static_cast<int>(node));
      collect(mask, static_cast<std::size_t>(origin.previous));
    } else if (origin.part != 0) {
      collect(origin.part, node);
      collect(mask ^ origin.part, node);
    }
  }

  const Graph& graph_;
  const std::vector<int>& terminals_;
  std::vector<Distances> cost_;
  std::vector<std::vector<Origin>> origin_;
  std::vector<std::pair<int, int>> edges_;
};

/// Grows one tree: again and again the nearest terminal is joined along a shortest path. At most
/// twice as dear as the best tree.
template <typename Graph>
std::optional<std::vector<std::pair<int, int>>> grow_tree(const Graph& graph,
                                                          const std::vector<int>& terminals) {
  std::vector<std::pair<int, int>> edges;
  std::vector<bool> inside(graph.size());
  inside[static_cast<std::size_t>(terminals.front())] = true;
  for (;;) {
    Distances cost(graph.size(), unreachable);
    std::vector<int> previous(graph.size(), -1);
    using Entry = std::pair<std::int64_t, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    for (std::size_t node = 0; node < graph.size(); ++node) {
      if (!inside[node]) continue;
      cost[node] = 0;
      queue.push({0, static_cast<int>(node)});
    }
    while (!queue.empty()) {
      const auto [distance, node] = queue.top();
      queue.pop();
      if (distance > cost[static_cast<std::size_t>(node)]) continue;
      for (const auto& edge : graph[static_cast<std::size_t>(node)]) {
        if (distance + edge.cost >= cost[static_cast<std::size_t>(edge.to)]) continue;
        cost[static_cast<std::size_t>(edge.to)] = distance + edge.cost;
        previous[static_cast<std::size_t>(edge.to)] = node;
        queue.push({distance + edge.cost, edge.to});
      }
    }
    int nearest = -1;
    for (const int terminal : terminals) {
      const auto at = static_cast<std::size_t>(terminal);
      if (inside[at]) continue;
      if (cost[at] >= unreachable) return std::nullopt;
      if (nearest < 0 || cost[at] < cost[static_cast<std::size_t>(nearest)]) nearest = terminal;
    }
    if (nearest < 0) return edges;
    for (int node = nearest; !inside[static_cast<std::size_t>(node)];) {
      inside[static_cast<std::size_t>(node)] = true;
      const int before = previous[static_cast<std::size_t>(node)];
      edges.emplace_back(before, node);
      node = before;
    }
  }
}

}  // namespace

std::optional<std::vector<std::pair<int, int>>> JoinPlanner::connect(
    const std::vector<int>& terminals, const Graph& graph) const {
  if (terminals.size() == 1) return std::vector<std::pair<int, int>>{};
  if (static_cast<int>(terminals.size()) <= max_exact_terminals) {
    return SteinerTree<Graph>(graph, terminals).solve();
  }
  return grow_tree(graph, terminals);
}

Result<JoinPlan> JoinPlanner::plan(const std::vector<int>& tables,
                                   const std::vector<ir::JoinHint>& hints) const {
  IDI_ASSERT(!tables.empty());
  if (schema_.tables.size() > max_tables) {
    return make_error(ErrorCode::limit_exceeded,
                      "the schema has more than " + std::to_string(max_tables) + " tables");
  }
  std::vector<int> terminals = tables;
  for (const ir::JoinHint& hint : hints) {
    terminals.push_back(hint.left.table);
    terminals.push_back(hint.right.table);
  }
  std::sort(terminals.begin(), terminals.end());
  terminals.erase(std::unique(terminals.begin(), terminals.end()), terminals.end());

  Graph hinted;
  if (!hints.empty()) {
    hinted = graph_;
    for (const ir::JoinHint& hint : hints) {
      if (hint.left.table == hint.right.table) continue;
      hinted[static_cast<std::size_t>(hint.left.table)].push_back({hint.right.table, 0, -1});
      hinted[static_cast<std::size_t>(hint.right.table)].push_back({hint.left.table, 0, -1});
    }
  }
  const auto tree = connect(terminals, hints.empty() ? graph_ : hinted);
  if (!tree) {
    std::string names;
    for (const int table : terminals) {
      if (!names.empty()) names += ", ";
      names += schema_.tables[static_cast<std::size_t>(table)].name;
    }
    return make_error(ErrorCode::unanswerable, "no keys connect the tables " + names,
                      "Declare foreign keys between them, or ask about one at a time.");
  }
  return arrange(tables.front(), *tree, hints);
}

JoinPlan JoinPlanner::arrange(int first, const std::vector<std::pair<int, int>>& tree,
                              const std::vector<ir::JoinHint>& hints) const {
  JoinPlan plan;
  plan.first_table = first;
  std::vector<int> order{first};
  const auto placed = [&order](int table) {
    return std::find(order.begin(), order.end(), table) != order.end();
  };
  for (std::size_t next = 0; next < order.size(); ++next) {
    std::vector<int> neighbours;
    for (const auto& [a, b] : tree) {
      if (a == order[next] && !placed(b)) neighbours.push_back(b);
      if (b == order[next] && !placed(a)) neighbours.push_back(a);
    }
    std::sort(neighbours.begin(), neighbours.end());
    for (const int table : neighbours) {
      if (placed(table)) continue;
      JoinStep step;
      step.table = table;
      for (const ir::JoinHint& hint : hints) {
        if (hint.right.table == table && placed(hint.left.table)) {
          step.conditions.push_back(hint);
        } else if (hint.left.table == table && placed(hint.right.table)) {
          step.conditions.push_back({hint.right, hint.left});
        }
      }
      const auto links_to_parent = [&](const ir::JoinHint& condition) {
        return condition.left.table == order[next];
      };
      if (std::none_of(step.conditions.begin(), step.conditions.end(), links_to_parent)) {
        step.conditions.push_back(key_between(order[next], table));
      }
      plan.steps.push_back(std::move(step));
      order.push_back(table);
    }
  }
  return plan;
}

ir::JoinHint JoinPlanner::key_between(int before, int joined) const {
  for (const Edge& edge : graph_[static_cast<std::size_t>(before)]) {
    if (edge.to != joined) continue;
    const Link& link = keys_[static_cast<std::size_t>(edge.key)];
    return link.from.table == before ? ir::JoinHint{link.from, link.to}
                                     : ir::JoinHint{link.to, link.from};
  }
  IDI_ASSERT(false);  // the tree has only edges of the graph and of the hints
}

}  // namespace idi::sql
