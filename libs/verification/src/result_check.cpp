// What the result itself shows: nothing, empty columns, a cut whose place is chance.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "asked_words.hpp"
#include "check.hpp"
#include "idi/explanation/phrases.hpp"
#include "ir_trees.hpp"
#include "wording.hpp"

namespace idi::verification {
namespace {

/// Rows beyond the limit that are looked at for being equal.
constexpr std::int64_t max_ties = 100;

std::optional<std::int64_t> limit_of(const ir::Query& query) {
  if (!query.limit) return std::nullopt;
  const std::string& text = query.limit->text;
  std::int64_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc{} || end != text.data() + text.size() || limit < 1) return std::nullopt;
  return limit;
}

bool has_group_or_aggregate(const ir::Query& core) {
  return !core.group_by.empty() || !aggregates_of(core).empty();
}

/// The table whose rows the result shows; -1: rows of several, or groups.
int shown_table(const ir::Query& core) {
  if (has_group_or_aggregate(core)) return -1;
  const auto tables = tables_of(*core.select.front());
  return tables.size() == 1 ? tables.front() : -1;
}

void check_chance(const Case& question, std::int64_t limit, Outcome& outcome) {
  ir::Query all = question.query;
  all.limit.reset();
  ir::Query count;
  count.select.push_back(
      aggregate_of(ir::Aggregate::count,
                   make_expression(ir::RowsOf{std::make_shared<const ir::Query>(std::move(all))})));
  const auto rows = question.probe.number(count);
  if (!rows || *rows <= limit) return;
  const int table = shown_table(question.query);
  const std::string what =
      table >= 0 ? count_of(question.schema, table, *rows) : in_words(*rows) + " rows";
  outcome.add(FindingKind::limit_without_order, 0.1,
              fmt::format("{} of {} {} shown; which ones is chance, because nothing says how to "
                          "sort them.",
                          in_words(limit), what, limit == 1 ? "is" : "are"));
}

std::vector<std::string> texts_of(const Row& row, std::size_t begin, std::size_t end) {
  std::vector<std::string> texts;
  for (std::size_t i = begin; i < end && i < row.size(); ++i) {
    texts.push_back(to_display(row[i]));
  }
  return texts;
}

class TiesCheck {
 public:
  TiesCheck(const Case& question, std::int64_t limit, Outcome& outcome)
      : question_(question), limit_(limit), outcome_(outcome) {}

  void run() {
    const ir::Query& query = question_.query;
    for (const auto& item : query.select) {
      if (std::holds_alternative<ir::StarOf>(item->node)) return;
    }
    ir::Query more = query;
    more.limit = whole_number(limit_ + max_ties);
    const std::size_t shown = query.select.size();
    for (const auto& item : query.order_by) {
      const bool is_shown = std::any_of(query.select.begin(), query.select.end(),
                                        [&](const auto& s) { return same(*s, *item.expression); });
      if (query.distinct && !is_shown) return;  // another column would make other rows
      more.select.push_back(item.expression);
    }
    const auto table = question_.probe.rows(more, limit_ + max_ties);
    if (!table || static_cast<std::int64_t>(table->rows.size()) <= limit_) return;
    const auto& rows = table->rows;
    const auto last = static_cast<std::size_t>(limit_) - 1;
    const auto key = texts_of(rows[last], shown, rows[last].size());
    const auto* words = std::get_if<std::string>(&rows[last][shown]);
    const bool has_key =
        !std::holds_alternative<Null>(rows[last][shown]) && (words == nullptr || !words->empty());
    if (!has_key) return;
    std::int64_t equal = 0, cut = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (texts_of(rows[i], shown, rows[i].size()) != key) continue;
      ++equal;
      const bool looks_new = texts_of(rows[i], 0, shown) != texts_of(rows[last], 0, shown);
      if (i > last && looks_new) ++cut;
    }
    if (cut > 0) report(rows[last][shown], equal, cut, equal + cut_off(*table, key, shown));
  }

 private:
  /// 1 where the equal rows may go on beyond what was looked at.
  [[nodiscard]] std::int64_t cut_off(const ResultTable& table, const std::vector<std::string>& key,
                                     std::size_t shown) const {
    const bool full = static_cast<std::int64_t>(table.rows.size()) == limit_ + max_ties;
    return full && texts_of(table.rows.back(), shown, table.rows.back().size()) == key ? 1 : 0;
  }

  void report(const Value& key, std::int64_t equal, std::int64_t cut, std::int64_t at_least) {
    const ir::Query& query = question_.query;
    const int table = shown_table(query);
    const bool more = at_least > equal;
    const std::string number = (more ? "more than " : "") + in_words(equal);
    const std::string what =
        table >= 0 ? number + " " + rows_of(question_.schema, table) : number + " rows";
    const auto& order = query.order_by.front();
    std::string by = explanation::expression_in_words(order.expression, question_.schema, true);
    if (by.starts_with("the ")) by.erase(0, 4);
    std::string text =
        fmt::format("{} share {} {}, {}", what, order.descending ? "the highest" : "the lowest", by,
                    in_words(key));
    if (limit_ > 1) {
      text = fmt::format("{} are equal by {} ({}) at the end of these {}", what, by, in_words(key),
                         in_words(limit_));
    }
    text += fmt::format("; {} of them {} not shown.", more ? "some" : in_words(cut),
                        cut == 1 && !more ? "is" : "are");
    outcome_.add(FindingKind::ties_cut, 0.1, capitalised(std::move(text)),
                 more ? std::vector<Offer>{} : offers(cut));
  }

  [[nodiscard]] std::vector<Offer> offers(std::int64_t cut) const {
    const std::int64_t all = limit_ + cut;
    const auto& asked = question_.subject.question;
    const std::string label = fmt::format("show all {}", in_words(all));
    for (const auto& value : asked.values) {
      const auto span = span_of(value, asked);
      if (value.kind != link::ValueKind::number || !span || limit_ == 1) continue;
      if (value.text == std::to_string(limit_)) {
        return {{label, asked_with(asked, *span, std::to_string(all))}};
      }
    }
    return {{label, asked_with_addition(asked, fmt::format("(top {})", all))}};
  }

  const Case& question_;
  std::int64_t limit_;
  Outcome& outcome_;
};

/// What would be there without one of the conditions.
std::vector<std::string> reasons(const Case& question, const ir::Query& core) {
  std::vector<std::string> said;
  const auto conditions = conjuncts(core.where);
  constexpr std::size_t max_conditions = 4;
  if (conditions.size() < 2 || conditions.size() > max_conditions) return said;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    auto others = conditions;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    ir::Query without = from_of(core);
    without.where = all_of(std::move(others));
    without.select.push_back(count_of_rows());
    const auto rows = question.probe.number(without);
    if (!rows || *rows == 0) continue;
    said.push_back(fmt::format("without “{}” there {} {}",
                               explanation::condition_in_words(conditions[i], question.schema,
                                                               mentioned_tables(core).size() == 1),
                               *rows == 1 ? "is" : "are",
                               *rows == 1 ? "1 row" : in_words(*rows) + " rows"));
  }
  return said;
}

}  // namespace

bool looks_like_nothing(const ResultTable& result) {
  if (result.rows.empty()) return true;
  if (result.rows.size() > 1) return false;
  return std::all_of(result.rows.front().begin(), result.rows.front().end(), [](const Value& cell) {
    const auto* whole = std::get_if<std::int64_t>(&cell);
    const auto* real = std::get_if<double>(&cell);
    return std::holds_alternative<Null>(cell) || (whole != nullptr && *whole == 0) ||
           (real != nullptr && *real == 0);
  });
}

void check_limit(const Case& question, Outcome& outcome) {
  const ir::Query& query = question.query;
  const auto limit = limit_of(query);
  // A limit within groups cuts at many places.
  const bool one_cut = limit && query.limit_per.empty() && !query.set_operator;
  if (!one_cut || counts_a_query(query)) return;
  if (static_cast<std::int64_t>(question.subject.result.rows.size()) != *limit) return;
  if (query.order_by.empty()) {
    check_chance(question, *limit, outcome);
  } else {
    TiesCheck(question, *limit, outcome).run();
  }
}

void check_no_rows(const Case& question, Outcome& outcome) {
  if (!question.subject.result.rows.empty() || !outcome.findings.empty()) return;
  const ir::Query& query = question.query;
  const auto said = query.set_operator || counts_a_query(query) || !query.where
                        ? std::vector<std::string>{}
                        : reasons(question, query);
  std::string text = "There is nothing for this question";
  if (!said.empty()) text += ": no row fulfils all conditions, but " + explanation::listed(said);
  outcome.add(FindingKind::no_rows, 0.25, text + ".");
}

void check_all_null(const ResultTable& result, const ir::Query* query, Outcome& outcome) {
  if (result.rows.empty()) return;
  std::vector<std::string> empty;
  for (std::size_t i = 0; i < result.columns.size(); ++i) {
    const bool all = std::all_of(result.rows.begin(), result.rows.end(), [&](const Row& row) {
      return i < row.size() && std::holds_alternative<Null>(row[i]);
    });
    if (!all) continue;
    // The first group of a growth has nothing before it.
    if (query != nullptr && i < query->select.size() && result.rows.size() == 1) {
      const auto calls = aggregates_of(*query->select[i]);
      const bool follows = std::any_of(calls.begin(), calls.end(), [](const auto* call) {
        return call->over == ir::Over::change || call->over == ir::Over::growth;
      });
      if (follows) continue;
    }
    empty.push_back(result.columns[i]);
  }
  if (empty.empty()) return;
  const bool single = result.rows.size() == 1 && result.columns.size() == 1;
  outcome.add(FindingKind::all_null, single ? 0.35 : 0.15,
              single ? std::string("There is no value to calculate this from.")
                     : fmt::format("{} {} empty in every row.", quoted_list(empty, "and"),
                                   empty.size() == 1 ? "is" : "are"));
}

}  // namespace idi::verification
