// Groups in relation to each other, and the first rows of each group; the class: sql_writer.hpp.
#include <algorithm>

#include "identifiers.hpp"
#include "idi/core/text.hpp"
#include "same_tree.hpp"
#include "sql_writer.hpp"

namespace idi::sql {

using ir::Aggregate;
using ir::Over;

std::string SqlWriter::write_related(const ir::AggregateCall& call) {
  const std::string own = write_plain(call);
  if (call.over == Over::share && call.when) {
    ir::AggregateCall all = call;
    all.when = nullptr;
    return "100.0 * " + own + " / " + nonzero(write_plain(all));
  }
  if (groups_ == nullptr || groups_->empty()) {
    fail(make_error(ErrorCode::invalid_argument, "groups are compared in a query without groups"));
    return {};
  }
  if (call.over == Over::share) {
    return "100.0 * " + own + " / " + nonzero("SUM(" + own + ") OVER ()");
  }
  const std::string window = " OVER (" + write_group_order() + ")";
  if (call.over == Over::running) {
    const bool extreme = call.aggregate == Aggregate::min || call.aggregate == Aggregate::max;
    const std::string name = !extreme ? "SUM(" : call.aggregate == Aggregate::min ? "MIN(" : "MAX(";
    return name + own + ")" + window;
  }
  const std::string before = "LAG(" + own + ")" + window;
  if (call.over == Over::growth) {
    return "100.0 * (" + own + " - " + before + ") / " + nonzero(before);
  }
  ir::AggregateCall itself = call;
  itself.over = Over::itself;
  const ir::Expression expression{itself};
  if (!is_time(expression)) return own + " - " + before;
  const Moment now = moment(expression);
  return days_between(now, {before, now.encoding, now.is_text}, dialect_);
}

std::string SqlWriter::write_group_order() {
  const GroupOrder order = group_order(*groups_, schema_);
  std::string sql;
  for (std::size_t i = 0; i < order.apart.size(); ++i) {
    sql += (i == 0 ? "PARTITION BY " : ", ") + write(*order.apart[i]);
  }
  return sql + (sql.empty() ? "ORDER BY " : " ORDER BY ") + write_sorted(*order.key);
}

namespace {

constexpr std::string_view place = "place";

/// What the derived table calls an item: speaking and, but for a number at its end, unique.
std::string name_of(const ir::Expression& item, const Schema& schema) {
  if (const auto* column = std::get_if<ColumnRef>(&item.node)) return schema.column(*column).name;
  if (const auto* call = std::get_if<ir::FunctionCall>(&item.node)) {
    static constexpr std::string_view names[] = {"year",    "month", "month_number", "day",
                                                 "quarter", "week",  "weekday",      "date"};
    return std::string(names[static_cast<std::size_t>(call->function)]) + "_" +
           name_of(*call->argument, schema);
  }
  if (const auto* call = std::get_if<ir::AggregateCall>(&item.node)) {
    static constexpr std::string_view overs[] = {"", "share_", "running_", "change_", "growth_"};
    static constexpr std::string_view names[] = {"count_", "sum_", "avg_", "min_", "max_"};
    return std::string(overs[static_cast<std::size_t>(call->over)]) +
           std::string(names[static_cast<std::size_t>(call->aggregate)]) +
           name_of(*call->argument, schema);
  }
  if (const auto* star = std::get_if<ir::StarOf>(&item.node)) {
    return star->table < 0 ? "rows" : schema.tables[static_cast<std::size_t>(star->table)].name;
  }
  return "value";
}

std::string named(const std::string& sql, const std::string& name) {
  return sql == name ? sql : sql + " AS " + name;
}

class Names {
 public:
  Names() : taken_{std::string(place)} {}
  std::string take(const std::string& wanted) {
    std::string name = wanted;
    for (int number = 2; is_taken(name); ++number) name = wanted + "_" + std::to_string(number);
    taken_.push_back(name);
    return name;
  }

 private:
  bool is_taken(const std::string& name) const {
    return std::any_of(taken_.begin(), taken_.end(), [&](const std::string& other) {
      return text::equals_ignoring_ascii_case(name, other);
    });
  }
  std::vector<std::string> taken_;
};

}  // namespace

std::vector<ir::ExpressionPtr> SqlWriter::without_stars(
    const std::vector<ir::ExpressionPtr>& items) const {
  std::vector<ir::ExpressionPtr> columns;
  for (const ir::ExpressionPtr& item : items) {
    const auto* star = std::get_if<ir::StarOf>(&item->node);
    if (star == nullptr) {
      columns.push_back(item);
      continue;
    }
    const auto& table = schema_.tables[static_cast<std::size_t>(star->table)];
    for (int column = 0; column < static_cast<int>(table.columns.size()); ++column) {
      columns.push_back(
          std::make_shared<const ir::Expression>(ir::Expression{ColumnRef{star->table, column}}));
    }
  }
  return columns;
}

std::string SqlWriter::write_ranked(const ir::Query& query, const std::string& from) {
  if (query.distinct || query.order_by.empty() || !query.limit) {
    fail(make_error(ErrorCode::invalid_argument,
                    "the first rows of each group need an order and a limit, and no DISTINCT"));
    return {};
  }
  Names names;
  const std::vector<ir::ExpressionPtr> items = without_stars(query.select);
  std::vector<std::string> item_names;
  std::string inner = "SELECT ", outer = "SELECT ", partition, outer_order;
  for (const ir::ExpressionPtr& item : items) {
    const std::string separator = item_names.empty() ? "" : ", ";
    item_names.push_back(quoted_identifier(names.take(name_of(*item, schema_)), dialect_));
    inner += separator + named(write_item(*item, false), item_names.back());
    outer += separator + item_names.back();
  }
  for (const ir::ExpressionPtr& key : query.limit_per) {
    const auto shown = std::find_if(items.begin(), items.end(), [&](const ir::ExpressionPtr& item) {
      return same(*item, *key);
    });
    std::string name;
    if (shown != items.end()) {
      name = item_names[static_cast<std::size_t>(shown - items.begin())];
    } else {
      name = quoted_identifier(names.take(name_of(*key, schema_)), dialect_);
      inner += ", " + named(write(*key), name);
    }
    partition += (partition.empty() ? "PARTITION BY " : ", ") + write(*key);
    outer_order += name + ", ";
  }
  inner += ", ROW_NUMBER() OVER (" + partition + " " + write_order(query.order_by) + ") AS " +
           std::string(place) + write_body(query, from);
  return outer + " FROM (" + inner + ") AS ranked WHERE " + std::string(place) +
         " <= " + write_limit(*query.limit) + " ORDER BY " + outer_order + std::string(place);
}

}  // namespace idi::sql
