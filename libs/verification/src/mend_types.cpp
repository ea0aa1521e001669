#include "mend_types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "idi/core/text.hpp"
#include "ir_changes.hpp"
#include "ir_trees.hpp"
#include "wording.hpp"

namespace idi::verification {
namespace {

using ir::Comparison;

constexpr int max_cells_looked_at = 2'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_number(std::string_view text) {
  std::size_t i = !text.empty() && text.front() == '-' ? 1 : 0;
  bool digits = false, point = false;
  for (; i < text.size(); ++i) {
    if (text[i] == '.' && !point) {
      point = true;
    } else if (is_digit(text[i])) {
      digits = true;
    } else {
      return false;
    }
  }
  return digits && text.back() != '.';
}

/// "$1,299.50" → "1299.50", "15 %" → "15"; nullopt for what is no number with marks around.
std::optional<std::string> without_marks(std::string_view text) {
  text = text::trim(text);
  for (const std::string_view mark : {"$", "€", "£", "¥"}) {
    if (text.starts_with(mark)) text.remove_prefix(mark.size());
    if (text.ends_with(mark)) text.remove_suffix(mark.size());
  }
  if (text.ends_with('%')) text.remove_suffix(1);
  text = text::trim(text);
  std::string number;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // A comma stands before three digits; "1,5" may be one and a half.
    const bool group = text[i] == ',' && i > 0 && i + 3 < text.size() && is_digit(text[i + 1]) &&
                       is_digit(text[i + 2]) && is_digit(text[i + 3]) &&
                       (i + 4 == text.size() || !is_digit(text[i + 4]));
    if (text[i] == ',' && !group) return std::nullopt;
    if (text[i] != ',') number += text[i];
  }
  return is_number(number) ? std::optional(number) : std::nullopt;
}

bool orders(Comparison op) {
  return op == Comparison::less || op == Comparison::greater || op == Comparison::less_equal ||
         op == Comparison::greater_equal || op == Comparison::between;
}

/// How a column of texts holds numbers.
struct Numerals {
  bool all = false;          ///< Every known cell is a number.
  bool sorts_wrong = false;  ///< "9" comes after "10".
};

Numerals numerals_of(ColumnRef column, const Schema& schema, const link::ValueIndex& values) {
  auto cells = values.cells(column, max_cells_looked_at);
  const auto& samples = schema.column(column).sample_values;
  cells.insert(cells.end(), samples.begin(), samples.end());
  Numerals found;
  std::size_t widest = 0, narrowest = static_cast<std::size_t>(-1);
  for (const auto& cell : cells) {
    if (!is_number(cell)) return {};
    const std::size_t width = std::min(cell.find('.'), cell.size());
    widest = std::max(widest, width);
    narrowest = std::min(narrowest, width);
    found.sorts_wrong = found.sorts_wrong || cell.front() == '-';
  }
  found.all = !cells.empty();
  found.sorts_wrong = found.all && (found.sorts_wrong || widest != narrowest);
  return found;
}

class TypeMender {
 public:
  TypeMender(const link::Linker& linker, std::vector<Finding>& findings)
      : linker_(linker), schema_(linker.schema()), findings_(findings) {}

  std::optional<ir::Predicate> mend(const ir::Predicate& predicate) {
    const auto* column = std::get_if<ColumnRef>(&predicate.left->node);
    if (column == nullptr) return std::nullopt;
    const ColumnType type = schema_.column(*column).type;
    if (type == ColumnType::number) return number_column(predicate, *column);
    if (type == ColumnType::text && orders(predicate.op)) return text_column(predicate, *column);
    return std::nullopt;
  }

 private:
  std::optional<ir::Predicate> number_column(const ir::Predicate& predicate, ColumnRef column) {
    const bool compares = orders(predicate.op) || predicate.op == Comparison::equal ||
                          predicate.op == Comparison::not_equal || predicate.op == Comparison::in;
    if (!compares || holds_text(column)) return std::nullopt;
    ir::Predicate mended = predicate;
    bool changed = false;
    for (auto& operand : mended.operands) {
      auto* literal = std::get_if<ir::Literal>(&operand);
      const bool is_text = literal != nullptr && literal->kind != ir::Literal::Kind::any &&
                           !is_number(literal->text);
      if (!is_text) continue;
      const std::string name = name_of(schema_, column);
      if (auto number = without_marks(literal->text)) {
        findings_.push_back({FindingKind::type_mismatch,
                             true,
                             fmt::format("{} is read as the number {}, because the {} is a number.",
                                         in_quotes(literal->text), *number, name),
                             {},
                             0.05});
        literal->kind = ir::Literal::Kind::number;
        literal->text = std::move(*number);
        changed = true;
      } else {
        findings_.push_back({FindingKind::type_mismatch,
                             false,
                             fmt::format("The {} is a number, so it cannot be compared with {}.",
                                         name, in_quotes(literal->text)),
                             {},
                             0.6});
      }
    }
    return changed ? std::optional(std::move(mended)) : std::nullopt;
  }

  /// SQLite stores what it is given, whatever the column was declared as.
  [[nodiscard]] bool holds_text(ColumnRef column) const {
    const auto& samples = schema_.column(column).sample_values;
    const auto is_text = [](const std::string& cell) { return !is_number(cell); };
    const auto cells = linker_.values().cells(column, max_cells_looked_at);
    return std::any_of(samples.begin(), samples.end(), is_text) ||
           std::any_of(cells.begin(), cells.end(), is_text);
  }

  std::optional<ir::Predicate> text_column(const ir::Predicate& predicate, ColumnRef column) {
    for (const auto& operand : predicate.operands) {
      const auto* literal = std::get_if<ir::Literal>(&operand);
      if (literal == nullptr || !is_number(literal->text)) return std::nullopt;
    }
    const Numerals numerals = numerals_of(column, schema_, linker_.values());
    if (!numerals.sorts_wrong) return std::nullopt;
    const std::string name = name_of(schema_, column);
    // PostgreSQL adds no number to a text, and the tree has no other word for a cast.
    if (schema_.dialect == Dialect::postgres) {
      findings_.push_back(
          {FindingKind::type_mismatch,
           false,
           fmt::format("The {} is stored as text: “10” comes before “9” there.", name),
           {},
           0.4});
      return std::nullopt;
    }
    ir::Predicate mended = predicate;
    mended.left = make_expression(
        ir::Binary{ir::Arithmetic::add, predicate.left, make_expression(whole_number(0))});
    for (auto& operand : mended.operands) {
      std::get<ir::Literal>(operand).kind = ir::Literal::Kind::number;
    }
    findings_.push_back({FindingKind::type_mismatch,
                         true,
                         fmt::format("The {} is stored as text; it is compared as a number.", name),
                         {},
                         0.05});
    return mended;
  }

  const link::Linker& linker_;
  const Schema& schema_;
  std::vector<Finding>& findings_;
};

}  // namespace

ir::Query mend_types(const ir::Query& query, const link::Linker& linker,
                     std::vector<Finding>& findings) {
  TypeMender mender(linker, findings);
  return change_predicates(query,
                           [&](const ir::Predicate& predicate) { return mender.mend(predicate); });
}

}  // namespace idi::verification
