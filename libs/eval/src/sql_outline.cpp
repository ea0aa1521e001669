#include "sql_outline.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "expression_outline.hpp"
#include "idi/core/text.hpp"

namespace idi::eval {
namespace {

using Tokens = std::span<const OutlineToken>;

/// Calls `visit(index)` for every token outside parentheses.
template <typename Visit>
void for_each_at_top(Tokens tokens, Visit visit) {
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is(")")) --depth;
    if (depth <= 0) visit(i);
    if (tokens[i].is("(")) ++depth;
  }
}

std::optional<std::size_t> find_at_top(Tokens tokens, std::string_view keyword,
                                       std::size_t from = 0) {
  std::optional<std::size_t> found;
  for_each_at_top(tokens, [&](std::size_t i) {
    if (!found && i >= from && tokens[i].is_keyword(keyword)) found = i;
  });
  return found;
}

/// True if the first token's parenthesis is closed by the last.
bool is_enclosed(Tokens tokens) {
  if (tokens.size() < 2 || !tokens.front().is("(")) return false;
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is("(")) ++depth;
    if (tokens[i].is(")") && --depth == 0) return i + 1 == tokens.size();
  }
  return false;
}

Tokens without_enclosing(Tokens tokens) {
  while (is_enclosed(tokens)) tokens = tokens.subspan(1, tokens.size() - 2);
  return tokens;
}

std::vector<Tokens> split_at_commas(Tokens tokens) {
  std::vector<Tokens> parts;
  std::size_t from = 0;
  for_each_at_top(tokens, [&](std::size_t i) {
    if (!tokens[i].is(",")) return;
    parts.push_back(tokens.subspan(from, i - from));
    from = i + 1;
  });
  parts.push_back(tokens.subspan(from));
  return parts;
}

bool starts_query(Tokens tokens) {
  return !tokens.empty() &&
         (tokens.front().is_keyword("select") || tokens.front().is_keyword("with") ||
          tokens.front().is_keyword("values"));
}

/// The parenthesised queries in `tokens`, not those inside them.
std::vector<Tokens> subqueries_in(Tokens tokens) {
  std::vector<Tokens> found;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens[i].is("(")) continue;
    int depth = 1;
    std::size_t end = i + 1;
    while (end < tokens.size() && depth > 0) {
      if (tokens[end].is("(")) ++depth;
      if (tokens[end].is(")")) --depth;
      ++end;
    }
    const Tokens inside = tokens.subspan(i + 1, depth == 0 ? end - i - 2 : end - i - 1);
    if (!starts_query(inside)) continue;
    found.push_back(inside);
    i = end - 1;
  }
  return found;
}

class SelectReader {
 public:
  explicit SelectReader(const Schema* schema) : schema_(schema) {}

  SelectOutline read_query(Tokens tokens, int depth) {
    SelectOutline result;
    if (depth > max_outline_depth) return result;
    tokens = without_enclosing(tokens);
    read_with(tokens, depth, result);
    std::optional<std::size_t> set_at;
    for_each_at_top(tokens, [&](std::size_t i) {
      const bool is_set = tokens[i].is_keyword("union") || tokens[i].is_keyword("intersect") ||
                          tokens[i].is_keyword("except");
      if (!set_at && is_set) set_at = i;
    });
    if (!set_at) {
      read_select(without_enclosing(tokens), depth, result);
      return result;
    }
    read_select(without_enclosing(tokens.first(*set_at)), depth, result);
    Tokens right = tokens.subspan(*set_at + 1);
    result.set_operator = tokens[*set_at].lower;
    if (!right.empty() && right.front().is_keyword("all")) {
      result.set_operator += " all";
      right = right.subspan(1);
    }
    result.set_right.push_back(read_query(right, depth + 1));
    return result;
  }

 private:
  /// WITH a AS (…) SELECT …: the common tables count as subqueries of FROM.
  void read_with(Tokens& tokens, int depth, SelectOutline& result) {
    if (tokens.empty() || !tokens.front().is_keyword("with")) return;
    const std::size_t select_at = find_at_top(tokens, "select").value_or(tokens.size());
    for (const Tokens query : subqueries_in(tokens.first(select_at))) {
      result.from_subqueries.push_back(read_query(query, depth + 1));
    }
    tokens = tokens.subspan(select_at);
  }

  void read_select(Tokens tokens, int depth, SelectOutline& result) {
    constexpr std::array<std::string_view, 7> keywords = {"select", "from",  "where", "group",
                                                          "having", "order", "limit"};
    std::array<Tokens, keywords.size()> clauses;
    std::size_t clause_from = 0;
    std::optional<std::size_t> clause;
    std::size_t next = 0;
    for_each_at_top(tokens, [&](std::size_t i) {
      for (std::size_t k = next; k < keywords.size(); ++k) {
        if (!tokens[i].is_keyword(keywords[k])) continue;
        if (clause) clauses[*clause] = tokens.subspan(clause_from, i - clause_from);
        clause = k;
        clause_from = i + 1;
        next = k + 1;
        return;
      }
    });
    if (!clause) return;
    clauses[*clause] = tokens.subspan(clause_from);

    Scope own{{}, scope_};
    scope_ = &own;
    read_from(clauses[1], depth, result);
    read_items(clauses[0], depth, result);
    result.where = read_conditions(clauses[2], depth);
    if (!clauses[3].empty()) {
      for (const Tokens part : split_at_commas(without_by(clauses[3]))) {
        result.group_by.push_back(read_expression(part));
      }
    }
    result.having = read_conditions(clauses[4], depth);
    read_order(clauses[5], result);
    for (const auto& token : clauses[6]) result.limit += token.lower;
    scope_ = own.outer;
  }

  static Tokens without_by(Tokens tokens) {
    return !tokens.empty() && tokens.front().is_keyword("by") ? tokens.subspan(1) : tokens;
  }

  void read_items(Tokens tokens, int depth, SelectOutline& result) {
    if (!tokens.empty() && tokens.front().is_keyword("distinct")) {
      result.distinct = true;
      tokens = tokens.subspan(1);
    }
    if (tokens.empty()) return;
    for (const Tokens part : split_at_commas(tokens)) {
      const Tokens inner = without_enclosing(part);
      result.items.push_back(read_expression(part));
      result.item_is_aggregate.push_back(inner.size() > 1 && inner[0].is_aggregate() &&
                                         inner[1].is("("));
      for (const Tokens query : subqueries_in(part)) {
        result.item_subqueries.push_back(read_query(query, depth + 1));
      }
    }
  }

  void read_order(Tokens tokens, SelectOutline& result) {
    if (tokens.empty()) return;
    for (Tokens part : split_at_commas(without_by(tokens))) {
      bool descending = false;
      while (!part.empty() && part.back().is_order_word()) {
        descending = descending || part.back().is_keyword("desc");
        part = part.first(part.size() - 1);
      }
      result.order_by.push_back(read_expression(part));
      result.descending.push_back(descending);
    }
  }

  void read_from(Tokens tokens, int depth, SelectOutline& result) {
    if (tokens.empty()) return;
    std::vector<Tokens> parts;
    std::size_t from = 0;
    for_each_at_top(tokens, [&](std::size_t i) {
      if (!tokens[i].is(",") && !tokens[i].is_keyword("join")) return;
      parts.push_back(tokens.subspan(from, i - from));
      from = i + 1;
    });
    parts.push_back(tokens.subspan(from));
    std::vector<Tokens> conditions;
    for (Tokens part : parts) {
      while (!part.empty() && part.back().is_join_word()) part = part.first(part.size() - 1);
      const std::size_t on = find_at_top(part, "on").value_or(part.size());
      if (on < part.size()) conditions.push_back(part.subspan(on + 1));
      const std::size_t use = find_at_top(part, "using").value_or(part.size());
      read_table(part.first(std::min(on, use)), depth, result);
    }
    for (const Tokens condition : conditions) {
      append(read_conditions(condition, depth), result.join_conditions);
    }
  }

  void read_table(Tokens tokens, int depth, SelectOutline& result) {
    if (tokens.empty()) return;
    if (tokens.front().is("(")) {
      for (const Tokens query : subqueries_in(tokens)) {
        result.from_subqueries.push_back(read_query(query, depth + 1));
      }
      result.tables.emplace_back("(select)");
      if (!tokens.back().is(")")) scope_->tables[tokens.back().table_name()] = "";
      return;
    }
    std::size_t name_at = 0;
    while (name_at + 2 < tokens.size() && tokens[name_at + 1].is(".")) name_at += 2;
    const std::string name = tokens[name_at].table_name();
    result.tables.push_back(name);
    scope_->tables[name] = name;
    if (name_at + 1 < tokens.size()) scope_->tables[tokens.back().table_name()] = name;
  }

  static void append(ConditionsOutline&& more, ConditionsOutline& to) {
    if (!to.predicates.empty() && !more.predicates.empty()) to.connectors.emplace_back("and");
    std::move(more.predicates.begin(), more.predicates.end(), std::back_inserter(to.predicates));
    std::move(more.connectors.begin(), more.connectors.end(), std::back_inserter(to.connectors));
  }

  ConditionsOutline read_conditions(Tokens tokens, int depth) {
    ConditionsOutline result;
    if (tokens.empty() || depth > max_outline_depth) return result;
    std::vector<std::pair<Tokens, std::string>> parts;  // with the connector after it
    std::size_t from = 0;
    bool between = false;
    for_each_at_top(tokens, [&](std::size_t i) {
      if (tokens[i].is_keyword("between")) between = true;
      const bool is_and = tokens[i].is_keyword("and");
      if (is_and && between) {
        between = false;
      } else if (is_and || tokens[i].is_keyword("or")) {
        parts.emplace_back(tokens.subspan(from, i - from), tokens[i].lower);
        from = i + 1;
      }
    });
    parts.emplace_back(tokens.subspan(from), "");
    for (const auto& [part, connector] : parts) {
      Tokens inner = part;
      const bool negated = !inner.empty() && inner.front().is_keyword("not");
      if (negated) inner = inner.subspan(1);
      if (is_enclosed(inner) && !starts_query(without_enclosing(inner))) {
        ConditionsOutline nested = read_conditions(without_enclosing(inner), depth + 1);
        for (auto& predicate : nested.predicates) predicate.negated ^= negated;
        std::move(nested.predicates.begin(), nested.predicates.end(),
                  std::back_inserter(result.predicates));
        std::move(nested.connectors.begin(), nested.connectors.end(),
                  std::back_inserter(result.connectors));
      } else {
        result.predicates.push_back(read_predicate(part, depth));
      }
      if (!connector.empty()) result.connectors.push_back(connector);
    }
    return result;
  }

  PredicateOutline read_predicate(Tokens tokens, int depth) {
    PredicateOutline result;
    std::size_t left_end = tokens.size();
    std::size_t right_from = tokens.size();
    for_each_at_top(tokens, [&](std::size_t i) {
      if (tokens[i].is_keyword("not")) {
        result.negated = true;
        left_end = std::min(left_end, i);
      } else if (result.op.empty() && tokens[i].is_comparison()) {
        result.op = tokens[i].comparison();
        left_end = std::min(left_end, i);
        right_from = i + 1;
      }
    });
    result.left = read_expression(tokens.first(left_end));
    result.right = read_expression(tokens.subspan(right_from));
    for (const Tokens query : subqueries_in(tokens)) {
      result.subqueries.push_back(read_query(query, depth + 1));
    }
    return result;
  }

  ExpressionOutline read_expression(Tokens tokens) {
    return outline_expression(tokens, *scope_, schema_);
  }

  const Schema* schema_;
  Scope outermost_;
  Scope* scope_ = &outermost_;  // of the SELECT that is being read
};

}  // namespace

SelectOutline outline_sql(std::string_view sql, const Schema* schema) {
  const auto tokens = outline_tokens(sql.substr(0, max_outline_bytes));
  return SelectReader(schema).read_query(tokens, 0);
}

}  // namespace idi::eval
