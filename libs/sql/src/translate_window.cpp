// Groups in relation to each other and the first rows of each group, as the writer writes them.
#include <algorithm>

#include "idi/core/text.hpp"
#include "same_tree.hpp"
#include "translator.hpp"
#include "write_time.hpp"

namespace idi::sql {

using ast::Kind;
using ir::ExpressionPtr;

namespace {

/// x of NULLIF(x, 0).
const ast::Expression& without_nullif(const ast::Expression& divisor) {
  return divisor.kind == Kind::call && divisor.name == "nullif" && divisor.arguments.size() == 2 &&
                 divisor.arguments[1]->text == "0"
             ? *divisor.arguments[0]
             : divisor;
}

/// a of 100.0 * a and of a * 100.0, else nullptr.
const ast::Expression* hundredfold(const ast::Expression& product) {
  if (product.kind != Kind::binary || product.name != "*") return nullptr;
  for (std::size_t i = 0; i < 2; ++i) {
    const ast::Expression& factor = *product.arguments[i];
    if (factor.kind == Kind::number && (factor.text == "100.0" || factor.text == "100")) {
      return product.arguments[1 - i].get();
    }
  }
  return nullptr;
}

/// a of name(a) OVER (…), else nullptr.
const ast::Expression* windowed(const ast::Expression& call, std::string_view name) {
  const bool fits = call.kind == Kind::call && call.over && call.name == name &&
                    call.arguments.size() == 1 && !call.distinct && !call.filter;
  return fits ? call.arguments.front().get() : nullptr;
}

bool is_minus(const ast::Expression& expression) {
  return expression.kind == Kind::binary && expression.name == "-";
}

}  // namespace

Result<ExpressionPtr> Translator::related(const ast::Expression& aggregate, ir::Over over,
                                          const Scope& scope) {
  IDI_TRY(const ExpressionPtr translated, translate(aggregate, scope));
  const auto* call = std::get_if<ir::AggregateCall>(&translated->node);
  if (call == nullptr || call->over != ir::Over::itself) {
    return no_words_for("a window over anything but an aggregate");
  }
  if (over == ir::Over::share && call->when) {
    return no_words_for("a group's share of all groups, of some of the rows");
  }
  ir::AggregateCall result = *call;
  result.over = over;
  return make_expression(std::move(result));
}

Status Translator::check_group_order(const ast::Window& window, const Scope& scope) {
  // A group that is itself a window would ask for its own order.
  if (within_window_) return no_words_for("windows within each other");
  within_window_ = true;
  const Status checked = compare_group_order(window, scope);
  within_window_ = false;
  return checked;
}

Status Translator::compare_group_order(const ast::Window& window, const Scope& scope) {
  std::vector<ExpressionPtr> groups;
  for (const ast::ExpressionPtr& key : scope.select.group_by) {
    IDI_TRY(ExpressionPtr group, translate(dereference(*key, scope), scope));
    groups.push_back(std::move(group));
  }
  if (groups.empty() || window.order_by.size() != 1 || window.order_by.front().descending) {
    return no_words_for("this window");
  }
  const GroupOrder wanted = group_order(groups, schema_);
  IDI_TRY(const ExpressionPtr key,
          translate(dereference(*window.order_by.front().expression, scope), scope));
  bool fits = same(*key, *wanted.key) && window.partition_by.size() == wanted.apart.size();
  for (const ast::ExpressionPtr& part : window.partition_by) {
    IDI_TRY(const ExpressionPtr translated, translate(dereference(*part, scope), scope));
    fits = fits && std::any_of(wanted.apart.begin(), wanted.apart.end(),
                               [&](const auto& other) { return same(*translated, *other); });
  }
  if (!fits) return no_words_for("this window");
  return {};
}

Result<ExpressionPtr> Translator::translate_running(const ast::Expression& call,
                                                    const Scope& scope) {
  const ast::Expression* inner = windowed(call, call.name);
  const bool of_call = inner != nullptr && inner->kind == Kind::call && !inner->over;
  const bool sums =
      of_call && call.name == "sum" && (inner->name == "sum" || inner->name == "count");
  const bool extreme =
      of_call && (call.name == "min" || call.name == "max") && inner->name == call.name;
  if (!sums && !extreme) return no_words_for("this window function");
  IDI_CHECK(check_group_order(*call.over, scope));
  return related(*inner, ir::Over::running, scope);
}

Result<ExpressionPtr> Translator::read_relation(const ast::Expression& binary, const Scope& scope) {
  const ast::Expression& left = *binary.arguments[0];
  const ast::Expression& right =
      binary.name == "/" ? without_nullif(*binary.arguments[1]) : *binary.arguments[1];
  if (binary.name == "/") {
    const ast::Expression* own = hundredfold(left);
    const ast::Expression* all = windowed(right, "sum");
    if (own != nullptr && all != nullptr && same(*own, *all) && right.over->partition_by.empty() &&
        right.over->order_by.empty()) {
      if (scope.select.group_by.empty()) return no_words_for("a share without groups");
      return related(*own, ir::Over::share, scope);
    }
    const ast::Expression* before = windowed(right, "lag");
    if (own == nullptr || before == nullptr || !is_minus(*own)) return nullptr;
    if (!same(*own->arguments[1], right) || !same(*own->arguments[0], *before)) return nullptr;
    IDI_CHECK(check_group_order(*right.over, scope));
    return related(*before, ir::Over::growth, scope);
  }
  if (!is_minus(binary)) return nullptr;
  const ast::Expression* before = windowed(right, "lag");
  if (before != nullptr && same(left, *before)) {
    IDI_CHECK(check_group_order(*right.over, scope));
    return related(*before, ir::Over::change, scope);
  }
  // JULIANDAY(MAX(t)) - JULIANDAY(LAG(MAX(t)) OVER (…))
  const auto day_number_of = [](const ast::Expression& call) -> const ast::Expression* {
    const bool fits =
        call.kind == Kind::call && call.name == "julianday" && !call.arguments.empty();
    return fits ? call.arguments.front().get() : nullptr;
  };
  const ast::Expression* later = day_number_of(left);
  const ast::Expression* earlier = day_number_of(right);
  if (later == nullptr || earlier == nullptr) return nullptr;
  before = windowed(*earlier, "lag");
  if (before == nullptr || !same(*later, *before)) return nullptr;
  IDI_CHECK(check_group_order(*earlier->over, scope));
  return related(*before, ir::Over::change, scope);
}

Result<ast::SelectPtr> Translator::read_ranked(const ast::Select& select) {
  const ast::Select& inner = *select.from.front().derived;
  const auto find = [&](const ast::Expression& name) -> const ast::Item* {
    if (name.kind != Kind::column) return nullptr;
    for (const ast::Item& item : inner.items) {
      const std::string& known = item.alias.empty() ? item.expression->name : item.alias;
      if (!known.empty() && text::equals_ignoring_ascii_case(known, name.name)) return &item;
    }
    return nullptr;
  };
  const auto is_place = [](const ast::Item& item) {
    return item.expression->kind == Kind::call && item.expression->name == "row_number" &&
           item.expression->over != nullptr;
  };
  const auto place = std::find_if(inner.items.begin(), inner.items.end(), is_place);
  if (place == inner.items.end() || !select.where) return nullptr;
  const ast::Expression& bound = *select.where;
  const bool bounded =
      bound.kind == Kind::binary && find(*bound.arguments[0]) == &*place &&
      bound.arguments[1]->kind == Kind::number &&
      (bound.name == "<=" || (bound.name == "=" && bound.arguments[1]->text == "1"));
  const bool plain = inner.set_operator.empty() && !inner.distinct && inner.order_by.empty() &&
                     !inner.limit && !select.distinct && select.group_by.empty() &&
                     !select.having && !select.limit;
  const ast::Window& window = *place->expression->over;
  if (!bounded || !plain || window.partition_by.empty() || window.order_by.empty()) {
    return no_words_for("this use of ROW_NUMBER");
  }
  auto result = std::make_shared<ast::Select>(inner);
  result->items.clear();
  for (const ast::Item& item : select.items) {
    const ast::Item* source = find(*item.expression);
    if (source == nullptr || is_place(*source)) return no_words_for("this use of ROW_NUMBER");
    result->items.push_back(*source);
  }
  for (const ast::OrderTerm& term : select.order_by) {
    const ast::Item* source = find(*term.expression);
    const bool fits =
        source != nullptr && !term.descending &&
        (source == &*place ||
         std::any_of(window.partition_by.begin(), window.partition_by.end(),
                     [&](const auto& key) { return same(*key, *source->expression); }));
    if (!fits) return no_words_for("this order of the first rows of each group");
  }
  result->order_by = window.order_by;
  result->limit = bound.arguments[1];
  result->limit_per = window.partition_by;
  return result;
}

}  // namespace idi::sql
