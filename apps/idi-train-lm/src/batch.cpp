#include "batch.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

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

/// Tables and columns, together.
using Items = std::unordered_set<int>;

int key_of(const Piece& piece) {
  return piece.kind() == Kind::table ? -1 - piece.index() : piece.index();
}

bool is_item(const Piece& piece) { return piece.is_pointer() && piece.kind() != Kind::value; }

}  // namespace

/// One group on its way into a batch.
class GroupWriter {
 public:
  GroupWriter(const BatchWriter& writer, Batch& batch, const Block& block, std::mt19937& random)
      : writer_(writer),
        options_(writer.options_),
        batch_(batch),
        block_(block),
        random_(random),
        tables_(writer.first_table_, nano_format::max_tables, random),
        columns_(writer.first_column_, nano_format::max_columns, random),
        values_(writer.first_value_, nano_format::max_values, random) {}

  void write(const std::vector<std::size_t>& questions) {
    hide_items(questions);
    group_.prefix_begin = row();
    put(bos_id);
    for (const int table : shuffled(static_cast<int>(block_.tables.size()), random_)) {
      write_table(block_.tables[static_cast<std::size_t>(table)]);
    }
    group_.prefix_length = position_;
    for (const std::size_t i : questions) write_question(block_.questions[i]);
    batch_.groups.push_back(std::move(group_));
  }

 private:
  [[nodiscard]] std::int64_t row() const { return static_cast<std::int64_t>(batch_.ids.size()); }
  void put(int id) {
    batch_.ids.push_back(id);
    batch_.positions.push_back(position_++);
  }
  bool happens(double probability) { return probability > 0 && unit_(random_) < probability; }
  int id(const Piece& piece) {
    if (!piece.is_pointer()) return piece.id();
    if (piece.kind() == Kind::table) return tables_.id(piece.index());
    return piece.kind() == Kind::column ? columns_.id(piece.index()) : values_.id(piece.index());
  }
  [[nodiscard]] bool is_reference(const Piece& piece) const {
    return !piece.is_pointer() && piece.id() == writer_.refers_;
  }
  [[nodiscard]] bool is_hidden(const Piece& piece) const {
    return is_item(piece) && hidden_.contains(key_of(piece));
  }

  /// Draws what is not shown. A table goes only with all of its columns.
  void hide_items(const std::vector<std::size_t>& questions) {
    if (options_.item_dropout <= 0) return;
    Items needed;
    for (const std::size_t i : questions) {
      for (const Piece& piece : block_.questions[i].output) {
        if (is_item(piece)) needed.insert(key_of(piece));
      }
    }
    const double share = options_.item_dropout * unit_(random_);
    for (const auto& table : block_.tables) {
      std::vector<int> items;
      bool needs_table = false;
      for (std::size_t i = 0; i < table.size(); ++i) {
        if (!is_item(table[i]) || (i > 0 && is_reference(table[i - 1]))) continue;
        items.push_back(key_of(table[i]));
        needs_table = needs_table || needed.contains(items.back());
      }
      if (!needs_table && happens(share)) {
        hidden_.insert(items.begin(), items.end());
        continue;
      }
      for (std::size_t i = 1; i < items.size(); ++i) {
        if (!needed.contains(items[i]) && happens(share)) hidden_.insert(items[i]);
      }
    }
  }

  void write_table(const std::vector<Piece>& table) {
    bool hides = false;
    for (std::size_t i = 0; i < table.size(); ++i) {
      const bool referred = i > 0 && is_reference(table[i - 1]);
      if (is_item(table[i]) && !referred) hides = is_hidden(table[i]);
      const bool to_hidden =
          is_reference(table[i]) && i + 1 < table.size() && is_hidden(table[i + 1]);
      if (hides || to_hidden || (referred && is_hidden(table[i]))) continue;
      put(id(table[i]));
    }
  }

  void write_question(const Question& question) {
    // Values are the question's own: their symbols are drawn for each.
    values_ = Draw(writer_.first_value_, nano_format::max_values, random_);
    position_ = group_.prefix_length;
    group_.begins.push_back(row());
    bool after_value = false;
    for (const Piece& piece : question.question) {
      const bool named = is_item(piece);
      if (is_hidden(piece)) continue;
      int next = id(piece);
      if (happens(options_.word_dropout)) {
        if (named) continue;
        if (next < writer_.first_special_) next = unknown_id;
      }
      if (named && !after_value && options_.inline_weight > 0) {
        batch_.targets.push_back({row() - 1, next, options_.inline_weight, -1});
      }
      after_value = piece.is_pointer() && (!named || after_value);
      put(next);
    }
    const int number = batch_.questions++;
    const auto target = [&](int next) { batch_.targets.push_back({row() - 1, next, 1, number}); };
    for (const Piece& piece : question.output) {
      target(id(piece));
      put(id(piece));
    }
    target(eos_id);
    group_.lengths.push_back(row() - group_.begins.back());
  }

  const BatchWriter& writer_;
  const BatchOptions& options_;
  Batch& batch_;
  const Block& block_;
  std::mt19937& random_;
  Draw tables_, columns_, values_;
  std::uniform_real_distribution<double> unit_;
  Group group_;
  std::int64_t position_ = 0;
  Items hidden_;
};

BatchWriter::BatchWriter(const Vocabulary& vocabulary, const BatchOptions& options)
    : options_(options),
      first_special_(vocabulary.special(nano_format::special_words().front())),
      refers_(vocabulary.special("REF")),
      first_table_(vocabulary.special("T0")),
      first_column_(vocabulary.special("C0")),
      first_value_(vocabulary.special("V0")) {}

void BatchWriter::add(Batch& batch, const Block& block, const std::vector<std::size_t>& questions,
                      std::mt19937& random) const {
  GroupWriter(*this, batch, block, random).write(questions);
}

}  // namespace idi::lm
