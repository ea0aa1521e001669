// Aggregates over rows that a join repeats: a customer with three orders counted three times.
// Confirmed on the rows; where the repaired query gives the same, there is nothing to say.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "asked_words.hpp"
#include "check.hpp"
#include "ir_changes.hpp"
#include "ir_trees.hpp"
#include "join_shape.hpp"
#include "semijoin.hpp"
#include "wording.hpp"

namespace idi::verification {
namespace {

class MultipliedCheck {
 public:
  MultipliedCheck(const Case& question, Outcome& outcome)
      : question_(question),
        outcome_(outcome),
        core_(outcome.repaired ? *outcome.repaired : question.query) {}

  void run() {
    if (core_.set_operator || core_.distinct || counts_a_query(core_)) return;
    const auto shape = JoinShape::of(core_, question_.schema, question_.planner);
    if (!shape || shape->tables().size() < 2) return;
    for (const auto* call : aggregates_of(core_)) {
      const int table = repeated_table(*call, *shape);
      if (table < 0 || !is_repeated(table)) continue;
      if (call->aggregate == ir::Aggregate::count) {
        report_count(table, *shape);
      } else {
        report_sum(*call, table, *shape);
      }
      return;
    }
  }

 private:
  /// The table whose rows the aggregate is over, if the joins could repeat them; -1: none.
  [[nodiscard]] int repeated_table(const ir::AggregateCall& call, const JoinShape& shape) const {
    const bool adds = call.aggregate == ir::Aggregate::count ||
                      call.aggregate == ir::Aggregate::sum || call.aggregate == ir::Aggregate::avg;
    // Of conditional and relative aggregates the rows that count are not those of the join.
    if (!adds || call.distinct || call.when || call.over != ir::Over::itself) return -1;
    const int table = call.aggregate == ir::Aggregate::count
                          ? counted_table(call, shape)
                          : shape.finest(tables_of(*call.argument));
    if (table < 0 || !shape.multiplies(table)) return -1;
    const auto key = primary_key_of(question_.schema, table);
    if (key.empty()) return -1;
    // Grouped by the table's own rows, its repetitions are what is counted.
    std::set<ColumnRef> grouped;
    for (const auto& each : core_.group_by) {
      if (const auto* column = std::get_if<ColumnRef>(&each->node)) grouped.insert(*column);
    }
    const auto known = shape.determined(std::move(grouped));
    const bool by_itself =
        std::all_of(key.begin(), key.end(), [&](ColumnRef c) { return known.contains(c); });
    return by_itself ? -1 : table;
  }

  /// COUNT(*) over a join counts rows of the join, whatever the tree says they are: what is meant
  /// stands after "how many". -1: that is not known, or another column is counted.
  [[nodiscard]] int counted_table(const ir::AggregateCall& call, const JoinShape& shape) const {
    for (const int table : shape.tables()) {
      if (counted_in(question_.subject.question, table) != Counted::this_table) continue;
      const auto key = primary_key_of(question_.schema, table);
      const bool rows = std::holds_alternative<ir::StarOf>(call.argument->node) ||
                        (key.size() == 1 && columns_of(*call.argument) == key);
      return rows ? table : -1;
    }
    return -1;
  }

  [[nodiscard]] bool is_repeated(int table) {
    ir::Query joined = from_of(core_);
    joined.where = core_.where;
    joined.select.push_back(count_of_rows());
    ir::Query once = from_of(core_);
    once.where = core_.where;
    once.distinct = true;
    once.select = core_.group_by;
    for (const ColumnRef column : primary_key_of(question_.schema, table)) {
      once.select.push_back(make_expression(column));
    }
    const auto all = question_.probe.number(joined);
    const auto distinct = question_.probe.number(counted(std::move(once)));
    if (!all || !distinct || *all <= *distinct) return false;
    rows_ = *all;
    rows_once_ = *distinct;
    return true;
  }

  static ir::Query counted(ir::Query rows) {
    ir::Query count;
    count.select.push_back(aggregate_of(
        ir::Aggregate::count,
        make_expression(ir::RowsOf{std::make_shared<const ir::Query>(std::move(rows))})));
    return count;
  }

  void report_count(int table, const JoinShape& shape) {
    const auto key = primary_key_of(question_.schema, table);
    std::optional<ir::Query> repaired;
    if (key.size() == 1) {
      repaired = change_aggregates(
          core_, [&](const ir::AggregateCall& call) -> std::optional<ir::AggregateCall> {
            const bool counts = call.aggregate == ir::Aggregate::count && !call.distinct &&
                                !call.when && counted_table(call, shape) == table;
            if (!counts) return std::nullopt;
            ir::AggregateCall once = call;
            once.distinct = true;
            once.argument = make_expression(key.front());
            return once;
          });
      // What only the star mentioned stays joined.
      repaired->extra_tables = mentioned_tables(core_);
    } else {
      repaired = without_repeats(core_, table, shape);
    }
    if (!repaired || !differs(*repaired)) return;
    outcome_.repair(FindingKind::rows_multiplied, 0.1,
                    fmt::format("Each {} was counted once per {}; it is counted once now.",
                                one_row_of(question_.schema, table),
                                one_row_of(question_.schema, shape.multipliers(table).front())),
                    std::move(*repaired));
  }

  void report_sum(const ir::AggregateCall& call, int table, const JoinShape& shape) {
    auto once = without_repeats(core_, table, shape);
    if (!once || !differs(*once)) return;
    const std::string row = one_row_of(question_.schema, table);
    const std::string other = one_row_of(question_.schema, shape.multipliers(table).front());
    // The average over customers is one over customers, however many orders chose them. A sum may
    // well be meant once per order ("the value of what was sold").
    if (call.aggregate == ir::Aggregate::avg && is_named(question_.subject.question, table)) {
      outcome_.repair(
          FindingKind::rows_multiplied, 0.15,
          fmt::format("Each {} went into the average once per {}; it is in it once now.", row,
                      other),
          std::move(*once));
      return;
    }
    std::string text =
        fmt::format("The {} of a {} is {} once per {}: {} times for {}",
                    name_of(question_.schema, *call.argument), row,
                    call.aggregate == ir::Aggregate::sum ? "added" : "averaged", other,
                    in_words(rows_), count_of(question_.schema, table, rows_once_));
    if (other_result_ && other_result_->rows.size() == 1 &&
        other_result_->rows.front().size() == 1) {
      text += fmt::format(". With each {} once, it would be {}", row,
                          in_words(other_result_->rows.front().front()));
    }
    outcome_.add(FindingKind::rows_multiplied, 0.3, text + ".");
  }

  /// Whether it gives something else; false as well where it could not be found out.
  [[nodiscard]] bool differs(const ir::Query& repaired) {
    const auto& shown = question_.subject.result;
    const auto limit = static_cast<std::int64_t>(shown.rows.size()) + 1;
    other_result_ = question_.probe.rows(repaired, limit);
    if (!other_result_) return false;
    const auto texts = [](const ResultTable& table) {
      std::multiset<std::vector<std::string>> rows;
      for (const Row& row : table.rows) {
        std::vector<std::string> cells;
        for (const Value& cell : row) cells.push_back(to_display(cell));
        rows.insert(std::move(cells));
      }
      return rows;
    };
    return texts(*other_result_) != texts(shown);
  }

  const Case& question_;
  Outcome& outcome_;
  const ir::Query core_;
  std::int64_t rows_ = 0, rows_once_ = 0;
  std::optional<ResultTable> other_result_;
};

}  // namespace

void check_multiplied(const Case& question, Outcome& outcome) {
  MultipliedCheck(question, outcome).run();
}

}  // namespace idi::verification
