#include "evaluation.hpp"

#include <algorithm>

#include "batch.hpp"
#include "idi/nano_format/nano_format.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::lm {
namespace {

using Kind = ir::Token::Kind;

constexpr std::size_t questions_per_group = 40;

/// Which ids an answer may go on with.
class AllowedIds {
 public:
  AllowedIds(const Vocabulary& vocabulary, const Batch& batch)
      : size_(vocabulary.size()),
        first_symbol_(vocabulary.special(nano_format::special_words()[structure_words])),
        first_table_(vocabulary.special("T0")),
        first_column_(vocabulary.special("C0")),
        first_value_(vocabulary.special("V0")),
        shown_(static_cast<std::size_t>(vocabulary.size())) {
    for (const auto id : batch.ids) shown_[static_cast<std::size_t>(id)] = true;
  }

  /// The token behind an id; the end of the text is the outermost END.
  [[nodiscard]] ir::Token token(int id) const {
    if (id == eos_id) return {Kind::symbol, static_cast<int>(ir::Symbol::end)};
    if (id >= first_value_) return {Kind::value, id - first_value_};
    if (id >= first_column_) return {Kind::column, id - first_column_};
    if (id >= first_table_) return {Kind::table, id - first_table_};
    return {Kind::symbol, id - first_symbol_};
  }

  /// The likeliest allowed id.
  [[nodiscard]] int best(const float* logits, const ir::Allowed& allowed, bool outermost) const {
    int best = -1;
    for (int id = eos_id; id < size_; id = id == eos_id ? first_symbol_ : id + 1) {
      if (best >= 0 && logits[id] <= logits[best]) continue;
      const ir::Token next = token(id);
      if (!ir::admits(allowed, next)) continue;
      if (next.kind != Kind::symbol && !shown_[static_cast<std::size_t>(id)]) continue;
      const bool ends = next == ir::Token{Kind::symbol, static_cast<int>(ir::Symbol::end)};
      if (ends && (id == eos_id) != outermost) continue;
      best = id;
    }
    return best;
  }

 private:
  static constexpr std::size_t structure_words = 8;  // ASK … REF stand before the IR's symbols
  const int size_, first_symbol_, first_table_, first_column_, first_value_;
  std::vector<bool> shown_;
};

void count_group(const Batch& batch, const torch::Tensor& logits, const Vocabulary& vocabulary,
                 Evaluation& evaluation) {
  const torch::Tensor log_probabilities = torch::log_softmax(logits, -1).contiguous();
  const AllowedIds ids(vocabulary, batch);
  std::size_t at = 0;
  while (at < batch.targets.size()) {
    const int question = batch.targets[at].question;
    if (question < 0) {
      ++at;
      continue;
    }
    ir::Grammar grammar;
    bool exact = true, allowed_exact = true;
    int open_queries = 0;
    const std::size_t begin = at;
    for (; at < batch.targets.size() && batch.targets[at].question == question; ++at) {
      const float* row = log_probabilities.data_ptr<float>() +
                         static_cast<std::int64_t>(at) * log_probabilities.size(1);
      const int target = batch.targets[at].id;
      evaluation.loss -= static_cast<double>(row[target]);
      const bool likeliest = std::max_element(row, row + log_probabilities.size(1)) == row + target;
      exact = exact && likeliest;
      if (at == begin && likeliest) ++evaluation.first;
      allowed_exact =
          allowed_exact && ids.best(row, grammar.allowed(), open_queries == 0) == target;
      const ir::Token token = ids.token(target);
      if (token == ir::Token{Kind::symbol, static_cast<int>(ir::Symbol::subquery)}) ++open_queries;
      if (token == ir::Token{Kind::symbol, static_cast<int>(ir::Symbol::end)}) --open_queries;
      grammar.advance(token);
    }
    ++evaluation.questions;
    evaluation.exact += exact ? 1 : 0;
    evaluation.allowed_exact += allowed_exact ? 1 : 0;
  }
}

}  // namespace

Evaluation evaluate(const Model& model, const Vocabulary& vocabulary, const Corpus& corpus,
                    std::size_t step, unsigned seed) {
  const torch::NoGradGuard no_gradient;
  const BatchWriter writer(vocabulary, {});
  std::mt19937 random(seed);
  Evaluation evaluation;
  std::int64_t tokens = 0;
  std::size_t number = 0;
  for (const Block& block : corpus.blocks) {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < block.questions.size(); ++i) {
      if (number++ % step == 0) chosen.push_back(i);
    }
    for (std::size_t begin = 0; begin < chosen.size(); begin += questions_per_group) {
      const auto first = chosen.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto last = chosen.begin() + static_cast<std::ptrdiff_t>(
                                             std::min(chosen.size(), begin + questions_per_group));
      Batch batch;
      writer.add(batch, block, {first, last}, random);
      count_group(batch, model.logits(batch).cpu(), vocabulary, evaluation);
      tokens += static_cast<std::int64_t>(batch.targets.size());
    }
  }
  if (tokens > 0) evaluation.loss /= static_cast<double>(tokens);
  return evaluation;
}

}  // namespace idi::lm
