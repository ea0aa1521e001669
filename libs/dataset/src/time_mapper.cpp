#include "time_mapper.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <memory>
#include <utility>

#include "idi/temporal/phrases.hpp"

namespace idi::dataset {
namespace {

using ir::Comparison;
using ir::Literal;

struct DayBound {
  ColumnRef column;
  Comparison op;
  temporal::Day day;
};

std::optional<DayBound> day_bound(const ir::Predicate& predicate) {
  const auto* column = std::get_if<ColumnRef>(&predicate.left->node);
  if (column == nullptr || predicate.negated || predicate.operands.size() != 1) return std::nullopt;
  const auto* literal = std::get_if<Literal>(&predicate.operands.front());
  if (literal == nullptr || literal->candidate >= 0 || !is_day(literal->text)) return std::nullopt;
  const auto span = temporal::day_span(literal->text);
  if (!span) return std::nullopt;
  return DayBound{*column, predicate.op, span->begin};
}

/// The widest time of the question for which the test holds; -1: none.
int candidate_where(const link::LinkedQuestion& question,
                    const std::function<bool(const temporal::DaySpan&)>& test) {
  int best = -1;
  int words = 0;
  for (std::size_t i = 0; i < question.values.size(); ++i) {
    const link::ValueCandidate& value = question.values[i];
    const int covered = value.token_end - value.token_begin;
    if (value.kind != link::ValueKind::date || covered <= words) continue;
    const auto span = temporal::day_span(value.text);
    if (!span || !test(*span)) continue;
    best = static_cast<int>(i);
    words = covered;
  }
  return best;
}

Literal literal_of(const link::LinkedQuestion& question, int candidate) {
  return {Literal::Kind::text, question.values[static_cast<std::size_t>(candidate)].text,
          candidate};
}

}  // namespace

bool is_day(std::string_view text) {
  constexpr std::string_view form = "0000-00-00";
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    if (form[i] == '0' ? !digit : text[i] != '-') return false;
  }
  return true;
}

std::optional<TimeBound> time_bound(const ir::Predicate& predicate,
                                    const link::LinkedQuestion& question) {
  const auto bound = day_bound(predicate);
  if (!bound) return std::nullopt;
  const bool low = bound->op == Comparison::greater_equal;
  if (!low && bound->op != Comparison::less) return std::nullopt;
  int candidate = candidate_where(question, [&](const auto& s) { return s.begin == bound->day; });
  if (candidate >= 0) return TimeBound{bound->op, literal_of(question, candidate)};
  candidate = candidate_where(question, [&](const auto& s) { return s.end == bound->day; });
  if (candidate < 0) return std::nullopt;
  return TimeBound{low ? Comparison::greater : Comparison::less_equal,
                   literal_of(question, candidate)};
}

std::vector<ir::ConditionPtr> folded_times(const std::vector<ir::ConditionPtr>& parts,
                                           const link::LinkedQuestion& question,
                                           std::vector<int>& candidates) {
  std::vector<ir::ConditionPtr> folded = parts;
  const auto bound_of = [](const ir::ConditionPtr& part) -> std::optional<DayBound> {
    const auto* predicate = std::get_if<ir::Predicate>(&part->node);
    return predicate == nullptr ? std::nullopt : day_bound(*predicate);
  };
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const auto low = bound_of(folded[i]);
    if (!low || low->op != Comparison::greater_equal) continue;
    for (std::size_t j = 0; j < folded.size(); ++j) {
      const auto high = bound_of(folded[j]);
      if (!high || high->op != Comparison::less || high->column != low->column) continue;
      const int found = candidate_where(question, [&](const auto& span) {
        return span.begin == low->day && span.end == high->day;
      });
      if (found < 0) continue;
      ir::Predicate within = std::get<ir::Predicate>(folded[i]->node);
      within.op = Comparison::equal;
      within.operands = {literal_of(question, found)};
      folded[i] = std::make_shared<ir::Condition>(ir::Condition{std::move(within)});
      folded.erase(folded.begin() + static_cast<std::ptrdiff_t>(j));
      if (j < i) --i;
      candidates.push_back(found);
      break;
    }
  }
  return folded;
}

}  // namespace idi::dataset
