// A text in a condition that no row of the compared column holds: what it was meant to be.
#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "asked_words.hpp"
#include "check.hpp"
#include "ir_changes.hpp"
#include "ir_trees.hpp"
#include "near_values.hpp"
#include "wording.hpp"

namespace idi::verification {
namespace {

using ir::Comparison;

constexpr std::size_t max_offers = 5;
constexpr int max_values_checked = 8;

bool is_pattern(Comparison op) {
  return op == Comparison::like || op == Comparison::like_prefix || op == Comparison::like_suffix;
}

/// The text that is compared with a column of texts.
struct Comparand {
  Filter filter;
  ColumnRef column;
  const ir::Literal* literal = nullptr;
};

/// One comparand for every text that could be a cell, in reading order.
std::vector<Comparand> comparands_of(const ir::Query& query, const Schema& schema) {
  std::vector<Comparand> found;
  for (const Filter& filter : filters_of(query)) {
    const auto& predicate = *filter.predicate;
    const bool compares = predicate.op == Comparison::equal ||
                          predicate.op == Comparison::not_equal || predicate.op == Comparison::in ||
                          is_pattern(predicate.op);
    const auto* column = std::get_if<ColumnRef>(&predicate.left->node);
    if (!compares || column == nullptr) continue;
    const ColumnType type = schema.column(*column).type;
    if (type == ColumnType::number || type == ColumnType::time) continue;
    for (const auto& operand : predicate.operands) {
      const auto* literal = std::get_if<ir::Literal>(&operand);
      if (literal == nullptr || literal->kind == ir::Literal::Kind::any) continue;
      found.push_back({filter, *column, literal});
    }
  }
  return found;
}

class ValuesCheck {
 public:
  ValuesCheck(const Case& question, Outcome& outcome)
      : question_(question),
        outcome_(outcome),
        nothing_(looks_like_nothing(question.subject.result)) {}

  void run() {
    int checked = 0;
    for (const Comparand& each : comparands_of(question_.query, question_.schema)) {
      // A pattern is somebody's own word: it is looked at only where it could explain something.
      if (is_pattern(each.filter.predicate->op) && !nothing_) continue;
      if (checked++ == max_values_checked) break;
      if (holds_somewhere(each)) continue;
      report(each);
    }
  }

 private:
  [[nodiscard]] const link::Linker& linker() const { return question_.subject.linker; }

  /// true as well where it could not be found out.
  bool holds_somewhere(const Comparand& each) {
    const bool exact = !is_pattern(each.filter.predicate->op);
    if (exact && is_known_cell(each.column, each.literal->text, linker().values())) return true;
    ir::Predicate alone;
    alone.op = exact ? Comparison::equal : each.filter.predicate->op;
    alone.left = each.filter.predicate->left;
    alone.operands.emplace_back(*each.literal);
    ir::Query query;
    query.select.push_back(each.filter.predicate->left);
    query.where = make_condition(std::move(alone));
    query.limit = whole_number(1);
    return question_.probe.any_row(query).value_or(true);
  }

  void report(const Comparand& each) {
    const NearValues near = near_values(each.column, each.literal->text, linker());
    if (!near.same.empty() && !is_pattern(each.filter.predicate->op)) {
      repair(each, near.same);
      return;
    }
    std::vector<std::string> named = near.same;
    named.insert(named.end(), near.near.begin(), near.near.end());
    if (named.empty() && near.elsewhere.empty()) {
      if (nothing_ && each.filter.required) {
        outcome_.add(FindingKind::no_rows, 0.25, what_is_missing(each) + ".");
      }
      return;
    }
    std::string text = what_is_missing(each);
    if (!named.empty()) {
      text += fmt::format("; {} {}.",
                          near.near_in_spelling
                              ? (named.size() == 1 ? "there is" : "there are")
                              : (named.size() == 1 ? "the nearest is" : "the nearest are"),
                          quoted_list(named, "and"));
    } else {
      text += fmt::format(", but {} is {} of some {}.", in_quotes(near.elsewhere.front().cell),
                          with_article(name_of(question_.schema, near.elsewhere.front().column)),
                          rows_of(question_.schema, near.elsewhere.front().column.table));
    }
    const bool strong = near.near_in_spelling || !near.elsewhere.empty();
    const double doubt = (nothing_ ? 0.5 : 0.25) + (strong ? 0.3 : 0.0);
    outcome_.add(FindingKind::nothing_matches, doubt, std::move(text),
                 offers_for(each, named, near.elsewhere));
  }

  /// "No customer has the city “Berlni”"
  [[nodiscard]] std::string what_is_missing(const Comparand& each) const {
    const std::string row = one_row_of(question_.schema, each.column.table);
    const std::string column = name_of(question_.schema, each.column);
    const std::string cell = in_quotes(each.literal->text);
    switch (each.filter.predicate->op) {
      case Comparison::like:
        return fmt::format("No {} has a {} with {} in it", row, column, cell);
      case Comparison::like_prefix:
        return fmt::format("No {} has a {} that begins with {}", row, column, cell);
      case Comparison::like_suffix:
        return fmt::format("No {} has a {} that ends with {}", row, column, cell);
      default:
        return fmt::format("No {} has the {} {}", row, column, cell);
    }
  }

  static std::string with_article(const std::string& noun) {
    const bool vowel =
        !noun.empty() && std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
    return (vowel ? "an " : "a ") + noun;
  }

  std::vector<Offer> offers_for(const Comparand& each, const std::vector<std::string>& cells,
                                const std::vector<link::CellHit>& elsewhere) const {
    const auto& asked = question_.subject.question;
    const auto span = span_of(*each.literal, asked);
    if (!span) return {};
    std::vector<Offer> offers;
    const auto offer = [&](std::string label, const std::string& words) {
      if (offers.size() == max_offers || words == words_of(*span, asked)) return;
      offers.push_back({std::move(label), asked_with(asked, *span, words)});
    };
    for (const auto& cell : cells) {
      if (can_be_offered(cell)) offer(cell, cell);
    }
    for (const auto& hit : elsewhere) {
      if (!can_be_offered(hit.cell)) continue;
      const std::string column = name_of(question_.schema, hit.column);
      const std::string row = one_row_of(question_.schema, hit.column.table);
      const bool other_table = hit.column.table != each.column.table;
      offer(fmt::format("{} ({} of {})", hit.cell, column,
                        rows_of(question_.schema, hit.column.table)),
            (other_table ? row + " " : "") + column + " " + hit.cell);
    }
    return offers;
  }

  void repair(const Comparand& each, const std::vector<std::string>& cells) {
    spelled_[each.literal] = cells;
    const std::string stored = quoted_list(cells, "and");
    const bool only_blanks = stored == in_quotes(each.literal->text);
    outcome_.repair(
        FindingKind::nothing_matches, 0.05,
        only_blanks
            ? fmt::format("The {} {} is stored with blanks around it; that is used.",
                          name_of(question_.schema, each.column), stored)
            : fmt::format("{}; it is written {}, which is used.", what_is_missing(each), stored),
        change_predicates(question_.query,
                          [&](const ir::Predicate& predicate) { return spelled(predicate); }));
  }

  /// With its texts as they are stored; nullopt: they are.
  [[nodiscard]] std::optional<ir::Predicate> spelled(const ir::Predicate& wrong) const {
    ir::Predicate right = wrong;
    right.operands.clear();
    bool changed = false;
    for (const auto& operand : wrong.operands) {
      const auto found = spelled_.find(std::get_if<ir::Literal>(&operand));
      if (found == spelled_.end()) {
        right.operands.push_back(operand);
        continue;
      }
      changed = true;
      for (const auto& cell : found->second) {
        ir::Literal stored = *found->first;
        stored.kind = ir::Literal::Kind::text;
        stored.text = cell;
        right.operands.emplace_back(std::move(stored));
      }
    }
    if (!changed) return std::nullopt;
    if (right.operands.size() > 1 && wrong.op != Comparison::in) {
      right.op = Comparison::in;
      right.negated = wrong.op == Comparison::not_equal;
    }
    return right;
  }

  const Case& question_;
  Outcome& outcome_;
  bool nothing_;
  std::map<const ir::Literal*, std::vector<std::string>> spelled_;
};

}  // namespace

void check_values(const Case& question, Outcome& outcome) { ValuesCheck(question, outcome).run(); }

}  // namespace idi::verification
