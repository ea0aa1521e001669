#include "order_wording.hpp"

#include <fmt/format.h>

#include "idi/explanation/phrases.hpp"
#include "values.hpp"

namespace idi::explanation {
namespace {

const ir::AggregateCall* aggregate_in(const ir::ExpressionPtr& e) {
  return std::get_if<ir::AggregateCall>(&e->node);
}
bool is_column(const ir::ExpressionPtr& e) { return std::holds_alternative<ColumnRef>(e->node); }

class Order {
 public:
  Order(const ir::Query& query, const Wording& wording, const Schema& schema,
        std::size_t first_item)
      : query_(query), wording_(wording), schema_(schema), first_item_(first_item) {}

  std::vector<DraftPart> take() && {
    if (!superlative()) {
      order();
      limit();
    }
    return std::move(parts_);
  }

 private:
  DraftPart& add(PartKind kind, std::string text) {
    parts_.push_back({kind, std::move(text), {}});
    return parts_.back();
  }

  std::string per() const {
    if (query_.limit_per.empty()) return ", ";
    std::vector<std::string> keys;
    for (const auto& key : query_.limit_per) keys.push_back(wording_.key(key));
    return fmt::format(", of each {} ", listed(keys));
  }

  /// "most orders", "highest total amount"; empty: has no such words.
  std::string superlative_of(const ir::OrderItem& item) const {
    const auto& e = item.expression;
    if (wording_.is_text(e)) return {};
    const auto* call = aggregate_in(e);
    if (call) {
      if (call->over != ir::Over::itself || call->when) return {};
      if (call->aggregate == ir::Aggregate::count) {
        return (item.descending ? "most " : "fewest ") + wording_.counted(*call);
      }
      if (call->aggregate != ir::Aggregate::sum && call->aggregate != ir::Aggregate::avg) return {};
    } else if (!is_column(e)) {
      return {};
    }
    const std::string_view word = wording_.is_time(e) ? (item.descending ? "latest" : "earliest")
                                                      : (item.descending ? "highest" : "lowest");
    return fmt::format("{} {}", word, wording_.bare(e));
  }

  std::string first_ones() const {
    return query_.limit->text == "1" ? "the one"
                                     : "the " + value_in_words(*query_.limit, nullptr, schema_);
  }

  bool superlative() {
    if (!query_.limit || query_.order_by.size() != 1) return false;
    const std::string most = superlative_of(query_.order_by.front());
    if (most.empty()) return false;
    std::string text = fmt::format("{}only {} with the {}", per(), first_ones(), most);
    if (query_.limit->text == "1") text += " (if several tie, one of them)";
    auto& origins = add(PartKind::limit, std::move(text)).origins;
    origins.add(query_.order_by.front().expression);
    origins.add(query_.order_by.front().descending ? Cue::descending : Cue::ascending);
    origins.add_limit(query_);
    return true;
  }

  std::string_view direction(const ir::OrderItem& item) const {
    if (wording_.is_text(item.expression)) return item.descending ? "Z to A" : "A to Z";
    if (wording_.is_time(item.expression)) {
      return item.descending ? "latest first" : "earliest first";
    }
    return item.descending ? "highest first" : "lowest first";
  }

  /// The only thing counted is what it is ordered by.
  bool is_the_count(const ir::ExpressionPtr& e) const {
    return query_.select.size() == first_item_ + 1 && counts_rows(e) &&
           counts_rows(query_.select.back()) &&
           wording_.expression(e) == wording_.expression(query_.select.back());
  }

  void order() {
    const bool alone = query_.order_by.size() == 1;
    for (std::size_t i = 0; i < query_.order_by.size(); ++i) {
      const auto& item = query_.order_by[i];
      std::string text;
      if (alone && is_the_count(item.expression)) {
        text = item.descending ? ", most first" : ", fewest first";
      } else {
        const std::string by = wording_.expression(item.expression);
        text = i == 0 ? ", sorted by " : i + 1 == query_.order_by.size() ? " and " : ", ";
        text += alone ? fmt::format("{}, {}", by, direction(item))
                      : fmt::format("{} ({})", by, direction(item));
      }
      auto& origins = add(PartKind::order, std::move(text)).origins;
      origins.add(item.expression);
      origins.add(item.descending ? Cue::descending : Cue::ascending);
    }
  }

  void limit() {
    if (!query_.limit) return;
    const bool one = query_.limit->text == "1";
    const std::string number = value_in_words(*query_.limit, nullptr, schema_);
    std::string text = query_.order_by.empty() ? fmt::format("any {} of them", one ? "one" : number)
                       : one                   ? std::string("only the first")
                                               : "only the first " + number;
    add(PartKind::limit, per() + text).origins.add_limit(query_);
  }

  const ir::Query& query_;
  const Wording& wording_;
  const Schema& schema_;
  std::size_t first_item_;
  std::vector<DraftPart> parts_;
};

}  // namespace

bool counts_rows(const ir::ExpressionPtr& e) {
  const auto* call = aggregate_in(e);
  return call && call->aggregate == ir::Aggregate::count &&
         std::holds_alternative<ir::StarOf>(call->argument->node) && !call->distinct &&
         !call->when && call->over == ir::Over::itself;
}

std::vector<DraftPart> order_and_limit(const ir::Query& query, const Wording& wording,
                                       const Schema& schema, std::size_t first_item) {
  return Order(query, wording, schema, first_item).take();
}

}  // namespace idi::explanation
