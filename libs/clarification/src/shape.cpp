#include "shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "idi/core/overloaded.hpp"
#include "item_ids.hpp"

namespace idi::clarification {
namespace {

constexpr std::array<std::string_view, 5> aggregate_names{"count", "sum", "avg", "min", "max"};
constexpr std::array<std::string_view, 4> operators{"+", "-", "*", "/"};

/// Where a piece of the query stands.
struct Place {
  Site site = Site::select;
  bool in_function = false;
  bool compared = false;
  std::string equals;
};

int number_of(auto enumerator) { return static_cast<int>(enumerator); }

bool is_likeness(ir::Comparison op) {
  switch (op) {
    case ir::Comparison::equal:
    case ir::Comparison::not_equal:
    case ir::Comparison::in:
    case ir::Comparison::like:
    case ir::Comparison::like_prefix:
    case ir::Comparison::like_suffix:
      return true;
    default:
      return false;
  }
}

class ShapeWriter {
 public:
  ShapeWriter(const Schema& schema, Aspects aspects, bool core_only)
      : schema_(schema), aspects_(aspects), core_only_(core_only) {}

  Shape query(const ir::Query& query) {
    Shape shape;
    add(shape, query.distinct ? "select distinct" : "select");
    const std::string measure = aspects_.measure || query.order_by.empty()
                                    ? std::string()
                                    : expression(*query.order_by.front().expression, {}).named;
    for (const auto& item : query.select) {
      Shape one = expression(*item, {Site::select, false, false, {}});
      if (measure.empty() || one.named != measure) add(shape, std::move(one), ",");
    }
    if (aspects_.joins) add_joins(shape, query);
    if (query.where) clause(shape, "where", condition(*query.where, Site::condition));
    if (!query.group_by.empty()) clause(shape, "group", list(query.group_by, Site::group));
    if (query.having) clause(shape, "having", condition(*query.having, Site::condition));
    add_order(shape, query);
    if (query.limit) add(shape, " limit " + literal(*query.limit));
    if (!query.limit_per.empty()) clause(shape, "per", list(query.limit_per, Site::group));
    if (query.set_operator && query.set_right && !core_only_) {
      add(shape, fmt::format(" set{} ", number_of(*query.set_operator)));
      add(shape, ShapeWriter(schema_, aspects_, false).query(*query.set_right), "");
    }
    return shape;
  }

  Shape expression(const ir::Expression& expression, const Place& place) {
    return std::visit(
        Overloaded{[&](const ColumnRef& column) {
                     return name("#", column_id(schema_, column), column, place);
                   },
                   [&](const ir::StarOf& star) {
                     if (star.table < 0) return text("*");
                     return name("%", "*" + table_id(schema_, star.table), {star.table, -1}, place);
                   },
                   [&](const ir::AggregateCall& call) { return aggregate(call, place); },
                   [&](const ir::FunctionCall& call) {
                     Place inside = place;
                     inside.in_function = true;
                     return wrapped(fmt::format("f{}", number_of(call.function)),
                                    this->expression(*call.argument, inside));
                   },
                   [&](const ir::Binary& binary) {
                     Shape shape = text("(");
                     add(shape, this->expression(*binary.left, place), "");
                     add(shape, operators.at(static_cast<std::size_t>(number_of(binary.op))));
                     add(shape, this->expression(*binary.right, place), "");
                     add(shape, ")");
                     return shape;
                   },
                   [&](const ir::Literal& value) { return text(literal(value)); },
                   [&](const ir::RowsOf& rows) { return subquery(*rows.query); }},
        expression.node);
  }

 private:
  static Shape text(std::string_view words) { return {std::string(words), std::string(words), {}}; }

  static void add(Shape& shape, std::string_view words) {
    shape.pattern += words;
    shape.named += words;
  }
  static void add(Shape& shape, Shape more, std::string_view before) {
    add(shape, before);
    shape.pattern += more.pattern;
    shape.named += more.named;
    for (auto& mention : more.mentions) shape.mentions.push_back(std::move(mention));
  }
  static void clause(Shape& shape, std::string_view word, Shape content) {
    add(shape, fmt::format(" {} ", word));
    add(shape, std::move(content), "");
  }
  static Shape wrapped(std::string_view word, Shape content) {
    Shape shape = text(word);
    add(shape, std::move(content), "(");
    add(shape, ")");
    return shape;
  }
  /// In an order that follows from the pieces themselves: that of AND is of no meaning.
  static Shape sorted(std::vector<Shape> parts, std::string_view word) {
    std::stable_sort(parts.begin(), parts.end(), [](const Shape& a, const Shape& b) {
      return std::tie(a.pattern, a.named) < std::tie(b.pattern, b.named);
    });
    Shape shape = text(word);
    for (auto& part : parts) add(shape, std::move(part), "[");
    add(shape, "]");
    return shape;
  }
  static Shape name(std::string_view mark, std::string id, ColumnRef column, const Place& place) {
    return {std::string(mark),
            std::move(id),
            {{column, place.site, place.in_function, place.compared, place.equals}}};
  }
  static std::string literal(const ir::Literal& value) {
    return fmt::format("{}'{}:{}'", number_of(value.kind), value.text.size(), value.text);
  }

  Shape subquery(const ir::Query& inner) {
    if (core_only_) return text("(query)");
    return wrapped("query", ShapeWriter(schema_, {}, false).query(inner));
  }

  Shape aggregate(const ir::AggregateCall& call, const Place& place) {
    Shape inside = text(call.distinct ? "distinct " : "");
    add(inside, expression(*call.argument, place), "");
    if (call.when) {
      add(inside, " when ");
      add(inside, condition(*call.when, Site::condition), "");
    }
    if (call.over != ir::Over::itself) add(inside, fmt::format(" over{}", number_of(call.over)));
    return wrapped(aggregate_names.at(static_cast<std::size_t>(number_of(call.aggregate))),
                   std::move(inside));
  }

  Shape list(const std::vector<ir::ExpressionPtr>& expressions, Site site) {
    std::vector<Shape> parts;
    for (const auto& one : expressions) parts.push_back(expression(*one, {site, false, false, {}}));
    return sorted(std::move(parts), "");
  }

  Shape condition(const ir::Condition& condition, Site site) {
    if (const auto* one = std::get_if<ir::Predicate>(&condition.node)) return predicate(*one, site);
    const bool is_and = std::holds_alternative<ir::And>(condition.node);
    const auto& parts =
        is_and ? std::get<ir::And>(condition.node).parts : std::get<ir::Or>(condition.node).parts;
    std::vector<Shape> shapes;
    for (const auto& part : parts) shapes.push_back(this->condition(*part, site));
    return sorted(std::move(shapes), is_and ? "and" : "or");
  }

  Shape predicate(const ir::Predicate& predicate, Site site) {
    Place place{site, false, false, {}};
    for (const auto& operand : predicate.operands) {
      const auto* value = std::get_if<ir::Literal>(&operand);
      if (!value) continue;
      place.compared = true;
      if (is_likeness(predicate.op) && value->kind == ir::Literal::Kind::text &&
          place.equals.empty()) {
        place.equals = value->text;
      }
    }
    Shape shape =
        text(fmt::format("{}{} ", predicate.negated ? "not " : "", number_of(predicate.op)));
    add(shape, expression(*predicate.left, place), "");
    for (const auto& operand : predicate.operands) {
      add(shape,
          std::visit(Overloaded{[&](const ir::Literal& value) { return text(literal(value)); },
                                [&](const ir::QueryPtr& inner) { return subquery(*inner); },
                                [&](const ir::ExpressionPtr& other) {
                                  return expression(*other, {site, false, false, {}});
                                }},
                     operand),
          " ");
    }
    return shape;
  }

  void add_joins(Shape& shape, const ir::Query& query) {
    std::vector<Shape> parts;
    for (const int table : query.extra_tables) {
      parts.push_back(name("%", table_id(schema_, table), {table, -1}, {}));
    }
    for (const auto& hint : query.join_hints) {
      Shape one = name("#", column_id(schema_, hint.left), hint.left, {});
      add(one, name("#", column_id(schema_, hint.right), hint.right, {}), "=");
      parts.push_back(std::move(one));
    }
    if (!parts.empty()) clause(shape, "join", sorted(std::move(parts), ""));
  }

  void add_order(Shape& shape, const ir::Query& query) {
    bool first = true;
    for (const auto& item : query.order_by) {
      add(shape, item.descending ? " down " : " up ");
      if (aspects_.measure || !first) {
        add(shape, expression(*item.expression, {Site::order, false, false, {}}), "");
      }
      first = false;
    }
  }

  const Schema& schema_;
  const Aspects aspects_;
  const bool core_only_;
};

}  // namespace

Shape shape_of(const ir::Query& query, const Schema& schema, Aspects aspects) {
  return ShapeWriter(schema, aspects, false).query(query);
}

Shape shape_of(const ir::Expression& expression, const Schema& schema) {
  return ShapeWriter(schema, {}, false).expression(expression, {});
}

std::vector<int> core_tables(const ir::Query& query, const Schema& schema) {
  std::set<int> tables;
  for (const auto& mention : ShapeWriter(schema, {false, true}, true).query(query).mentions) {
    tables.insert(mention.column.table);
  }
  return {tables.begin(), tables.end()};
}

}  // namespace idi::clarification
