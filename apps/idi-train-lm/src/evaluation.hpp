// How often a model's greedy answer is the expected one, token by token. No decoding is needed: the
// greedy answer is the expected one just if each of its tokens is the likeliest after those before.
#pragma once

#include "corpus.hpp"
#include "model.hpp"

namespace idi::lm {

struct Evaluation {
  int questions = 0;
  int exact = 0;          ///< Likeliest among all tokens.
  int allowed_exact = 0;  ///< Likeliest among what the grammar allows and the prompt shows.
  int first = 0;          ///< The first token is right.
  double loss = 0;        ///< Mean over the outputs' tokens, nats.
};

/// Every `step`th question of the corpus; symbols drawn from the seed.
[[nodiscard]] Evaluation evaluate(const Model& model, const Vocabulary& vocabulary,
                                  const Corpus& corpus, std::size_t step, unsigned seed);

}  // namespace idi::lm
