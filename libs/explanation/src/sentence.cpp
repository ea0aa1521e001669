#include "sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "idi/explanation/nouns.hpp"
#include "idi/explanation/phrases.hpp"
#include "order_wording.hpp"
#include "wording.hpp"

namespace idi::explanation {
namespace {

enum class Mood { sentence, noun };

const ir::AggregateCall* aggregate_in(const ir::ExpressionPtr& e) {
  return std::get_if<ir::AggregateCall>(&e->node);
}
bool is_star(const ir::ExpressionPtr& e) { return std::holds_alternative<ir::StarOf>(e->node); }
bool is_column(const ir::ExpressionPtr& e) { return std::holds_alternative<ColumnRef>(e->node); }

std::vector<ir::ConditionPtr> leaves_of(const ir::ConditionPtr& condition) {
  if (!condition) return {};
  if (const auto* all = std::get_if<ir::And>(&condition->node)) return all->parts;
  return {condition};
}

/// Writes one core, its set operators left out.
class Core {
 public:
  Core(const ir::Query& query, const Schema& schema, const Joins& joins, Mood mood, int depth)
      : query_(query),
        schema_(schema),
        joins_(joins),
        mood_(mood),
        scope_(scope_of(query, depth)),
        wording_(schema, joins, scope_) {}

  std::vector<DraftPart> take() && {
    items();
    from();
    where();
    groups();
    having();
    auto order = order_and_limit(query_, wording_, schema_, first_item_);
    std::move(order.begin(), order.end(), std::back_inserter(parts_));
    return std::move(parts_);
  }

 private:
  DraftPart& add(PartKind kind, std::string text) {
    parts_.push_back({kind, std::move(text), {}});
    return parts_.back();
  }

  // ---- what is shown

  /// Leading items that "for each …" says already.
  std::size_t keys_shown_by_group() const {
    const std::size_t keys = query_.group_by.size();
    if (keys == 0 || query_.distinct || query_.select.size() <= keys) return 0;
    for (std::size_t i = 0; i < keys; ++i) {
      const bool same =
          wording_.expression(query_.select[i]) == wording_.expression(query_.group_by[i]);
      if (!same || is_star(query_.select[i]) || !wording_.is_named_key(query_.group_by[i])) {
        return 0;
      }
    }
    return keys;
  }

  /// Nothing but the keys: "Shows each city of customers".
  bool shows_only_keys() const {
    const auto& keys = query_.group_by;
    if (keys.empty() || query_.distinct || query_.select.size() != keys.size()) return false;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const auto& item = query_.select[i];
      if (is_star(item) || wording_.expression(item) != wording_.expression(keys[i]) ||
          !wording_.is_named_key(keys[i])) {
        return false;
      }
    }
    return true;
  }

  void items() {
    is_each_ = shows_only_keys();
    first_item_ = keys_shown_by_group();
    const std::size_t count = query_.select.size() - first_item_;
    if (count == 1 && !query_.distinct && counted(query_.select[first_item_])) return;
    for (std::size_t i = first_item_; i < query_.select.size(); ++i) item(i);
    table();
  }

  /// "Counts customers", "Counts the different cities of customers".
  bool counted(const ir::ExpressionPtr& e) {
    const auto* call = aggregate_in(e);
    if (!call || call->aggregate != ir::Aggregate::count || call->over != ir::Over::itself ||
        mood_ == Mood::noun) {
      return false;
    }
    if (counts_rows(e) || (is_star(call->argument) && !call->distinct)) {
      add(PartKind::measure, "Counts").origins.add(Cue::count);
      const auto& star = std::get<ir::StarOf>(call->argument->node);
      auto& rows = add(PartKind::table, " " + wording_.rows(star)).origins;
      rows.add_table(star.table >= 0 ? star.table : scope_.only_table);
      if (call->when) {
        add(PartKind::condition,
            fmt::format(" (only those where {})", wording_.condition(call->when, false)))
            .origins.add(call->when);
        is_anchored_ = false;
      }
      return true;
    }
    add(PartKind::measure, "Counts the " + wording_.counted(*call)).origins.add(e);
    if (call->when) {
      parts_.back().text += fmt::format(" (only where {})", wording_.condition(call->when, false));
    }
    table();
    return true;
  }

  void item(std::size_t i) {
    const auto& e = query_.select[i];
    const bool first = i == first_item_, last = i + 1 == query_.select.size();
    const bool alone = first && last;
    std::string text = first ? (mood_ == Mood::sentence ? "Shows " : "") : last ? " and " : ", ";
    if (is_each_) {
      if (first) text += alone ? "each " : "each combination of ";
      text += wording_.key(e);
    } else if (query_.distinct) {
      if (first) text += alone ? "the different " : "the different combinations of ";
      const auto* ref = std::get_if<ColumnRef>(&e->node);
      text += alone && ref ? different(*ref)
              : alone      ? "values of " + wording_.bare(e)
                           : wording_.bare(e);
    } else {
      const bool continues =
          !first && !scope_.name_tables && is_column(e) && is_column(query_.select[i - 1]);
      text += continues ? wording_.bare(e) : wording_.expression(e);
    }
    const bool measures = aggregate_in(e) || std::holds_alternative<ir::Binary>(e->node);
    auto& origins = add(measures ? PartKind::measure : PartKind::item, std::move(text)).origins;
    origins.add(e);
    if (query_.distinct) origins.add(Cue::distinct);
    if (is_each_) origins.add(Cue::group);
  }

  std::string different(ColumnRef ref) const {
    const std::string many = plural_of(wording_.names().column(ref));
    return scope_.name_tables ? fmt::format("{} of {}", many, wording_.names().many(ref.table))
                              : many;
  }

  /// " of customers", where the only table was not named yet.
  void table() {
    if (scope_.only_table < 0) return;
    const auto& last = query_.select.back();
    const std::string many = wording_.names().many(scope_.only_table);
    const auto* call = aggregate_in(last);
    const bool is_said =
        call && (call->over != ir::Over::itself ||
                 (call->aggregate == ir::Aggregate::count && is_star(call->argument)));
    if (is_said) {
      is_anchored_ = counts_rows(last);
      parts_.back().origins.add_table(scope_.only_table);
      return;
    }
    if (!is_column(last) && parts_.back().text.ends_with(" " + many)) return;
    const bool all = mood_ == Mood::noun && call && !query_.where && query_.group_by.empty();
    add(PartKind::table, fmt::format(" of {}{}", all ? "all " : "", many))
        .origins.add_table(scope_.only_table);
  }

  void from() {
    const auto tables = tables_of_core(query_);
    if (tables.size() < 2) return;
    const auto steps = joins_.between(tables, query_.join_hints, parts_.back().text);
    if (!steps) {
      std::vector<std::string> names;
      for (const int t : tables) names.push_back(wording_.names().many(t));
      add(PartKind::join, ", with no known way to connect " + listed(names));
      return;
    }
    for (const JoinText& step : *steps) {
      auto& origins = add(PartKind::join, step.text).origins;
      for (const int t : step.tables) origins.add_table(t);
      for (const ColumnRef ref : step.columns) origins.add(ref);
    }
    is_joined_ = true;
  }

  // ---- which rows

  bool relative_fits(const std::vector<ir::ConditionPtr>& leaves) const {
    return scope_.only_table >= 0 && is_anchored_ &&
           std::all_of(leaves.begin(), leaves.end(), [&](const ir::ConditionPtr& leaf) {
             const auto* p = std::get_if<ir::Predicate>(&leaf->node);
             return p && !wording_.relative(*p, true).empty();
           });
  }

  void where() {
    const auto leaves = leaves_of(query_.where);
    if (leaves.empty()) return;
    const bool relative = relative_fits(leaves);
    bool whose = false;  // the clause before began with it
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      const bool first = i == 0;
      std::string text;
      if (i + 1 < leaves.size()) text = wording_.range(leaves[i], leaves[i + 1], relative);
      const bool both = !text.empty();
      if (!both) {
        text = relative ? wording_.relative(std::get<ir::Predicate>(leaves[i]->node),
                                            i + 1 == leaves.size())
                        : wording_.condition(leaves[i], leaves.size() > 1);
      }
      const bool again = whose && text.starts_with("whose ");
      whose = text.starts_with("whose ");
      if (again) text.erase(0, 6);
      const std::string_view joint = relative     ? (first ? " " : " and ")
                                     : !first     ? " and "
                                     : is_joined_ ? ", where "
                                                  : " where ";
      auto& origins = add(PartKind::condition, std::string(joint) + text).origins;
      origins.add(leaves[i]);
      if (both) origins.add(leaves[++i]);
    }
  }

  // ---- groups

  bool is_shown(const ir::ExpressionPtr& key) const {
    return std::any_of(query_.select.begin(), query_.select.end(), [&](const auto& item) {
      return is_star(item) || wording_.expression(item) == wording_.expression(key);
    });
  }

  void groups() {
    if (is_each_) return;
    for (std::size_t i = 0; i < query_.group_by.size(); ++i) {
      const auto& key = query_.group_by[i];
      std::string text = (i == 0 ? ", for each " : " and ") + wording_.key(key);
      if (wording_.is_named_key(key) && !is_shown(key)) text += " (not shown)";
      auto& origins = add(PartKind::group, std::move(text)).origins;
      origins.add(key);
      origins.add(Cue::group);
      if (!wording_.is_named_key(key)) origins.add_table(std::get<ColumnRef>(key->node).table);
    }
  }

  void having() {
    bool first = true;
    const auto leaves = leaves_of(query_.having);
    for (const auto& leaf : leaves) {
      add(PartKind::condition,
          (first ? ", only those where " : " and ") + wording_.condition(leaf, leaves.size() > 1))
          .origins.add(leaf);
      first = false;
    }
  }

  const ir::Query& query_;
  const Schema& schema_;
  const Joins& joins_;
  Mood mood_;
  Scope scope_;
  Wording wording_;
  std::vector<DraftPart> parts_;
  std::size_t first_item_ = 0;
  bool is_anchored_ = true;  ///< The words end with the table's: "whose …" can follow.
  bool is_joined_ = false;
  bool is_each_ = false;  ///< The items are the groups' keys and nothing else.
};

std::string text_of(const std::vector<DraftPart>& parts) {
  std::string text;
  for (const DraftPart& part : parts) text += part.text;
  return text;
}

std::string core_noun(const ir::Query& query, const Schema& schema, const Joins& joins, int depth) {
  if (depth > max_query_depth) return "what a further query gives (see the SQL)";
  return text_of(Core(query, schema, joins, Mood::noun, depth).take());
}

/// As the sentence would be without end: "… (see the SQL for the rest)."
void shorten(std::vector<DraftPart>& parts) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    bytes += parts[i].text.size();
    if (bytes <= max_sentence_bytes) continue;
    parts.resize(i);
    parts.push_back({PartKind::glue, " … (the SQL says the rest).", {}});
    return;
  }
}

}  // namespace

std::vector<DraftPart> sentence_of(const ir::Query& query, const Schema& schema,
                                   const Joins& joins) {
  std::vector<DraftPart> parts = Core(query, schema, joins, Mood::sentence, 0).take();
  parts.push_back({PartKind::glue, ".", {}});
  const ir::Query* left = &query;
  while (left->set_operator && left->set_right) {
    const ir::Query& right = *left->set_right;
    DraftPart part{PartKind::set, {}, {}};
    const std::string noun = core_noun(right, schema, joins, 1);
    switch (*left->set_operator) {
      case ir::SetOperator::unite:
        part.text = fmt::format(" Adds {}.", noun);
        part.origins.add(Cue::either);
        break;
      case ir::SetOperator::intersect:
        part.text = fmt::format(" Keeps only what is also among {}.", noun);
        part.origins.add(Cue::both);
        break;
      case ir::SetOperator::except:
        part.text = fmt::format(" Leaves out {}.", noun);
        part.origins.add(Cue::negation);
        break;
    }
    ir::Query alone = right;
    alone.set_operator.reset();
    alone.set_right = nullptr;
    part.origins.add(alone);
    parts.push_back(std::move(part));
    left = &right;
  }
  shorten(parts);
  return parts;
}

std::string noun_phrase(const ir::Query& query, const Schema& schema, const Joins& joins,
                        int depth) {
  std::string text = core_noun(query, schema, joins, depth);
  const ir::Query* left = &query;
  while (left->set_operator && left->set_right) {
    const std::string_view joint = *left->set_operator == ir::SetOperator::unite ? "; adding "
                                   : *left->set_operator == ir::SetOperator::intersect
                                       ? "; only what is also among "
                                       : "; leaving out ";
    left = left->set_right.get();
    text += std::string(joint) + core_noun(*left, schema, joins, depth);
  }
  return text;
}

std::string operand_phrase(const ir::Query& query, const Schema& schema, const Joins& joins,
                           int depth) {
  const std::string text = noun_phrase(query, schema, joins, depth);
  const bool plain = !query.where && query.group_by.empty() && !query.having && !query.limit &&
                     query.order_by.empty() && !query.set_operator &&
                     tables_of_core(query).size() < 2;
  return plain ? text : "(" + text + ")";
}

}  // namespace idi::explanation
