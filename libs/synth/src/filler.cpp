#include "filler.hpp"

#include <algorithm>
#include <charconv>

#include "idi/sql/translate.hpp"
#include "rewrite.hpp"

namespace idi::synth {
namespace {

constexpr int max_name_words = 4;

int words_in(const std::string& name) {
  return static_cast<int>(std::count(name.begin(), name.end(), ' ')) + 1;
}

bool refers(const Schema& schema, int child, int parent) {
  return std::any_of(
      schema.foreign_keys.begin(), schema.foreign_keys.end(),
      [=](const ForeignKey& key) { return key.from.table == child && key.to.table == parent; });
}

class Filler {
 public:
  Filler(const Template& form, const Schema& source, const Schema& schema,
         const Rewording& rewording, Random& random)
      : form_(form), source_(source), schema_(schema), rewording_(rewording), random_(random) {}

  std::optional<Pair> fill() {
    if (!assign_tables() || !assign_columns() || !assign_literals()) return std::nullopt;
    const auto sql = sql::to_sql(rewritten(), schema_, Dialect::sqlite);
    if (!sql) return std::nullopt;
    return Pair{schema_.name, question(), *sql, {}};
  }

 private:
  bool assign_tables() {
    tables_.assign(form_.tables.size(), -1);
    if (schema_.tables.size() < form_.tables.size()) return false;
    return assign_table(0);
  }

  /// Backtracking over table slots in order; candidates in random order.
  bool assign_table(std::size_t slot) {
    if (slot == tables_.size()) return true;
    std::vector<int> order(schema_.tables.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
    std::shuffle(order.begin(), order.end(), random_);
    for (const int table : order) {
      if (std::find(tables_.begin(), tables_.end(), table) != tables_.end()) continue;
      tables_[slot] = table;
      if (references_hold(slot) && assign_table(slot + 1)) return true;
      tables_[slot] = -1;
    }
    return false;
  }

  [[nodiscard]] bool references_hold(std::size_t upto) const {
    return std::all_of(form_.references.begin(), form_.references.end(),
                       [&](const auto& reference) {
                         const auto [child, parent] = reference;
                         if (std::max(child, parent) > static_cast<int>(upto)) return true;
                         return refers(schema_, tables_[static_cast<std::size_t>(child)],
                                       tables_[static_cast<std::size_t>(parent)]);
                       });
  }

  bool assign_columns() {
    columns_.clear();
    for (const ColumnSlot& slot : form_.columns) {
      const auto choices = choices_for(slot);
      if (choices.empty()) return false;
      columns_.push_back(choices[pick(random_, choices.size())]);
    }
    return true;
  }

  [[nodiscard]] std::vector<ColumnRef> choices_for(const ColumnSlot& slot) const {
    const int table = tables_[static_cast<std::size_t>(slot.table_slot)];
    std::vector<ColumnRef> choices;
    const auto& columns = schema_.tables[static_cast<std::size_t>(table)].columns;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const ColumnRef candidate{table, static_cast<int>(c)};
      const bool used = std::find(columns_.begin(), columns_.end(), candidate) != columns_.end();
      if (!used && fits(slot, candidate)) choices.push_back(candidate);
    }
    return choices;
  }

  [[nodiscard]] bool fits(const ColumnSlot& slot, ColumnRef candidate) const {
    const Column& column = schema_.column(candidate);
    const Role role = role_of(schema_, candidate);
    const auto is_key = [](Role r) { return r == Role::primary_key || r == Role::foreign_key; };
    if (is_key(slot.role) || is_key(role)) {
      return slot.role == role && (role != Role::foreign_key || same_target(slot, candidate));
    }
    if (!slot.named) return role == Role::name;
    return column.type == slot.type && words_in(column.natural_name) <= max_name_words;
  }

  /// A foreign key into one of the template's tables must point into that table's image.
  [[nodiscard]] bool same_target(const ColumnSlot& slot, ColumnRef candidate) const {
    for (const ForeignKey& key : source_.foreign_keys) {
      if (key.from != slot.source) continue;
      const int target = slot_of_table(form_, key.to.table);
      if (target < 0) return true;
      return std::any_of(schema_.foreign_keys.begin(), schema_.foreign_keys.end(),
                         [&](const ForeignKey& other) {
                           return other.from == candidate &&
                                  other.to.table == tables_[static_cast<std::size_t>(target)];
                         });
    }
    return true;
  }

  bool assign_literals() {
    literals_.clear();
    for (const LiteralSlot& slot : form_.literals) {
      auto literal = literal_for(slot);
      if (!literal) return false;
      literals_.push_back(std::move(*literal));
    }
    return true;
  }

  std::optional<ir::Literal> literal_for(const LiteralSlot& slot) {
    if (slot.column_slot < 0) {
      if (slot.source.kind != ir::Literal::Kind::number) return std::nullopt;
      return ir::Literal{ir::Literal::Kind::number, std::to_string(2 + pick(random_, 9)), -1};
    }
    const Column& column = schema_.column(columns_[static_cast<std::size_t>(slot.column_slot)]);
    if (column.sample_values.empty()) return std::nullopt;
    const std::string& sample = column.sample_values[pick(random_, column.sample_values.size())];
    if (sample.empty() || sample.size() > 40) return std::nullopt;
    if (slot.source.kind == ir::Literal::Kind::number) {
      double number = 0;
      const auto [end, error] =
          std::from_chars(sample.data(), sample.data() + sample.size(), number);
      if (error != std::errc{} || end != sample.data() + sample.size()) return std::nullopt;
    }
    return ir::Literal{slot.source.kind, sample, -1};
  }

  [[nodiscard]] ir::Query rewritten() const {
    return rewrite(form_.query,
                   {[this](ColumnRef column) { return column_image(column); },
                    [this](int table) {
                      return tables_[static_cast<std::size_t>(slot_of_table(form_, table))];
                    },
                    [this](const ir::Literal& literal, ColumnRef compared) {
                      const int slot = slot_of_literal(form_, literal, compared);
                      return slot < 0 ? literal : literals_[static_cast<std::size_t>(slot)];
                    }});
  }

  [[nodiscard]] ColumnRef column_image(ColumnRef column) const {
    return columns_[static_cast<std::size_t>(slot_of_column(form_, column))];
  }

  [[nodiscard]] std::string question() const {
    std::string text;
    for (const Piece& piece : form_.pieces) text += words_of(piece);
    return tidy_sentence(text);
  }

  [[nodiscard]] std::string words_of(const Piece& piece) const {
    const auto slot = static_cast<std::size_t>(piece.slot);
    switch (piece.kind) {
      case Piece::Kind::text:
        return piece.text;
      case Piece::Kind::literal:
        return literals_[slot].text;
      case Piece::Kind::column:
        return in_number(schema_.column(columns_[slot]).natural_name, piece.plural);
      case Piece::Kind::table: {
        const auto& table = schema_.tables[static_cast<std::size_t>(tables_[slot])];
        return in_number(singular_of(table.natural_name), piece.plural);
      }
    }
    return {};
  }

  [[nodiscard]] std::string in_number(const std::string& name, bool plural) const {
    const std::string words = rewording_.apply(name, random_);
    return plural ? plural_of(words) : words;
  }

  const Template& form_;
  const Schema& source_;
  const Schema& schema_;
  const Rewording& rewording_;
  Random& random_;
  std::vector<int> tables_;
  std::vector<ColumnRef> columns_;
  std::vector<ir::Literal> literals_;
};

}  // namespace

std::optional<Pair> fill(const Template& form, const Schema& source, const Schema& schema,
                         const Rewording& rewording, Random& random) {
  return Filler(form, source, schema, rewording, random).fill();
}

}  // namespace idi::synth
