#include "batch.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "idi/nano_format/nano_format.hpp"

namespace idi::lm {
namespace {

using Kind = ir::Token::Kind;

std::vector<int> shuffled(int count, std::mt19937& random) {
  std::vector<int> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), random);
  return order;
}

/// Ids for indices in the order in which they are first met.
class Draw {
 public:
  Draw(int first_id, int count, std::mt19937& random)
      : first_id_(first_id), order_(shuffled(count, random)) {}
  int id(int index) {
    const auto [entry, is_new] = drawn_.try_emplace(index, 0);
    if (is_new) entry->second = first_id_ + order_[(drawn_.size() - 1) % order_.size()];
    return entry->second;
  }

 private:
  int first_id_;
  std::vector<int> order_;
  std::unordered_map<int, int> drawn_;
};

}  // namespace

struct BatchWriter::Symbols {
  Draw tables, columns, values;
  int id(const Piece& piece) {
    if (!piece.is_pointer()) return piece.id();
    if (piece.kind() == Kind::table) return tables.id(piece.index());
    return piece.kind() == Kind::column ? columns.id(piece.index()) : values.id(piece.index());
  }
};

BatchWriter::BatchWriter(const Vocabulary& vocabulary, float inline_weight, double word_dropout)
    : inline_weight_(inline_weight),
      word_dropout_(word_dropout),
      first_special_(vocabulary.special(nano_format::special_words().front())),
      first_table_(vocabulary.special("T0")),
      first_column_(vocabulary.special("C0")),
      first_value_(vocabulary.special("V0")) {}

void BatchWriter::add(Batch& batch, const Block& block, const std::vector<std::size_t>& questions,
                      std::mt19937& random) const {
  Symbols symbols{Draw(first_table_, nano_format::max_tables, random),
                  Draw(first_column_, nano_format::max_columns, random),
                  Draw(first_value_, nano_format::max_values, random)};
  Group& group = batch.groups.emplace_back();
  std::int64_t position = 0;
  const auto put = [&](int id) {
    batch.ids.push_back(id);
    batch.positions.push_back(position++);
  };
  group.prefix_begin = static_cast<std::int64_t>(batch.ids.size());
  put(bos_id);
  for (const int table : shuffled(static_cast<int>(block.tables.size()), random)) {
    for (const Piece& piece : block.tables[static_cast<std::size_t>(table)]) put(symbols.id(piece));
  }
  group.prefix_length = position;
  std::uniform_real_distribution<double> unit;
  for (const std::size_t i : questions) {
    const Question& question = block.questions[i];
    // Values are the question's own: their symbols are drawn for each.
    symbols.values = Draw(first_value_, nano_format::max_values, random);
    position = group.prefix_length;
    const auto begin = static_cast<std::int64_t>(batch.ids.size());
    bool after_value = false;
    for (const Piece& piece : question.question) {
      const bool named = piece.is_pointer() && piece.kind() != Kind::value;
      int id = symbols.id(piece);
      if (word_dropout_ > 0 && unit(random) < word_dropout_) {
        if (named) continue;
        if (id < first_special_) id = unknown_id;
      }
      if (named && !after_value && inline_weight_ > 0) {
        batch.targets.push_back(
            {static_cast<std::int64_t>(batch.ids.size()) - 1, id, inline_weight_, -1});
      }
      if (piece.is_pointer()) after_value = piece.kind() == Kind::value || (after_value && named);
      if (!piece.is_pointer()) after_value = false;
      put(id);
    }
    const int number = batch.questions++;
    const auto target = [&](int id) {
      batch.targets.push_back({static_cast<std::int64_t>(batch.ids.size()) - 1, id, 1, number});
    };
    for (const Piece& piece : question.output) {
      const int id = symbols.id(piece);
      target(id);
      put(id);
    }
    target(eos_id);
    group.begins.push_back(begin);
    group.lengths.push_back(static_cast<std::int64_t>(batch.ids.size()) - begin);
  }
}

}  // namespace idi::lm
